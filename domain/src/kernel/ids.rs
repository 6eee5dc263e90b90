//! Typed identities: a UUID that cannot be mistaken for another noun's.
//!
//! New ones are UUIDv7 and come from [`super::Ids`]; people see a separate number or name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

typed_id! {
    /// A ticket's stream.
    TicketId;
    /// A person's stream: staff or client.
    PersonId;
    /// A unit's stream: department, support unit or customer organisation.
    UnitId;
    /// A subject's stream: what a ticket is about.
    SubjectId;
    /// A reply or note within a ticket's conversation.
    CommentId;
    /// A file of a ticket.
    AttachmentId;
    /// A custom field's stream.
    FieldId;
    /// A ticket template's stream.
    TemplateId;
    /// A macro's stream.
    MacroId;
    /// A saved queue's stream.
    QueueId;
    /// A calendar's stream.
    CalendarId;
    /// A service level plan's stream.
    SlaPlanId;
    /// A recurrence's stream: a ticket that is opened again and again.
    RecurrenceId;
    /// A class of configuration items: its stream.
    CiClassId;
    /// A configuration item's stream.
    CiId;
    /// The stream of a source that sends items.
    SyncSourceId;
    /// A service account's stream.
    ServiceAccountId;
    /// A token of a service account; not its secret.
    ServiceTokenId;
    /// A baseline's stream.
    BaselineId;
    /// The stream of a compliance report that was made.
    ComplianceReportId;
    /// A role's stream: permissions under one name.
    RoleId;
    /// One permission grant; not a stream of its own.
    GrantId;
    /// What lets one subject past one rule for a time; not a stream of its own.
    ExceptionId;
    /// The stream of a rule that denies.
    DenyRuleId;
    /// The stream of a rule of segregation of duties.
    SodRuleId;
    /// The stream of a subject's access: the identity of that person, program or group.
    SubjectAccessId;
    /// The stream of a group of those who have access.
    AccessGroupId;
    /// The stream of a request for access.
    AccessRequestId;
    /// The stream of a template of grants.
    AccessTemplateId;
    /// The stream of a rule that grants by itself.
    AssignmentRuleId;
    /// The stream of a type of things that another system has.
    ResourceTypeId;
    /// The stream of a request to erase a person.
    ErasureId;
    /// The stream of a hold on evidence.
    EvidenceHoldId;
}
