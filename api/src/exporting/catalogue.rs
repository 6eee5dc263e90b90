//! What can be exported: by which name, from which table, by which rights.
//!
//! Every table of every read model is in one of the two lists here, which a test compares with the
//! read models: a view that is added has to be put into one of them. Called by the exporting.

use domain::access::Permission;
use domain::access::Permission as P;
use projections::{Table, read_models};

/// How a noun is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Its table, row by row.
    Table,
    /// Configuration items as an import takes them.
    Items,
}

/// Something that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// By what name.
    pub name: &'static str,
    /// What it holds, for people.
    pub what: &'static str,
    /// What somebody must be able to read without bounds to get it by HTTP.
    pub rights: &'static [Permission],
    /// The table.
    pub table: &'static str,
    /// How it is written.
    pub form: Form,
}

const fn noun(
    name: &'static str,
    what: &'static str,
    table: &'static str,
    rights: &'static [Permission],
) -> Noun {
    Noun { name, what, rights, table, form: Form::Table }
}

/// Everything that can be exported, by name.
pub const NOUNS: &[Noun] = &[
    noun(
        "access_changes",
        "every change of permissions: what, of whom, by whom, when, why, by which request",
        "access_changes",
        &[P::AccessRead, P::AccessExport],
    ),
    noun(
        "access_definitions",
        "roles, rules and groups that say who may do what, as they are and ever were",
        "access_definitions",
        &[P::RoleRead, P::AccessRead, P::AccessExport],
    ),
    noun(
        "access_exceptions",
        "exceptions from rules, past ones too",
        "access_exceptions",
        &[P::AccessRead, P::AccessExport],
    ),
    noun(
        "access_grants",
        "permission grants with their whole life, past ones too",
        "access_grants",
        &[P::AccessRead, P::AccessExport],
    ),
    noun(
        "access_members",
        "who was added to groups of those who have access, past ones too",
        "access_members",
        &[P::AccessRead, P::AccessExport],
    ),
    noun(
        "access_requests",
        "access requests: what was wanted, why, and who decided what",
        "access_requests",
        &[P::AccessRead, P::AccessExport],
    ),
    noun("baselines", "baselines, withdrawn ones too", "baselines", &[P::CiRead]),
    noun("calendars", "calendars, as they were last defined", "calendars", &[P::CalendarRead]),
    noun("cases", "what reports count of each ticket", "cases", &[P::TicketRead]),
    noun(
        "ci_classes",
        "classes of configuration items, each definition",
        "ci_classes",
        &[P::CiRead],
    ),
    noun(
        "ci_relations",
        "relations of configuration items, past ones too",
        "ci_relations",
        &[P::CiRead],
    ),
    noun("ci_states", "configuration items, as they are and ever were", "cis", &[P::CiRead]),
    Noun {
        name: "cis",
        what: "configuration items and their relations, as an import takes them",
        rights: &[P::CiRead],
        table: "cis",
        form: Form::Items,
    },
    noun(
        "conversation",
        "replies and notes on tickets",
        "comments",
        &[P::TicketRead, P::ConversationReadInternal],
    ),
    noun("custom_fields", "custom fields of tickets", "custom_fields", &[P::CustomFieldRead]),
    noun(
        "dossiers",
        "tags, watchers, links, custom fields and files of tickets",
        "dossiers",
        &[P::TicketRead],
    ),
    noun("erasures", "erasures of people, with what became of them", "erasures", &[P::ErasureRead]),
    noun(
        "evidence_holds",
        "holds on evidence, lifted ones too",
        "evidence_holds",
        &[P::EvidenceHoldRead],
    ),
    noun("macros", "macros", "macros", &[P::MacroRead]),
    noun("outbox", "who was told what", "outbox", &[P::EventRead]),
    noun("people", "people", "people", &[P::PersonRead, P::PersonReadContacts]),
    noun("quality", "surveys and quality checks", "quality", &[P::TicketQualityRead]),
    noun("queues", "saved queues of everybody", "queues", &[P::EventRead]),
    noun("recurrences", "recurring tickets", "recurrences", &[P::RecurrenceRead]),
    noun(
        "service_accounts",
        "service accounts, retired ones too, without what they speak with",
        "service_accounts",
        &[P::ServiceAccountRead],
    ),
    noun(
        "sla_plans",
        "service level plans, as they were last defined",
        "sla_plans",
        &[P::SlaPlanRead],
    ),
    noun(
        "sla_timers",
        "crossed thresholds of tickets, and the next",
        "sla_timers",
        &[P::TicketRead],
    ),
    noun("subjects", "subjects of tickets", "subjects", &[P::SubjectRead]),
    noun(
        "sync_sources",
        "sources of configuration items, as they were last defined",
        "sync_sources",
        &[P::CiRead],
    ),
    noun("templates", "templates of tickets", "templates", &[P::TemplateRead]),
    noun(
        "ticket_impacts",
        "what was computed last of the items of each ticket",
        "ticket_impacts",
        &[P::TicketRead, P::CiRead],
    ),
    noun(
        "ticket_items",
        "configuration items of tickets, past ones too",
        "ticket_items",
        &[P::TicketRead, P::CiRead],
    ),
    noun("tickets", "tickets", "tickets", &[P::TicketRead]),
    noun(
        "timeline",
        "every event: who did what, when, why, and what changed",
        "timeline",
        &[P::TimelineRead, P::PersonReadContacts],
    ),
    noun("units", "units with their people", "units", &[P::UnitRead]),
];

