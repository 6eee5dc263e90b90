//! No field without a declared permission: a crawl of every object of the schema.
//!
//! Root fields are asked one by one in `doors`. Below them a field is read by the permission of its
//! type, by one of its own, or it stands in the reviewed list of what is open to whoever got there.
//! That the declared permissions bind is shown in the suites of rights, people and conversation.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::types::{BaseType, TypeDefinition, TypeKind};
use domain::access::Permission as P;

use super::types;

/// By which permission the objects of a type are read.
const TYPES: [(&str, P); 98] = [
    ("Attachment", P::TicketRead),
    ("Baseline", P::CiRead),
    ("Calendar", P::CalendarRead),
    ("ChangeSuspect", P::TimelineRead),
    ("ChangeSuspects", P::TimelineRead),
    ("CausationTree", P::EventRead),
    ("CausedEvent", P::EventRead),
    ("CiClass", P::CiRead),
    ("CiFinding", P::CiRead),
    ("CiHealth", P::CiRead),
    ("CiSource", P::CiRead),
    ("Comment", P::TicketRead),
    ("ComplianceReport", P::ComplianceReportRead),
    ("CustomField", P::CustomFieldRead),
    ("DeadLetter", P::ProjectionRead),
    ("Checkpoint", P::AuditRead),
    ("Cosignature", P::AuditRead),
    ("EventProof", P::AuditRead),
    ("ErasedBeside", P::ErasureRead),
    ("ErasedView", P::ErasureRead),
    ("ErasureCertificate", P::ErasureRead),
    ("LoggedDecision", P::DecisionLogRead),
    ("AccessDecision", P::AccessRead),
    ("AccessDecisionFault", P::AccessExplain),
    ("AccessPreview", P::AccessExplain),
    ("AccessSubjects", P::AccessExplain),
    ("EffectiveAccess", P::AccessExplain),
    ("EffectivePermission", P::AccessExplain),
    ("AccessDecisionFields", P::AccessRead),
    ("PersonPreview", P::AccessExplain),
    ("ReachChange", P::AccessExplain),
    ("SodBreach", P::AccessExplain),
    ("ElevationWay", P::AccessExplain),
    ("DueQualityCheck", P::TicketQualityRead),
    ("Event", P::TimelineRead),
    ("EventActor", P::TimelineRead),
    ("FenceHolder", P::ProjectionRead),
    ("FieldChange", P::TimelineRead),
    ("ImpactAgreement", P::CiRead),
    ("ImpactEdge", P::CiRead),
    ("ImpactNode", P::CiRead),
    ("ImpactService", P::CiRead),
    ("ImpactStep", P::CiRead),
    ("Job", P::ProjectionRead),
    ("JobPosition", P::PersonRead),
    ("JournalStatus", P::ProjectionRead),
    ("KeyFigures", P::KpiRead),
    ("Macro", P::MacroRead),
    ("MacroStep", P::MacroRead),
    ("Notice", P::NoticeRead),
    ("Person", P::PersonRead),
    ("Projection", P::ProjectionRead),
    ("QualityCheck", P::TicketQualityRead),
    ("Queue", P::QueueRead),
    ("QueueChange", P::TicketRead),
    ("Recurrence", P::RecurrenceRead),
    ("SavedQueue", P::QueueRead),
    ("Settings", P::SettingsRead),
    ("SlaCrossing", P::TicketRead),
    ("SlaPlan", P::SlaPlanRead),
    ("SlaReport", P::SlaReportRead),
    ("SlaReportLine", P::SlaReportRead),
    ("Subject", P::SubjectRead),
    ("ServiceAccount", P::ServiceAccountRead),
    ("ServiceToken", P::ServiceAccountRead),
    ("SyncSource", P::CiRead),
    ("Template", P::TemplateRead),
    ("Ticket", P::TicketRead),
    ("TicketChange", P::TicketRead),
    ("TicketFacet", P::TicketRead),
    ("TicketLink", P::TicketRead),
    ("TicketSla", P::TicketRead),
    ("TicketQuality", P::TicketRead),
    ("TicketRating", P::TicketRead),
    ("Unit", P::UnitRead),
    ("Ci", P::CiRead),
    ("CiDiff", P::CiRead),
    ("CiDifference", P::CiRead),
    ("CiImpact", P::CiRead),
    ("TicketImpact", P::TicketRead),
    ("TicketItem", P::TicketRead),
    ("AccessRole", P::RoleRead),
    ("AccessGrant", P::AccessRead),
    ("AccessException", P::AccessRead),
    ("AccessChange", P::AccessRead),
    ("AccessRequest", P::AccessRead),
    ("RolePermission", P::RoleRead),
    ("SodRule", P::RoleRead),
    ("DenyRule", P::AccessRead),
    ("AccessGroup", P::RoleRead),
    ("AccessSubject", P::RoleRead),
    ("AccessTemplate", P::RoleRead),
    ("ResourceType", P::RoleRead),
    ("AccessPolicy", P::RoleRead),
    ("AssignmentRule", P::RoleRead),
    ("AssignmentRulePreview", P::AccessRead),
    ("Erasure", P::ErasureRead),
    ("EvidenceHold", P::EvidenceHoldRead),
];

