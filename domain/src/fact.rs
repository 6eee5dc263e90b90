//! The one place that sees every aggregate: a stored event, decoded.
//!
//! One variant an aggregate, never one an event. Read by projections and the replay tools.

use cqrs_es::{Aggregate, DomainEvent};
use serde_json::Value;
use uuid::Uuid;

use crate::access_group::{AccessGroup, AccessGroupEvent};
use crate::access_policy::{self, AccessPolicy, AccessPolicyEvent};
use crate::access_request::{AccessRequest, AccessRequestEvent};
use crate::access_template::{AccessTemplate, AccessTemplateEvent};
use crate::assignment_rule::{AssignmentRule, AssignmentRuleEvent};
use crate::baseline::{Baseline, BaselineEvent};
use crate::calendar::{Calendar, CalendarEvent};
use crate::ci::{Ci, CiEvent};
use crate::ci_class::{CiClass, CiClassEvent};
use crate::compliance_report::{ComplianceReport, ComplianceReportEvent};
use crate::conversation::{Conversation, ConversationEvent};
use crate::custom_field::{CustomField, CustomFieldEvent};
use crate::deny_rule::{DenyRule, DenyRuleEvent};
use crate::erasure::{Erasure, ErasureEvent};
use crate::evidence_hold::{EvidenceHold, EvidenceHoldEvent};
use crate::kernel::{
    AccessGroupId, AccessRequestId, AccessTemplateId, AssignmentRuleId, BaselineId, CalendarId,
    CiClassId, CiId, ComplianceReportId, DenyRuleId, ErasureId, EvidenceHoldId, FieldId, MacroId,
    PersonId, QueueId, RecurrenceId, ResourceTypeId, RoleId, ServiceAccountId, SlaPlanId,
    SodRuleId, SubjectAccessId, SubjectId, SyncSourceId, TemplateId, TicketId, UnitId,
};
use crate::macros::{Macro, MacroEvent};
use crate::person::{Person, PersonEvent};
use crate::queue::{Queue, QueueEvent};
use crate::recurrence::{Recurrence, RecurrenceEvent};
use crate::resource_type::{ResourceType, ResourceTypeEvent};
use crate::role::{Role, RoleEvent};
use crate::service_account::{ServiceAccount, ServiceAccountEvent};
use crate::settings::{STREAM_ID, Settings, SettingsEvent};
use crate::sla_plan::{SlaPlan, SlaPlanEvent};
use crate::sod_rule::{SodRule, SodRuleEvent};
use crate::subject::{Subject, SubjectEvent};
use crate::subject_access::{SubjectAccess, SubjectAccessEvent};
use crate::sync_source::{SyncSource, SyncSourceEvent};
use crate::template::{Template, TemplateEvent};
use crate::ticket::{Ticket, TicketEvent};
use crate::ticket_clock::{TicketClock, TicketClockEvent};
use crate::ticket_dossier::{Dossier, TicketDossierEvent};
use crate::ticket_items::{TicketItems, TicketItemsEvent};
use crate::ticket_quality::{TicketQuality, TicketQualityEvent};
use crate::unit::{Unit, UnitEvent};

/// An event with the identity of its stream.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "one variant an aggregate")]
pub enum Fact {
    Ticket(TicketId, TicketEvent),
    Person(PersonId, PersonEvent),
    Unit(UnitId, UnitEvent),
    Subject(SubjectId, SubjectEvent),
    Settings(SettingsEvent),
    Conversation(TicketId, ConversationEvent),
    TicketDossier(TicketId, TicketDossierEvent),
    CustomField(FieldId, CustomFieldEvent),
    Template(TemplateId, TemplateEvent),
    Macro(MacroId, MacroEvent),
    Queue(QueueId, QueueEvent),
    SlaPlan(SlaPlanId, SlaPlanEvent),
    TicketClock(TicketId, TicketClockEvent),
    TicketQuality(TicketId, TicketQualityEvent),
    TicketItems(TicketId, TicketItemsEvent),
    Calendar(CalendarId, CalendarEvent),
    Recurrence(RecurrenceId, RecurrenceEvent),
    CiClass(CiClassId, CiClassEvent),
    Ci(CiId, CiEvent),
    SyncSource(SyncSourceId, SyncSourceEvent),
    ServiceAccount(ServiceAccountId, ServiceAccountEvent),
    Baseline(BaselineId, BaselineEvent),
    ComplianceReport(ComplianceReportId, ComplianceReportEvent),
    Role(RoleId, RoleEvent),
    SodRule(SodRuleId, SodRuleEvent),
    DenyRule(DenyRuleId, DenyRuleEvent),
    AccessTemplate(AccessTemplateId, AccessTemplateEvent),
    ResourceType(ResourceTypeId, ResourceTypeEvent),
    SubjectAccess(SubjectAccessId, SubjectAccessEvent),
    AccessGroup(AccessGroupId, AccessGroupEvent),
    AccessPolicy(AccessPolicyEvent),
    AccessRequest(AccessRequestId, AccessRequestEvent),
    AssignmentRule(AssignmentRuleId, AssignmentRuleEvent),
    Erasure(ErasureId, ErasureEvent),
    EvidenceHold(EvidenceHoldId, EvidenceHoldEvent),
}

