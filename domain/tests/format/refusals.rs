//! Every refusal's code, listed.

use domain::access_group::AccessGroupRefusal;
use domain::access_policy::AccessPolicyRefusal;
use domain::access_request::AccessRequestRefusal;
use domain::access_template::AccessTemplateRefusal;
use domain::assignment_rule::AssignmentRuleRefusal;
use domain::baseline::BaselineRefusal;
use domain::calendar::CalendarRefusal;
use domain::ci::CiRefusal;
use domain::ci_class::CiClassRefusal;
use domain::compliance_report::ComplianceReportRefusal;
use domain::conversation::ConversationRefusal;
use domain::custom_field::CustomFieldRefusal;
use domain::deny_rule::DenyRuleRefusal;
use domain::erasure::ErasureRefusal;
use domain::evidence_hold::EvidenceHoldRefusal;
use domain::macros::MacroRefusal;
use domain::person::PersonRefusal;
use domain::queue::QueueRefusal;
use domain::recurrence::RecurrenceRefusal;
use domain::resource_type::ResourceTypeRefusal;
use domain::role::RoleRefusal;
use domain::service_account::ServiceAccountRefusal;
use domain::settings::SettingsRefusal;
use domain::sla_plan::SlaPlanRefusal;
use domain::sod_rule::SodRuleRefusal;
use domain::subject::SubjectRefusal;
use domain::subject_access::SubjectAccessRefusal;
use domain::sync_source::SyncSourceRefusal;
use domain::template::TemplateRefusal;
use domain::ticket::TicketRefusal;
use domain::ticket_clock::TicketClockRefusal;
use domain::ticket_dossier::TicketDossierRefusal;
use domain::ticket_items::TicketItemsRefusal;
use domain::ticket_quality::TicketQualityRefusal;
use domain::unit::UnitRefusal;
use strum::VariantNames;

use super::assert_golden;

#[test]
fn the_codes_of_refusals_are_the_published_ones() {
    let codes = [
        TicketRefusal::VARIANTS,
        PersonRefusal::VARIANTS,
        UnitRefusal::VARIANTS,
        SubjectRefusal::VARIANTS,
        SettingsRefusal::VARIANTS,
        ConversationRefusal::VARIANTS,
        TicketDossierRefusal::VARIANTS,
        CustomFieldRefusal::VARIANTS,
        TemplateRefusal::VARIANTS,
        MacroRefusal::VARIANTS,
        QueueRefusal::VARIANTS,
        SlaPlanRefusal::VARIANTS,
        TicketClockRefusal::VARIANTS,
        TicketQualityRefusal::VARIANTS,
        TicketItemsRefusal::VARIANTS,
        CalendarRefusal::VARIANTS,
        RecurrenceRefusal::VARIANTS,
        CiClassRefusal::VARIANTS,
        CiRefusal::VARIANTS,
        SyncSourceRefusal::VARIANTS,
        ServiceAccountRefusal::VARIANTS,
        BaselineRefusal::VARIANTS,
        ComplianceReportRefusal::VARIANTS,
        RoleRefusal::VARIANTS,
        SodRuleRefusal::VARIANTS,
        DenyRuleRefusal::VARIANTS,
        AccessTemplateRefusal::VARIANTS,
        ResourceTypeRefusal::VARIANTS,
        SubjectAccessRefusal::VARIANTS,
        AccessGroupRefusal::VARIANTS,
        AccessPolicyRefusal::VARIANTS,
        AccessRequestRefusal::VARIANTS,
        AssignmentRuleRefusal::VARIANTS,
        ErasureRefusal::VARIANTS,
        EvidenceHoldRefusal::VARIANTS,
    ];
    let mut codes = codes.concat();
    codes.sort_unstable();
    assert_golden("refusals.txt", &(codes.join("\n") + "\n"));
}