/// Fields that ask for more than their type does: without it they are null or empty.
const FIELDS: [(&str, &str, P); 26] = [
    ("Person", "deputy", P::PersonReadContacts),
    ("Person", "email", P::PersonReadContacts),
    ("Person", "heads", P::PersonReadContacts),
    ("Person", "language", P::PersonReadContacts),
    ("Person", "login", P::PersonReadContacts),
    ("Person", "phone", P::PersonReadContacts),
    ("Person", "position", P::PersonReadContacts),
    ("Person", "skills", P::PersonReadContacts),
    ("Person", "tier", P::PersonReadContacts),
    ("Person", "units", P::PersonReadContacts),
    ("Subject", "defaults", P::SubjectRead),
    ("Template", "tags", P::TemplateRead),
    ("Ticket", "routing", P::TimelineRead),
    ("Ticket", "slaPlan", P::SlaPlanRead),
    ("Ticket", "timeline", P::TimelineRead),
    ("Ticket", "unit", P::UnitRead),
    ("Ticket", "watchers", P::ConversationReadInternal),
    ("TicketClock", "intervals", P::TimelineRead),
    ("TicketSla", "plan", P::SlaPlanRead),
    ("TicketQuality", "check", P::TicketQualityRead),
    ("Ci", "timeline", P::TimelineRead),
    ("AccessGroup", "members", P::AccessRead),
    ("AccessGrant", "row", P::EventRead),
    ("Ci", "row", P::EventRead),
    ("Ticket", "row", P::EventRead),
    ("EventProof", "event", P::EventRead),
];