/// The stored text is no event this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// No such aggregate.
    #[error("unknown aggregate type")]
    UnknownAggregate,
    /// Not a UUID.
    #[error("the stream's identity is not a UUID")]
    BadIdentity,
    /// The payload does not fit.
    #[error("the payload is not a {0}")]
    BadPayload(String),
}

impl Fact {
    /// The stream's identity; the settings' own constant.
    pub fn stream(&self) -> Uuid {
        match self {
            Self::Ticket(id, _)
            | Self::Conversation(id, _)
            | Self::TicketDossier(id, _)
            | Self::TicketClock(id, _)
            | Self::TicketQuality(id, _)
            | Self::TicketItems(id, _) => id.0,
            Self::Person(id, _) => id.0,
            Self::Unit(id, _) => id.0,
            Self::Subject(id, _) => id.0,
            Self::Settings(_) => STREAM_ID,
            Self::CustomField(id, _) => id.0,
            Self::Template(id, _) => id.0,
            Self::Macro(id, _) => id.0,
            Self::Queue(id, _) => id.0,
            Self::SlaPlan(id, _) => id.0,
            Self::Calendar(id, _) => id.0,
            Self::Recurrence(id, _) => id.0,
            Self::CiClass(id, _) => id.0,
            Self::Ci(id, _) => id.0,
            Self::SyncSource(id, _) => id.0,
            Self::ServiceAccount(id, _) => id.0,
            Self::Baseline(id, _) => id.0,
            Self::ComplianceReport(id, _) => id.0,
            Self::Role(id, _) => id.0,
            Self::SodRule(id, _) => id.0,
            Self::DenyRule(id, _) => id.0,
            Self::AccessTemplate(id, _) => id.0,
            Self::ResourceType(id, _) => id.0,
            Self::SubjectAccess(id, _) => id.0,
            Self::AccessGroup(id, _) => id.0,
            Self::AccessPolicy(_) => access_policy::STREAM_ID,
            Self::AccessRequest(id, _) => id.0,
            Self::AssignmentRule(id, _) => id.0,
            Self::Erasure(id, _) => id.0,
            Self::EvidenceHold(id, _) => id.0,
        }
    }

    /// The version of this event's shape today.
    pub fn event_version(&self) -> String {
        match self {
            Self::Ticket(_, event) => event.event_version(),
            Self::Person(_, event) => event.event_version(),
            Self::Unit(_, event) => event.event_version(),
            Self::Subject(_, event) => event.event_version(),
            Self::Settings(event) => event.event_version(),
            Self::Conversation(_, event) => event.event_version(),
            Self::TicketDossier(_, event) => event.event_version(),
            Self::CustomField(_, event) => event.event_version(),
            Self::Template(_, event) => event.event_version(),
            Self::Macro(_, event) => event.event_version(),
            Self::Queue(_, event) => event.event_version(),
            Self::SlaPlan(_, event) => event.event_version(),
            Self::TicketClock(_, event) => event.event_version(),
            Self::TicketQuality(_, event) => event.event_version(),
            Self::TicketItems(_, event) => event.event_version(),
            Self::Calendar(_, event) => event.event_version(),
            Self::Recurrence(_, event) => event.event_version(),
            Self::CiClass(_, event) => event.event_version(),
            Self::Ci(_, event) => event.event_version(),
            Self::SyncSource(_, event) => event.event_version(),
            Self::ServiceAccount(_, event) => event.event_version(),
            Self::Baseline(_, event) => event.event_version(),
            Self::ComplianceReport(_, event) => event.event_version(),
            Self::Role(_, event) => event.event_version(),
            Self::SodRule(_, event) => event.event_version(),
            Self::DenyRule(_, event) => event.event_version(),
            Self::AccessTemplate(_, event) => event.event_version(),
            Self::ResourceType(_, event) => event.event_version(),
            Self::SubjectAccess(_, event) => event.event_version(),
            Self::AccessGroup(_, event) => event.event_version(),
            Self::AccessPolicy(event) => event.event_version(),
            Self::AccessRequest(_, event) => event.event_version(),
            Self::AssignmentRule(_, event) => event.event_version(),
            Self::Erasure(_, event) => event.event_version(),
            Self::EvidenceHold(_, event) => event.event_version(),
        }
    }