/// Tables that are there for the program alone: all they say stands in another one.
pub const INTERNAL: &[&str] = &[
    "access_subjects",
    "directory_people",
    "directory_memberships",
    "directory_units",
    "directory_subjects",
    "directory_fields",
    "directory_calendars",
    "directory_ci_classes",
    "directory_plans",
    "directory_settings",
    "directory_rules",
    "directory_members",
    "directory_holdings",
    "directory_requests",
    "notice_people",
    "notice_units",
    "notice_tickets",
    "notice_requests",
    "notice_settings",
    "ticket_failures",
    "ticket_lives",
    "ticket_states",
    "ticket_states_last",
    "ticket_texts",
    "timeline_streams",
    "watchers",
];

impl Noun {
    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        NOUNS.iter().find(|noun| noun.name == name)
    }

    /// Its table, and the read model that keeps it.
    pub(super) fn place(&self) -> Option<(&'static str, Table)> {
        read_models().iter().find_map(|model| {
            let table = model.tables().iter().find(|table| table.name == self.table)?;
            Some((model.name(), *table))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;
    use domain::access::Reach;
    use domain::access::model::Scope;
    use domain::access::standard::{holder, standard_role_of};
    use domain::kernel::PersonId;
    use domain::person::Role;
    use projections::read_models;
    use uuid::Uuid;

    use super::{INTERNAL, NOUNS, Noun};

    #[test]
    fn every_table_of_every_read_model_is_exported_or_said_to_be_internal() {
        let models = read_models();
        let kept: BTreeSet<&str> =
            models.iter().flat_map(|model| model.tables()).map(|table| table.name).collect();
        let exported = NOUNS.iter().map(|noun| noun.table);
        let listed: BTreeSet<&str> = exported.chain(INTERNAL.iter().copied()).collect();
        assert_eq!(listed, kept);
        assert!(NOUNS.iter().all(|noun| !INTERNAL.contains(&noun.table)));
        assert!(NOUNS.iter().all(|noun| noun.place().is_some()));
    }

    #[test]
    fn names_are_in_order_and_each_asks_for_a_right() {
        assert!(NOUNS.is_sorted_by(|left, right| left.name < right.name));
        assert!(NOUNS.iter().all(|noun| !noun.rights.is_empty()));
        assert!(NOUNS.iter().all(|noun| Noun::named(noun.name) == Some(noun)));
    }

    #[test]
    fn a_client_exports_nothing_and_an_auditor_everything() {
        for noun in NOUNS {
            let may = |role| {
                let world =
                    holder(standard_role_of(role), PersonId(Uuid::nil()), Scope::Everywhere);
                let reach = |right| world.reach(right, DateTime::UNIX_EPOCH);
                noun.rights.iter().all(|right| reach(*right) == Reach::All)
            };
            assert!(!may(Role::Client) && !may(Role::ClientGroupLead), "{}", noun.name);
            assert!(may(Role::Auditor) && may(Role::SystemAdministrator), "{}", noun.name);
        }
    }
}
