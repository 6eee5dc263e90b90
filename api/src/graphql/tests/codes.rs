//! The closed list of refusal codes, compared with its sources.

use std::collections::BTreeSet;

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
use domain::kernel::{PersonId, Refused, TicketId};
use domain::macros::MacroRefusal;
use domain::person::PersonRefusal;
use domain::queue::QueueRefusal;
use domain::recurrence::RecurrenceRefusal;
use domain::resource_type::ResourceTypeRefusal;
use domain::role::RoleRefusal;
use domain::service_account::ServiceAccountRefusal;
use domain::settings::refusal::SettingsRefusal;
use domain::sla_plan::SlaPlanRefusal;
use domain::sod_rule::SodRuleRefusal;
use domain::subject::refusal::SubjectRefusal;
use domain::subject_access::SubjectAccessRefusal;
use domain::sync_source::SyncSourceRefusal;
use domain::template::TemplateRefusal;
use domain::ticket::TicketRefusal;
use domain::ticket_clock::TicketClockRefusal;
use domain::ticket_dossier::TicketDossierRefusal;
use domain::ticket_items::TicketItemsRefusal;
use domain::ticket_quality::TicketQualityRefusal;
use domain::unit::UnitRefusal;
use serde_json::json;
use strum::VariantNames;
use uuid::Uuid;

use crate::gateway::GatewayError;
use crate::graphql::id::encode;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::identity::{PasswordError, ResetError, SessionError, SignInError};

/// The gateway's own codes, those of reading inputs and of the read side; the rest are the domain's
/// and the identity's.
const OURS: [ErrorCode; 16] = [
    ErrorCode::Forbidden,
    ErrorCode::VersionConflict,
    ErrorCode::IdempotencyKeyReused,
    ErrorCode::ClaimTaken,
    ErrorCode::Busy,
    ErrorCode::ReasonUnfit,
    ErrorCode::InvalidId,
    ErrorCode::InvalidInput,
    ErrorCode::ProjectionNotFound,
    ErrorCode::ProjectionInline,
    ErrorCode::DeadLetterNotFound,
    ErrorCode::DeadLetterSettled,
    ErrorCode::DeadLetterStuck,
    ErrorCode::ProjectionBusy,
    ErrorCode::ProjectionNoJob,
    ErrorCode::ProjectionNothingKept,
];

#[test]
fn the_codes_are_those_of_the_sources_and_no_others() {
    let sources = [
        TicketRefusal::VARIANTS,
        ConversationRefusal::VARIANTS,
        TicketDossierRefusal::VARIANTS,
        CustomFieldRefusal::VARIANTS,
        TemplateRefusal::VARIANTS,
        MacroRefusal::VARIANTS,
        QueueRefusal::VARIANTS,
        PersonRefusal::VARIANTS,
        UnitRefusal::VARIANTS,
        SubjectRefusal::VARIANTS,
        SettingsRefusal::VARIANTS,
        CalendarRefusal::VARIANTS,
        SlaPlanRefusal::VARIANTS,
        RecurrenceRefusal::VARIANTS,
        CiClassRefusal::VARIANTS,
        CiRefusal::VARIANTS,
        SyncSourceRefusal::VARIANTS,
        ServiceAccountRefusal::VARIANTS,
        BaselineRefusal::VARIANTS,
        ComplianceReportRefusal::VARIANTS,
        TicketClockRefusal::VARIANTS,
        TicketQualityRefusal::VARIANTS,
        TicketItemsRefusal::VARIANTS,
        AccessGroupRefusal::VARIANTS,
        AccessPolicyRefusal::VARIANTS,
        AccessRequestRefusal::VARIANTS,
        SubjectAccessRefusal::VARIANTS,
        AccessTemplateRefusal::VARIANTS,
        AssignmentRuleRefusal::VARIANTS,
        DenyRuleRefusal::VARIANTS,
        ResourceTypeRefusal::VARIANTS,
        RoleRefusal::VARIANTS,
        SodRuleRefusal::VARIANTS,
        ErasureRefusal::VARIANTS,
        EvidenceHoldRefusal::VARIANTS,
        SignInError::VARIANTS,
        PasswordError::VARIANTS,
        ResetError::VARIANTS,
        SessionError::VARIANTS,
    ];
    let technical =
        ["SIGN_IN_INTERNAL", "PASSWORD_INTERNAL", "PASSWORD_RESET_GATEWAY", "SESSION_INTERNAL"];
    let theirs = sources.concat().into_iter().filter(|code| !technical.contains(code));
    let ours = OURS.iter().map(<&'static str>::from);
    let expected: BTreeSet<&str> = theirs.chain(ours).collect();
    assert_eq!(ErrorCode::VARIANTS.iter().copied().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_held_ticket_names_its_holder_by_a_global_id() {
    let holder = PersonId(Uuid::from_u128(7));
    let refused = Refused::from(TicketRefusal::Held { holder });
    let error = UserError::from_gateway(GatewayError::Refused(refused)).unwrap();
    assert_eq!(error.code, ErrorCode::TicketHeld);
    assert_eq!(error.meta.unwrap().0["holderId"], json!(encode(holder)));
}

#[test]
fn a_merged_ticket_names_the_other_by_a_global_id() {
    let into = TicketId(Uuid::from_u128(8));
    let refused = Refused::from(ConversationRefusal::Merged { into });
    let error = UserError::from_gateway(GatewayError::Refused(refused)).unwrap();
    assert_eq!(error.meta.unwrap().0["intoId"], json!(encode(into)));
}

#[test]
fn a_stale_version_tells_the_current_one() {
    let error = UserError::from_gateway(GatewayError::Stale { actual: 4 }).unwrap();
    assert_eq!(error.code, ErrorCode::VersionConflict);
    assert_eq!(error.field, Some(vec!["expectedVersion".to_owned()]));
    assert_eq!(error.meta.unwrap().0["currentVersion"], json!(4));
}

#[test]
fn a_code_that_nobody_knows_is_a_fault_of_ours() {
    let refused = Refused {
        code: "NEVER_HEARD",
        message: String::new(),
        field: None,
        meta: Default::default(),
    };
    assert!(UserError::refused(refused).is_err());
}
