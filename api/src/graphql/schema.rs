//! The merged roots, and how a schema is built from them. What a field does stands in its noun's
//! folder.

use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions, SchemaBuilder};

use super::access_grant::{AccessGrantMutation, AccessGrantQuery};
use super::access_group::{AccessGroupMutation, AccessGroupQuery};
use super::access_policy::{AccessPolicyMutation, AccessPolicyQuery};
use super::access_preview::AccessPreviewQuery;
use super::access_question::AccessQuestionQuery;
use super::access_request::{AccessRequestMutation, AccessRequestQuery};
use super::access_template::{AccessTemplateMutation, AccessTemplateQuery};
use super::assignment_rule::{AssignmentRuleMutation, AssignmentRuleQuery};
use super::attachment::AttachmentMutation;
use super::audit::AuditQuery;
use super::baseline::{BaselineMutation, BaselineQuery};
use super::calendar::{CalendarMutation, CalendarQuery};
use super::ci::{CiMutation, CiQuery};
use super::ci_class::{CiClassMutation, CiClassQuery};
use super::compliance_report::{ComplianceReportMutation, ComplianceReportQuery};
use super::context::Services;
use super::conversation::ConversationMutation;
use super::decision::DecisionQuery;
use super::deny_rule::{DenyRuleMutation, DenyRuleQuery};
use super::dossier::DossierMutation;
use super::erasure::{ErasureMutation, ErasureQuery};
use super::evidence_hold::{EvidenceHoldMutation, EvidenceHoldQuery};
use super::field::{CustomFieldMutation, CustomFieldQuery};
use super::health::{HealthMutation, HealthQuery};
use super::impact::ImpactQuery;
use super::job::{JobMutation, JobQuery, JobSubscription};
use super::live::LiveSubscription;
use super::macros::{MacroMutation, MacroQuery};
use super::node::NodeQuery;
use super::notice::{NoticeMutation, NoticeQuery};
use super::person::{PersonMutation, PersonQuery};
use super::projection::{ProjectionMutation, ProjectionQuery};
use super::quality::{QualityMutation, QualityQuery};
use super::queue::{QueueMutation, QueueQuery};
use super::recurrence::{RecurrenceMutation, RecurrenceQuery};
use super::report::ReportQuery;
use super::resource_type::{ResourceTypeMutation, ResourceTypeQuery};
use super::role::{RoleMutation, RoleQuery};
use super::service_account::{ServiceAccountMutation, ServiceAccountQuery};
use super::session::SessionMutation;
use super::settings::{SettingsMutation, SettingsQuery};
use super::sla_plan::{SlaPlanMutation, SlaPlanQuery};
use super::sod_rule::{SodRuleMutation, SodRuleQuery};
use super::subject::{SubjectMutation, SubjectQuery};
use super::sync_source::{SyncSourceMutation, SyncSourceQuery};
use super::template::{TemplateMutation, TemplateQuery};
use super::ticket::{TicketMutation, TicketQuery};
use super::ticket_items::TicketItemsMutation;
use super::timeline::TimelineQuery;
use super::unit::{UnitMutation, UnitQuery};
use super::what_if::WhatIfQuery;
use crate::boot::App;

/// Deepest document the library lets through; the introspection of graphql-js needs 15. The
/// document guard is stricter with everything else.
const DEPTH: usize = 16;

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    TicketQuery,
    PersonQuery,
    UnitQuery,
    SubjectQuery,
    SettingsQuery,
    NoticeQuery,
    TimelineQuery,
    ProjectionQuery,
    JobQuery,
    QueueQuery,
    CustomFieldQuery,
    TemplateQuery,
    MacroQuery,
    CalendarQuery,
    SlaPlanQuery,
    CiClassQuery,
    ReportQuery,
    WhatIfQuery,
    QualityQuery,
    RecurrenceQuery,
    CiQuery,
    ImpactQuery,
    SyncSourceQuery,
    ServiceAccountQuery,
    BaselineQuery,
    HealthQuery,
    ComplianceReportQuery,
    DecisionQuery,
    AuditQuery,
    AccessGrantQuery,
    AccessPreviewQuery,
    AccessQuestionQuery,
    AccessRequestQuery,
    AccessGroupQuery,
    AccessPolicyQuery,
    AccessTemplateQuery,
    AssignmentRuleQuery,
    DenyRuleQuery,
    ResourceTypeQuery,
    RoleQuery,
    SodRuleQuery,
    ErasureQuery,
    EvidenceHoldQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    SessionMutation,
    TicketMutation,
    PersonMutation,
    UnitMutation,
    SubjectMutation,
    SettingsMutation,
    NoticeMutation,
    ConversationMutation,
    DossierMutation,
    TicketItemsMutation,
    QualityMutation,
    AttachmentMutation,
    CustomFieldMutation,
    TemplateMutation,
    MacroMutation,
    CalendarMutation,
    SlaPlanMutation,
    CiClassMutation,
    RecurrenceMutation,
    CiMutation,
    QueueMutation,
    ProjectionMutation,
    JobMutation,
    SyncSourceMutation,
    ServiceAccountMutation,
    BaselineMutation,
    HealthMutation,
    ComplianceReportMutation,
    AccessGrantMutation,
    AccessRequestMutation,
    AccessGroupMutation,
    AccessPolicyMutation,
    AccessTemplateMutation,
    AssignmentRuleMutation,
    DenyRuleMutation,
    ResourceTypeMutation,
    RoleMutation,
    SodRuleMutation,
    ErasureMutation,
    EvidenceHoldMutation,
);

/// Everything that can be listened to.
#[derive(MergedSubscription, Default)]
pub struct Subscription(LiveSubscription, JobSubscription);

/// The schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema with the services its resolvers work with. Every request wants
/// [`Visit::enter`](super::Visit::enter); without it the caller is a stranger.
#[must_use]
pub fn schema(app: &App) -> Schema {
    builder().data(Services::of(app)).finish()
}

/// The schema's text in one order, for the reference and for clients.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

/// Names are not proposed: they would tell a stranger the schema.
pub(super) fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    let roots = (Query::default(), Mutation::default(), Subscription::default());
    async_graphql::Schema::build(roots.0, roots.1, roots.2).limit_depth(DEPTH).disable_suggestions()
}
