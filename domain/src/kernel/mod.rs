//! What every aggregate shares: identities, who acts, when and why, personal data, refusals.
//!
//! Nothing here knows a ticket or a person's life; nothing here touches a clock, chance or a
//! database. Aggregates, the journal, projections and the gateway all build on these types.

pub mod actor;
pub mod claim;
pub mod command;
pub mod context;
pub mod facts;
pub mod ids;
pub mod meta;
pub mod personal;
pub mod refusal;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod time;
pub(crate) mod words;

pub use actor::{Actor, DataSubject};
pub use claim::{ClaimChange, ClaimKey};
pub use command::{Command, Directed};
pub use context::{Context, Standing};
pub use facts::{
    CalendarFacts, Facts, FieldFacts, ItemFacts, Needs, PersonFacts, PlanFacts, SubjectFacts,
    TemplateFacts, TicketFacts, UnitFacts,
};
pub use ids::{
    AccessGroupId, AccessRequestId, AccessTemplateId, AssignmentRuleId, AttachmentId, BaselineId,
    CalendarId, CiClassId, CiId, CommentId, ComplianceReportId, DenyRuleId, ErasureId,
    EvidenceHoldId, ExceptionId, FieldId, GrantId, MacroId, PersonId, QueueId, RecurrenceId,
    ResourceTypeId, RoleId, ServiceAccountId, ServiceTokenId, SlaPlanId, SodRuleId,
    SubjectAccessId, SubjectId, SyncSourceId, TemplateId, TicketId, UnitId,
};
pub use meta::{Meta, Source};
pub use personal::Personal;
pub use refusal::{Refusal, Refused};
pub use time::{Clock, Ids};
