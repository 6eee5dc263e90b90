//! `tests/golden/ticket-matrix.txt`: what each role may do to a ticket, in each state, standing
//! to it in each way.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::access::decide::ObjectView;
use domain::access::model::Scope;
use domain::access::standard::{holder, standard_role_of};
use domain::access::{Permission, Relation, Standpoint, allowed_actions};
use domain::kernel::PersonId;
use domain::person::Role;
use domain::settings::Policy;
use domain::ticket::TicketState;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::tidy::golden;

const HEAD: &str = "\
# What may be done to a ticket: by role, by how one stands to it, by its state.
# Printed from domain/src/access/ with the shipped settings. \"other\": somebody else holds it, or
# resolved it. What is not listed is refused; \"unseen\" answers as if there were no such ticket.
";

/// How one stands to a ticket, in the order of the file.
const RELATIONS: [&str; 11] = [
    "stranger",
    "author or requester",
    "lead of the author's group",
    "named by it",
    "of its unit, which has it as a whole",
    "of its unit, where a colleague has it",
    "its holder",
    "its last holder",
    "head of its unit",
    "placing it in dispatch",
    "watching it",
];

#[test]
fn the_matrix_is_what_the_code_says() {
    let mut text = String::from(HEAD);
    for role in Role::iter() {
        for name in RELATIONS {
            write!(text, "\n{role}, {name}\n").unwrap();
            for (state, mine) in states(name) {
                let label = label(state, mine);
                writeln!(text, "  {label:<19} {}", cell(role, name, (state, mine))).unwrap();
            }
        }
    }
    golden::compare("tests/golden/ticket-matrix.txt", &text);
}

/// The states in which one can stand to a ticket like this, and whether the hold in question is
/// one's own.
fn states(relation: &str) -> Vec<(TicketState, bool)> {
    let all = TicketState::iter().map(|state| (state, false));
    match relation {
        "its holder" => vec![(TicketState::InProgress, true)],
        "its last holder" => all
            .filter(|(state, _)| *state != TicketState::New)
            .map(|(state, _)| (state, state == TicketState::Resolved))
            .collect(),
        "placing it in dispatch" => all.filter(|(state, _)| state.is_open()).collect(),
        _ => all.collect(),
    }
}

fn label(state: TicketState, mine: bool) -> String {
    match state {
        TicketState::InProgress | TicketState::Resolved => {
            format!("{state} {}", if mine { "self" } else { "other" })
        }
        _ => state.to_string(),
    }
}

fn cell(role: Role, name: &str, (state, mine): (TicketState, bool)) -> String {
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let ticket = ObjectView::standing(relation(name, (state, mine)));
    let world = holder(standard_role_of(role), PersonId(Uuid::nil()), Scope::Everywhere);
    if world.permits(Permission::TicketRead, &ticket, now).is_none() {
        return "unseen".to_owned();
    }
    let at = Standpoint {
        state,
        held: state == TicketState::InProgress,
        individual: false,
        merged: false,
        closed_at: state.is_over().then_some(DateTime::<Utc>::UNIX_EPOCH),
    };
    let actions: Vec<String> = allowed_actions((&world, &ticket), &at, (&Policy::shipped(), now))
        .iter()
        .map(ToString::to_string)
        .collect();
    if actions.is_empty() { "nothing".to_owned() } else { actions.join(" ") }
}

fn relation(name: &str, (state, mine): (TicketState, bool)) -> Relation {
    let nobody = Relation::default();
    match name {
        "stranger" => nobody,
        "author or requester" => Relation { own: true, ..nobody },
        "lead of the author's group" => Relation { leads: true, ..nobody },
        "named by it" => Relation { assigned: true, member: true, ..nobody },
        "of its unit, which has it as a whole" => {
            Relation { member: true, unassigned: true, ..nobody }
        }
        "of its unit, where a colleague has it" => Relation { member: true, ..nobody },
        "its holder" => {
            Relation { holds: true, held_last: true, member: true, assigned: true, ..nobody }
        }
        "its last holder" => Relation {
            held_last: state != TicketState::Resolved || mine,
            member: true,
            assigned: true,
            ..nobody
        },
        "head of its unit" => Relation { heads: true, member: true, ..nobody },
        "placing it in dispatch" => {
            Relation { dispatches: state.is_open(), unplaced: true, unassigned: true, ..nobody }
        }
        "watching it" => Relation { watches: true, ..nobody },
        other => panic!("no such relation: {other}"),
    }
}