/// Parts of an object, read with it, and what a guarded root field answers with. Reviewed: whoever
/// adds one says of which object it is.
const OPEN: [&str; 89] = [
    "AttachmentPolicy",
    "CalendarExtraDay",
    "CalendarImportedHolidays",
    "CalendarPreview",
    "CalendarWeekly",
    "CiClassAttribute",
    "CiClassRedundancy",
    "CiClassRelation",
    "CiLicenceUsage",
    "ClockCause",
    "ClockInterval",
    "CheckQuestion",
    "ComplianceControl",
    "ComplianceFigure",
    "ComplianceSample",
    "ComplianceSection",
    "EscalationAction",
    "KpiBacklog",
    "KpiQualityChecks",
    "KpiSatisfaction",
    "OpeningInterval",
    "PageInfo",
    "PassedOver",
    "PersonDeputy",
    "PersonSkill",
    "PriorityMatrixCell",
    "QualityCheckAnswer",
    "QualityPolicy",
    "RecurrencePreview",
    "Session",
    "SlaKindPlan",
    "SlaPlanClock",
    "SlaPlanTargets",
    "SlaPlanThreshold",
    "SlaPolicy",
    "SlaReportClock",
    "SlaScore",
    "SlaSuccess",
    "SlaWhatIf",
    "SlaWhatIfChange",
    "SlaWhatIfTotals",
    "SubjectDefaults",
    "SyncSourceOwned",
    "SyncSourceRun",
    "TicketChildOutcome",
    "TicketClock",
    "TicketClockCrossing",
    "TicketClockThreshold",
    "TicketFacetValue",
    "TicketField",
    "TicketRouting",
    "UserError",
    "Viewer",
    "CiAttribute",
    "CiAttributeDiff",
    "CiDifferenceAttribute",
    "CiDifferenceRelation",
    "CiGivenValue",
    "CiRelation",
    "CiRelationDiff",
    "ImpactNode",
    "ImpactService",
    "ImpactStep",
    "AccessCondition",
    "AccessEntry",
    "AccessBatchResult",
    "AccessCleanUpResult",
    "AccessFinding",
    "AccessHolder",
    "AccessQuestion",
    "AccessScope",
    "AccessSeat",
    "AccessStage",
    "AccessStageSteps",
    "AccessThreshold",
    "AccessVote",
    "AccessTemplateItem",
    "AssignmentGiven",
    "AssignmentRuleTerms",
    "PolicyApprover",
    "PolicyBoundary",
    "PolicyEmergency",
    "PolicyRule",
    "PolicySpan",
    "PolicyStage",
    "PolicyThreshold",
    "PopulationTest",
    "ResourceVerb",
    "SodDuty",
];

/// Roots, and the wrappings of declared types.
fn wraps(name: &str) -> bool {
    matches!(name, "Query" | "Mutation" | "Subscription")
        || ["Connection", "Edge", "Payload"].iter().any(|ending| name.ends_with(ending))
}

fn fields_of(types: &[TypeDefinition]) -> BTreeMap<String, BTreeSet<String>> {
    let object = |definition: &TypeDefinition| {
        let TypeKind::Object(object) = &definition.kind else { return None };
        let fields = object.fields.iter().map(|field| field.node.name.node.to_string());
        Some((definition.name.node.to_string(), fields.collect()))
    };
    types.iter().filter_map(object).collect()
}

#[test]
fn every_field_has_a_declared_permission_or_stands_among_the_open_ones() {
    let found = fields_of(&types());
    let declared: BTreeSet<&str> = TYPES.iter().map(|(name, _)| *name).chain(OPEN).collect();
    let undeclared: Vec<&String> = found
        .keys()
        .filter(|name| !wraps(name) && !name.starts_with("__"))
        .filter(|name| !declared.contains(name.as_str()))
        .collect();
    assert!(undeclared.is_empty(), "declare by what these are read: {undeclared:?}");
    let gone: Vec<&&str> = declared.iter().filter(|name| !found.contains_key(**name)).collect();
    assert!(gone.is_empty(), "declared, and not in the schema any more: {gone:?}");
}

#[test]
fn fields_that_ask_for_more_can_be_null_or_empty() {
    let types = types();
    for (object, name, _) in FIELDS {
        let definition = types.iter().find(|definition| definition.name.node == object);
        let Some(TypeKind::Object(fields)) = definition.map(|definition| &definition.kind) else {
            panic!("there is no {object}")
        };
        let field = fields.fields.iter().find(|field| field.node.name.node == name);
        let ty = &field.unwrap_or_else(|| panic!("{object} has no {name}")).node.ty.node;
        let hides = ty.nullable || matches!(ty.base, BaseType::List(_));
        assert!(hides, "{object}.{name} has to answer something to those who may not read it");
    }
}

#[test]
fn what_is_declared_is_a_read() {
    let permissions = TYPES.iter().map(|(_, it)| *it).chain(FIELDS.iter().map(|(_, _, it)| *it));
    for permission in permissions {
        assert!(permission.is_read(), "{permission} reads nothing");
    }
}