    /// Decodes a payload whose personal data are opened already.
    pub fn decode(
        aggregate_type: &str,
        aggregate_id: &str,
        event_type: &str,
        payload: &Value,
    ) -> Result<Self, FactError> {
        let id = Uuid::parse_str(aggregate_id).map_err(|_| FactError::BadIdentity)?;
        match aggregate_type {
            Ticket::TYPE => event(event_type, payload).map(|e| Self::Ticket(TicketId(id), e)),
            Person::TYPE => event(event_type, payload).map(|e| Self::Person(PersonId(id), e)),
            Unit::TYPE => event(event_type, payload).map(|e| Self::Unit(UnitId(id), e)),
            Subject::TYPE => event(event_type, payload).map(|e| Self::Subject(SubjectId(id), e)),
            Settings::TYPE => event(event_type, payload).map(Self::Settings),
            Conversation::TYPE => {
                event(event_type, payload).map(|e| Self::Conversation(TicketId(id), e))
            }
            Dossier::TYPE => {
                event(event_type, payload).map(|e| Self::TicketDossier(TicketId(id), e))
            }
            CustomField::TYPE => {
                event(event_type, payload).map(|e| Self::CustomField(FieldId(id), e))
            }
            Template::TYPE => event(event_type, payload).map(|e| Self::Template(TemplateId(id), e)),
            Macro::TYPE => event(event_type, payload).map(|e| Self::Macro(MacroId(id), e)),
            Queue::TYPE => event(event_type, payload).map(|e| Self::Queue(QueueId(id), e)),
            SlaPlan::TYPE => event(event_type, payload).map(|e| Self::SlaPlan(SlaPlanId(id), e)),
            TicketClock::TYPE => {
                event(event_type, payload).map(|e| Self::TicketClock(TicketId(id), e))
            }
            TicketQuality::TYPE => {
                event(event_type, payload).map(|e| Self::TicketQuality(TicketId(id), e))
            }
            TicketItems::TYPE => {
                event(event_type, payload).map(|e| Self::TicketItems(TicketId(id), e))
            }
            Calendar::TYPE => event(event_type, payload).map(|e| Self::Calendar(CalendarId(id), e)),
            Recurrence::TYPE => {
                event(event_type, payload).map(|e| Self::Recurrence(RecurrenceId(id), e))
            }
            CiClass::TYPE => event(event_type, payload).map(|e| Self::CiClass(CiClassId(id), e)),
            Ci::TYPE => event(event_type, payload).map(|e| Self::Ci(CiId(id), e)),
            SyncSource::TYPE => {
                event(event_type, payload).map(|e| Self::SyncSource(SyncSourceId(id), e))
            }
            ServiceAccount::TYPE => {
                event(event_type, payload).map(|e| Self::ServiceAccount(ServiceAccountId(id), e))
            }
            Baseline::TYPE => event(event_type, payload).map(|e| Self::Baseline(BaselineId(id), e)),
            ComplianceReport::TYPE => event(event_type, payload)
                .map(|e| Self::ComplianceReport(ComplianceReportId(id), e)),
            Role::TYPE => event(event_type, payload).map(|e| Self::Role(RoleId(id), e)),
            SodRule::TYPE => event(event_type, payload).map(|e| Self::SodRule(SodRuleId(id), e)),
            DenyRule::TYPE => event(event_type, payload).map(|e| Self::DenyRule(DenyRuleId(id), e)),
            AccessTemplate::TYPE => {
                event(event_type, payload).map(|e| Self::AccessTemplate(AccessTemplateId(id), e))
            }
            ResourceType::TYPE => {
                event(event_type, payload).map(|e| Self::ResourceType(ResourceTypeId(id), e))
            }
            SubjectAccess::TYPE => {
                event(event_type, payload).map(|e| Self::SubjectAccess(SubjectAccessId(id), e))
            }
            AccessGroup::TYPE => {
                event(event_type, payload).map(|e| Self::AccessGroup(AccessGroupId(id), e))
            }
            AccessPolicy::TYPE => event(event_type, payload).map(Self::AccessPolicy),
            AccessRequest::TYPE => {
                event(event_type, payload).map(|e| Self::AccessRequest(AccessRequestId(id), e))
            }
            AssignmentRule::TYPE => {
                event(event_type, payload).map(|e| Self::AssignmentRule(AssignmentRuleId(id), e))
            }
            Erasure::TYPE => event(event_type, payload).map(|e| Self::Erasure(ErasureId(id), e)),
            EvidenceHold::TYPE => {
                event(event_type, payload).map(|e| Self::EvidenceHold(EvidenceHoldId(id), e))
            }
            _ => Err(FactError::UnknownAggregate),
        }
    }
}

fn event<E: DomainEvent>(event_type: &str, payload: &Value) -> Result<E, FactError> {
    let event =
        E::deserialize(payload).map_err(|_| FactError::BadPayload(event_type.to_owned()))?;
    if event.event_type() == event_type {
        return Ok(event);
    }
    Err(FactError::BadPayload(event_type.to_owned()))
}
