//! Every column of the database that can hold text, and whose words those are.
//!
//! A column that is not here fails the tests, and so does one that turns out to hold words and is not
//! said to: whoever adds one says what becomes of it when a person is erased. Read by whoever wants to
//! know what is stored of people, and by nothing that runs.

use Holds::{Annals, Code, Operator, Sealed, Shared, Words};

/// What a column holds, and so what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What people are called and said, in the clear: under their key in the history, and made again
    /// without it when they are erased.
    Words,
    /// Why somebody is erased or evidence is held: under Annals' own key, so that it stays.
    Annals,
    /// What cannot be read without a key, or is a hash under one: nothing is left of it with the key, or it
    /// is deleted.
    Sealed,
    /// What the organisation calls its things and how it defines them. It is nobody's, and should name
    /// nobody.
    Shared,
    /// What somebody who runs Annals noted on a view. It should name nobody.
    Operator,
    /// Words of a fixed list, identities, numbers, digests, sentences without data.
    Code,
}

/// Each table with its columns, separated by blanks, by what they hold.
pub const TABLES: &[(&str, &[(Holds, &str)])] = &[
    ("identity.credentials", &[(Sealed, "password_hash")]),
    ("identity.decisions", &[(Code, "actor action reason asked_by resource")]),
    ("identity.sign_in_failures", &[(Sealed, "login_key")]),
    ("journal.checkpoints", &[(Code, "note")]),
    ("journal.claims", &[(Code, "scope aggregate_type aggregate_id"), (Sealed, "key")]),
    ("journal.commands", &[(Code, "actor outcome")]),
    (
        "journal.events",
        &[
            (Code, "aggregate_type aggregate_id event_type event_version"),
            (Sealed, "payload metadata"),
        ],
    ),
    ("journal.log", &[(Code, "aggregate_type aggregate_id event_type")]),
    ("journal.premises", &[(Code, "name")]),
    ("journal.sequencer", &[(Code, "origin")]),
    (
        "read.dead_letters",
        &[
            (Code, "projection aggregate_type aggregate_id error resolution decided_by"),
            (Operator, "reason"),
        ],
    ),
    ("read.followers", &[(Code, "name")]),
    ("read.projections", &[(Code, "name last_error paused_by"), (Operator, "paused_reason")]),
    (
        "read.rebuilds",
        &[(Code, "projection state filled_to digest_before digest_after note error requested_by")],
    ),
    ("vault.subject_keys", &[(Code, "subject")]),
    ("view_access_definitions.access_definitions", &[(Shared, "name words body"), (Code, "noun")]),
    ("view_access_definitions.access_members", &[(Code, "member")]),
    (
        "view_access_grants.access_changes",
        &[
            (Words, "reason"),
            (Shared, "control"),
            (Code, "kind subject entry scope source classes actor shortened"),
        ],
    ),
    (
        "view_access_grants.access_exceptions",
        &[
            (Words, "made_reason ended_reason"),
            (Shared, "control"),
            (Code, "subject made_by ended_by"),
        ],
    ),
    (
        "view_access_grants.access_grants",
        &[
            (Words, "made_reason ended_reason"),
            (Code, "subject entry scope shortened source state made_by ended_by"),
        ],
    ),
    ("view_access_grants.access_subjects", &[(Code, "subject")]),
    (
        "view_access_requests.access_requests",
        &[(Words, "justification votes questions"), (Code, "beneficiary state told")],
    ),
    ("view_baselines.baselines", &[(Words, "note"), (Shared, "name")]),
    ("view_calendars.calendars", &[(Shared, "name hours")]),
    ("view_cases.cases", &[(Code, "outcome told")]),
    ("view_ci_classes.ci_classes", &[(Shared, "name label definition")]),
    ("view_cis.ci_relations", &[(Code, "relation source")]),
    (
        "view_cis.cis",
        &[
            (Words, "name attributes given searched"),
            (Shared, "redundancy"),
            (Code, "status life missing"),
        ],
    ),
    ("view_conversation.comments", &[(Words, "body")]),
    ("view_custom_fields.custom_fields", &[(Shared, "name form choices"), (Code, "kinds")]),
    ("view_directory.directory_calendars", &[(Shared, "state")]),
    ("view_directory.directory_ci_classes", &[(Shared, "state")]),
    ("view_directory.directory_fields", &[(Shared, "state")]),
    ("view_directory.directory_holdings", &[(Code, "holding state")]),
    ("view_directory.directory_members", &[(Code, "member")]),
    ("view_directory.directory_people", &[(Code, "state")]),
    ("view_directory.directory_plans", &[(Shared, "state")]),
    ("view_directory.directory_requests", &[(Code, "state")]),
    ("view_directory.directory_rules", &[(Shared, "state"), (Code, "rule")]),
    ("view_directory.directory_settings", &[(Shared, "state")]),
    ("view_directory.directory_subjects", &[(Shared, "state")]),
    ("view_directory.directory_units", &[(Shared, "state")]),
    ("view_dossiers.dossiers", &[(Words, "fields attachments"), (Shared, "tags"), (Code, "links")]),
    (
        "view_erasures.erasures",
        &[(Annals, "why refused_why"), (Code, "ground phase exemption keys purge certified_root")],
    ),
    ("view_evidence_holds.evidence_holds", &[(Annals, "why lift_why")]),
    ("view_macros.macros", &[(Shared, "name steps")]),
    ("view_notices.notice_people", &[(Code, "kind role life")]),
    ("view_notices.notice_requests", &[(Code, "told")]),
    ("view_notices.outbox", &[(Code, "channel kind")]),
    (
        "view_people.people",
        &[
            (Words, "login name email phone searched"),
            (Shared, "position skills"),
            (Code, "kind role life language"),
        ],
    ),
    ("view_quality.quality", &[(Words, "rating_comment check_note"), (Shared, "check_answers")]),
    ("view_queues.queues", &[(Shared, "name filter ordering columns"), (Code, "sharing")]),
    ("view_recurrences.recurrences", &[(Shared, "name definition")]),
    ("view_search.ticket_texts", &[(Words, "public_text internal_text")]),
    (
        "view_service_accounts.service_accounts",
        &[(Shared, "name purpose rights system"), (Code, "tokens")],
    ),
    ("view_sla_plans.sla_plans", &[(Shared, "name definition")]),
    ("view_sla_timers.sla_timers", &[(Code, "course recorded by_hand")]),
    ("view_subjects.subjects", &[(Shared, "name skill searched"), (Code, "priority")]),
    ("view_sync_sources.sync_sources", &[(Shared, "name definition"), (Code, "last_run")]),
    ("view_templates.templates", &[(Shared, "name content")]),
    ("view_ticket_items.ticket_impacts", &[(Code, "digest")]),
    ("view_ticket_items.ticket_items", &[(Code, "role")]),
    (
        "view_ticket_states.ticket_states",
        &[(Shared, "external_ref"), (Code, "number kind state impact urgency")],
    ),
    ("view_ticket_states.ticket_states_last", &[(Code, "state")]),
    (
        "view_tickets.tickets",
        &[
            (Words, "title description solution"),
            (Shared, "external_ref resolution_code"),
            (Code, "number kind state impact urgency pending_reason routing course"),
        ],
    ),
    (
        "view_timeline.timeline",
        &[(Words, "reason changes"), (Code, "aggregate_type event_type actor source")],
    ),
    ("view_timeline.timeline_streams", &[(Words, "state"), (Code, "aggregate_type")]),
    ("view_units.units", &[(Shared, "name searched"), (Code, "kind routing barrier")]),
];
