//! What was decided is found again, the same once, and forgotten after its time.

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, GrantId, PersonId, ServiceAccountId};
use uuid::Uuid;

use super::{Decided, DecisionFilter, DecisionLog};
use crate::testing::World;

const ANNA: Actor = Actor::Person(PersonId(Uuid::from_u128(0xa1)));
const PROGRAM: Actor = Actor::Service(ServiceAccountId(Uuid::from_u128(0xa2)));

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_452_800 + seconds, 0).unwrap()
}

/// Anna would have resolved a ticket.
fn denied(seconds: i64) -> Decided {
    Decided {
        at: at(seconds),
        actor: ANNA,
        action: "ticket.resolve".to_owned(),
        stream: Some(Uuid::from_u128(1)),
        resource: None,
        allowed: false,
        reason: Some("no_grant".to_owned()),
        grants: vec![],
        revision: 7,
        correlation_id: Uuid::from_u128(9),
        asked_by: None,
    }
}

fn allowed(seconds: i64) -> Decided {
    let grants = vec![GrantId(Uuid::from_u128(3)), GrantId(Uuid::from_u128(4))];
    let action = "access.grant".to_owned();
    Decided { actor: PROGRAM, action, allowed: true, reason: None, grants, ..denied(seconds) }
}

async fn found(log: &DecisionLog, filter: DecisionFilter) -> Vec<Decided> {
    let rows = log.page(&filter, 100, None).await.unwrap();
    assert_eq!(rows.len(), usize::try_from(log.count(&filter).await.unwrap()).unwrap());
    rows.into_iter().map(|row| row.first).collect()
}

#[tokio::test]
async fn what_was_decided_is_found_by_whom_by_what_and_by_when() {
    let world = World::new().await;
    let log = DecisionLog::new(world.journal.pool().clone());
    log.write(&[]).await.unwrap();
    log.write(&[denied(0), allowed(1)]).await.unwrap();
    let all = DecisionFilter::default;
    assert_eq!(found(&log, all()).await, [allowed(1), denied(0)]);
    let of = DecisionFilter { actor: Some(ANNA), ..all() };
    assert_eq!(found(&log, of).await, [denied(0)]);
    let about = DecisionFilter { action: Some("access.grant".to_owned()), ..all() };
    assert_eq!(found(&log, about).await, [allowed(1)]);
    let no = DecisionFilter { allowed: Some(false), ..all() };
    assert_eq!(found(&log, no).await, [denied(0)]);
    let first = DecisionFilter { from: Some(at(0)), until: Some(at(1)), ..all() };
    assert_eq!(found(&log, first).await, [denied(0)]);
    let newest = log.page(&all(), 1, None).await.unwrap();
    let older = log.page(&all(), 1, Some(newest[0].id)).await.unwrap();
    assert_eq!((&newest[0].first, &older[0].first), (&allowed(1), &denied(0)));
}

#[tokio::test]
async fn what_a_system_asked_is_found_by_the_system_and_apart_from_the_guard_s() {
    let world = World::new().await;
    let log = DecisionLog::new(world.journal.pool().clone());
    let about = |id: &str| Decided {
        stream: None,
        resource: Some(format!("erp:invoice {id}")),
        asked_by: Some(PROGRAM),
        ..denied(1)
    };
    log.write(&[denied(0), about("1"), about("2"), about("1")]).await.unwrap();
    let asked = DecisionFilter { asked_by: Some(PROGRAM), ..DecisionFilter::default() };
    assert_eq!(found(&log, asked).await, [about("2"), about("1")]);
    assert_eq!(found(&log, DecisionFilter::default()).await.len(), 3);
}

#[tokio::test]
async fn the_same_again_is_one_row() {
    let world = World::new().await;
    let log = DecisionLog::new(world.journal.pool().clone());
    let other = Decided { stream: None, ..denied(2) };
    log.write(&[denied(0), denied(1), other.clone(), denied(3)]).await.unwrap();
    let rows = log.page(&DecisionFilter::default(), 10, None).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (&row.first, row.last_at, row.times)).collect();
    assert_eq!(told, [(&other, at(2), 1), (&denied(0), at(3), 3)]);
}

#[tokio::test]
async fn what_was_kept_long_enough_is_forgotten() {
    let world = World::new().await;
    let log = DecisionLog::new(world.journal.pool().clone());
    log.write(&[denied(0), allowed(10)]).await.unwrap();
    assert_eq!(log.forget(at(0) + TimeDelta::days(400)).await.unwrap(), 0);
    assert_eq!(log.forget(at(5) + TimeDelta::days(400)).await.unwrap(), 1);
    assert_eq!(found(&log, DecisionFilter::default()).await, [allowed(10)]);
}
