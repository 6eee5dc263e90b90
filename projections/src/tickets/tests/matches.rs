//! A filter says of a ticket in memory what it says in the database, whoever asks: what a reader may
//! see holds also where a filter that implies it takes its place.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Who;
use domain::kernel::{PersonId, TicketId};
use domain::person::Role;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use super::{all, page, view, who};
use crate::dossiers::{self, DossierRow};
use crate::testing::sla::PLAN;
use crate::testing::{AGENT, CLIENT, SUBJECT, TICKET, UNIT, World, at};
use crate::tickets::{Compare, Operand, Scope, TicketField, TicketFilter, TicketQuery};

const STRANGER: PersonId = PersonId(Uuid::from_u128(0x5_7a4));

const FIELDS: [TicketField; 27] = [
    TicketField::State,
    TicketField::Kind,
    TicketField::Priority,
    TicketField::Impact,
    TicketField::Urgency,
    TicketField::Number,
    TicketField::ExternalRef,
    TicketField::UnitId,
    TicketField::AssigneeId,
    TicketField::HolderId,
    TicketField::RequesterId,
    TicketField::AuthorId,
    TicketField::SubjectId,
    TicketField::CreatedAt,
    TicketField::ResolvedAt,
    TicketField::ClosedAt,
    TicketField::ReopenCount,
    TicketField::ReassignmentCount,
    TicketField::Tier,
    TicketField::MergedIntoId,
    TicketField::Tag,
    TicketField::WatcherId,
    TicketField::ParentId,
    TicketField::SlaPlanId,
    TicketField::DeadlineAt,
    TicketField::DueAt,
    TicketField::BreachAt,
];

#[tokio::test]
async fn memory_and_database_agree_on_random_filters() {
    let world = World::with_clocks().await;
    let pool = world.pool();
    let everything = page(pool, &all(Vec::new(), 100)).await.unwrap().rows;
    let rows: Vec<_> = everything.into_iter().map(|(_, row)| row).collect();
    let ids: Vec<TicketId> = rows.iter().map(|row| row.ticket_id).collect();
    let found = dossiers::by_ids(pool, &ids).await.unwrap();
    let dossiers: BTreeMap<_, _> = found.into_iter().map(|row| (row.ticket_id, row)).collect();
    let mut rng = StdRng::seed_from_u64(7);
    let mut refused = 0;
    let scopes = scopes();
    for _ in 0..1_500 {
        let filter = any_filter(&mut rng, 3);
        let scope = scopes[rng.random_range(0..scopes.len())].clone();
        let query = TicketQuery {
            filter: Some(filter.clone()),
            scope: scope.clone(),
            ..all(Vec::new(), 100)
        };
        let verdicts: Result<BTreeSet<TicketId>, _> = rows
            .iter()
            .map(|row| {
                let id = row.ticket_id;
                let dossier = dossiers.get(&id).cloned().unwrap_or_else(|| DossierRow::empty(id));
                let seen = scope.sees(row, &dossier.watcher_ids);
                Ok((filter.matches(row, &dossier)? && seen).then_some(id))
            })
            .filter_map(Result::transpose)
            .collect();
        match (page(pool, &query).await, verdicts) {
            (Ok(page), Ok(verdicts)) => {
                let listed = page.rows.iter().map(|(_, row)| row.ticket_id).collect();
                assert_eq!(verdicts, listed, "{filter:?} {scope:?}");
            }
            (Err(listed), Err(asked)) => {
                let asked: crate::ReadError = asked;
                assert_eq!(listed.to_string(), asked.to_string());
                refused += 1;
            }
            (listed, asked) => panic!("{filter:?}: {:?}, {:?}", listed.err(), asked.err()),
        }
    }
    assert!((125..1_375).contains(&refused), "{refused}");
}

/// Readers who see all, some and none of the story.
fn scopes() -> Vec<Scope> {
    let of_unit = Who { units: [UNIT].into(), ..who(STRANGER, Role::Agent) };
    let related = [of_unit, who(AGENT, Role::Agent), who(CLIENT, Role::Client)];
    related.iter().map(view).chain([Scope::All]).collect()
}

fn any_filter(rng: &mut StdRng, depth: u32) -> TicketFilter {
    match rng.random_range(0..if depth == 0 { 1 } else { 6 }) {
        0..3 => {
            let field = FIELDS[rng.random_range(0..FIELDS.len())];
            TicketFilter::Is(field, any_compare(rng, field))
        }
        3 => TicketFilter::Not(Box::new(any_filter(rng, depth - 1))),
        4 => TicketFilter::And(
            (0..rng.random_range(0..3)).map(|_| any_filter(rng, depth - 1)).collect(),
        ),
        _ => TicketFilter::Or(
            (0..rng.random_range(0..3)).map(|_| any_filter(rng, depth - 1)).collect(),
        ),
    }
}

fn any_compare(rng: &mut StdRng, field: TicketField) -> Compare {
    let several =
        |rng: &mut StdRng| (0..rng.random_range(0..3)).map(|_| any_operand(rng, field)).collect();
    match rng.random_range(0..10) {
        0 | 1 => Compare::Eq(any_operand(rng, field)),
        2 => Compare::Ne(any_operand(rng, field)),
        3 => Compare::In(several(rng)),
        4 => Compare::NotIn(several(rng)),
        5 => Compare::Gt(any_operand(rng, field)),
        6 => Compare::Gte(any_operand(rng, field)),
        7 => Compare::Lt(any_operand(rng, field)),
        8 => Compare::Lte(any_operand(rng, field)),
        _ => Compare::IsNull(rng.random()),
    }
}

/// Mostly of the right sort, and often one that a ticket of the story has.
fn any_operand(rng: &mut StdRng, field: TicketField) -> Operand {
    use TicketField as F;
    if rng.random_range(0..20) == 0 {
        return Operand::Text("\0".to_owned());
    }
    let words: &[&str] = match field {
        F::State => &["CLOSED", "RESOLVED", "CANCELLED", "NOWHERE"],
        F::Kind => &["INCIDENT", "SERVICE_REQUEST"],
        F::Priority => &["CRITICAL", "HIGH", "NORMAL", "LOW"],
        F::Impact | F::Urgency => &["HIGH", "MEDIUM", "LOW"],
        F::Number | F::ExternalRef => &["INC-1", "INC-10", "INC-9", "inc", "ÄNC", ""],
        F::Tag => &["outage", "vip"],
        F::CreatedAt | F::ResolvedAt | F::ClosedAt | F::DeadlineAt | F::DueAt | F::BreachAt => {
            let nanos = chrono::TimeDelta::nanoseconds(rng.random_range(0..3) * 500);
            let minute = [0, 10, 21, 22, 23, 500, 600, 9_999];
            return Operand::Time(at(minute[rng.random_range(0..minute.len())]) + nanos);
        }
        F::ReopenCount | F::ReassignmentCount | F::Tier => {
            return Operand::Number(rng.random_range(-1..4));
        }
        F::UnitId
        | F::AssigneeId
        | F::HolderId
        | F::RequesterId
        | F::AuthorId
        | F::SubjectId
        | F::MergedIntoId
        | F::WatcherId
        | F::ParentId
        | F::SlaPlanId => {
            let known = [AGENT.0, CLIENT.0, UNIT.0, SUBJECT.0, TICKET.0, PLAN.0, Uuid::nil()];
            return Operand::Id(known[rng.random_range(0..known.len())]);
        }
    };
    Operand::Text(words[rng.random_range(0..words.len())].to_owned())
}
