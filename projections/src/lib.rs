//! The read side: every read model, and the runner that keeps them.
//!
//! A read model is a folder: its fold from the log's events to rows, its SQL, its queries. All rows
//! are derived and can be thrown away. No HTTP, no GraphQL, no decision: nothing here says "no".
//!
//! Each model's tables stand in a schema of their own, `view_<name>`, and no SQL of a model names a
//! schema: the search path of the connection says whether the live tables are meant, those of a
//! rebuild (`view_<name>_next`), or scratch ones. Called by the API's reads and by the replay tools.

pub mod access_definitions;
pub mod access_grants;
pub mod access_requests;
pub mod almanac;
pub mod as_of;
pub mod baselines;
pub mod calendars;
pub mod cases;
pub mod ci_classes;
pub mod cis;
mod columns;
pub mod compare;
pub mod compliance;
pub mod conversation;
pub mod custom_fields;
pub mod dead_letters;
pub mod digest;
pub mod directory;
pub mod dossiers;
pub mod erasures;
pub mod error;
pub mod evidence_holds;
pub mod exports;
pub mod feed;
pub mod macros;
pub mod model;
pub mod notices;
pub mod people;
pub mod personal_columns;
pub mod purge;
pub mod quality;
pub mod queues;
pub mod rebuild;
pub mod recurrences;
pub mod runner;
pub mod search;
pub mod service_accounts;
pub mod sla_plans;
pub mod sla_timers;
pub mod subjects;
pub mod sync_sources;
pub mod templates;
pub mod ticket_items;
pub mod ticket_states;
pub mod tickets;
pub mod timeline;
pub mod units;
pub mod watchers;
pub mod what_if;
pub mod worker;

mod batches;
mod held;
mod history;
mod keyless;
pub mod leftovers;
mod read;
mod rows;
mod schema;
mod session;
mod single;
mod slots;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use almanac::{Almanac, AlmanacError};
pub use compare::{Comparison, Difference, compare, compare_by_log, compare_keeping, is_by_log};
pub use dead_letters::{DeadLetter, DeadLetters};
pub use error::{ProjectionError, ReadError};
pub use model::{Grain, OnPoison, ReadModel, Step, Table};
pub use rebuild::{RebuildReport, rebuild, rebuild_as};
pub use runner::{Position, ProjectionStatus, Runner, RunnerState, Stale, Waiter, status};

/// What a reader's connections search. Without spaces: it travels as a start-up option, where a
/// space separates options.
pub const SEARCH_PATH: &str = concat!(
    "view_watchers,view_tickets,view_timeline,view_people,view_units,view_subjects,view_directory,",
    "view_dossiers,view_custom_fields,view_templates,view_macros,view_queues,view_conversation,view_search,view_notices,",
    "view_calendars,view_sla_plans,view_sla_timers,view_cases,view_quality,view_recurrences,view_ci_classes,view_cis,",
    "view_sync_sources,view_service_accounts,view_ticket_items,view_ticket_states,view_baselines,view_access_definitions,",
    "view_access_grants,view_access_requests,view_erasures,view_evidence_holds,read",
);

/// All read models.
pub fn read_models() -> Vec<Arc<dyn ReadModel>> {
    vec![
        Arc::new(watchers::Watchers),
        Arc::new(tickets::Tickets::default()),
        Arc::new(timeline::Timeline),
        Arc::new(people::People),
        Arc::new(units::Units),
        Arc::new(subjects::Subjects),
        Arc::new(directory::Directory),
        Arc::new(dossiers::Dossiers),
        Arc::new(custom_fields::CustomFields),
        Arc::new(templates::Templates),
        Arc::new(macros::Macros),
        Arc::new(queues::Queues),
        Arc::new(conversation::Conversations),
        Arc::new(search::Searches),
        Arc::new(notices::Notices),
        Arc::new(calendars::Calendars),
        Arc::new(sla_plans::SlaPlans),
        Arc::new(sla_timers::SlaTimers::default()),
        Arc::new(cases::Cases),
        Arc::new(quality::Quality),
        Arc::new(recurrences::Recurrences),
        Arc::new(ci_classes::CiClasses),
        Arc::new(cis::Cis),
        Arc::new(sync_sources::SyncSources),
        Arc::new(service_accounts::ServiceAccounts),
        Arc::new(ticket_items::TicketItems::default()),
        Arc::new(ticket_states::TicketStates::default()),
        Arc::new(baselines::Baselines),
        Arc::new(access_definitions::AccessDefinitions),
        Arc::new(access_grants::AccessGrants),
        Arc::new(access_requests::AccessRequests),
        Arc::new(erasures::Erasures),
        Arc::new(evidence_holds::EvidenceHolds),
    ]
}

/// Whether models stay behind this one.
pub(crate) fn leads(name: &str) -> bool {
    read_models().iter().any(|model| model.behind().contains(&name))
}

/// The views that the append itself keeps; the journal is given them. Its pool needs
/// [`SEARCH_PATH`].
pub fn inline_views() -> Vec<Arc<dyn journal::InlineView>> {
    directory::inline::views()
}
