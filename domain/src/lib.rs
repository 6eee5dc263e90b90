//! The rules of the desk: aggregates, value objects, policies.
//!
//! Pure from end to end: no input or output, no clock, no chance, no SQL, no HTTP. A command meets
//! a state and a context and answers events or a refusal; an event changes a state and never fails.
//! The journal stores what is decided here, projections read it, the API asks for it.

pub mod access;
pub mod access_group;
pub mod access_policy;
pub mod access_request;
pub mod access_template;
pub mod assignment_rule;
pub mod baseline;
pub mod calendar;
pub mod ci;
pub mod ci_class;
pub mod cmdb;
pub mod compliance_report;
pub mod conversation;
pub mod custom_field;
pub mod deny_rule;
pub mod erasure;
pub mod evidence_hold;
pub mod fact;
pub mod import;
pub mod kernel;
pub mod macros;
pub mod notice;
pub mod person;
pub mod queue;
pub mod recurrence;
pub mod report;
pub mod resource_type;
pub mod role;
pub mod routing;
pub mod service_account;
pub mod settings;
pub mod sla;
pub mod sla_plan;
pub mod sod_rule;
pub mod subject;
pub mod subject_access;
pub mod sync_source;
pub mod template;
pub mod ticket;
pub mod ticket_clock;
pub mod ticket_dossier;
pub mod ticket_items;
pub mod ticket_quality;
pub mod unit;
pub mod what_if;

pub use fact::Fact;
