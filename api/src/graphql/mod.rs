//! What is GraphQL and not HTTP: the document guard, the schema, and a folder a noun.
//!
//! A noun's folder holds `types.rs` (newtypes over read rows), `query.rs`, and, where it has any,
//! `mutation.rs`. What can be listened to stands in `live`. A query asks the access guard how far the caller's reads reach and hands that to
//! the read side; a mutation turns its input into a command and hands it to the gateway. No rule
//! of the desk stands here, and no SQL.
//!
//! The server's composition calls [`schema()`] once and [`Visit::enter`] for each request.

pub mod guard;

mod access;
mod access_grant;
mod access_group;
mod access_policy;
mod access_preview;
mod access_question;
mod access_request;
mod access_template;
mod assignment_rule;
mod attachment;
mod audit;
mod baseline;
mod calendar;
mod ci;
mod ci_class;
mod command;
mod compare;
mod compliance_report;
mod context;
mod conversation;
mod decision;
mod definition;
mod deny_rule;
mod dossier;
mod erasure;
mod error;
mod evidence_hold;
mod field;
mod health;
mod id;
mod impact;
mod input;
mod job;
mod line;
mod listed;
mod live;
mod loader;
mod macros;
mod many;
mod moment;
mod names;
mod node;
mod notice;
mod page;
mod past;
mod payload;
mod permission;
mod person;
mod projection;
mod quality;
mod queue;
mod recurrence;
mod refusal;
mod report;
mod resource_type;
mod role;
mod said;
mod scalar;
mod schema;
mod service_account;
mod session;
mod settings;
mod sla_plan;
mod sod_rule;
mod subject;
mod sync_source;
mod template;
mod ticket;
mod ticket_items;
mod timeline;
mod unit;
mod what_if;

#[cfg(test)]
mod tests;

pub(crate) use attachment::{attachment_of, id_of, path_of, ticket_of};
pub use context::{Services, Visit, caught_up};
pub(crate) use error::PASSWORD_CHANGE_REQUIRED;
pub(crate) use id::{global_id, global_of, identity, object_type, tickets_among};
pub(crate) use line::Line;
pub use live::Progress;
pub(crate) use payload::named;
pub use refusal::ErrorCode;
pub(crate) use refusal::UserError;
pub(crate) use report::{person_of, unit_of};
pub use said::Said;
pub use scalar::Position;
pub use schema::{Mutation, Query, Schema, Subscription, schema, sdl};
