//! Facts to rows, and what lists can be asked for.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::access::model::{AccessSubject, ClassSet, GrantSource, GrantState, Scope, ScopePath};
use domain::kernel::{GrantId, SubjectAccessId};
use sqlx::{Connection, PgConnection};

use super::{
    AccessGrants, ChangeFilter, ChangeKind, ChangeRow, ExceptionFilter, GrantFilter, GrantRow,
    change_count, changes, exception_count, exceptions, grant_count, grants, over, subject,
};
use crate::as_of::{Wanted, view};
use crate::model::ReadModel;
use crate::testing::desk::LEAVER;
use crate::testing::grants::{
    AGAIN, BUNDLE, DONE, ENDED, HELD, KEEPER, LEFT, LOST, OVER, READER, TAKEN,
};
use crate::testing::{AGENT, UNIT, World, at};

async fn found(world: &World, filter: GrantFilter) -> Vec<GrantId> {
    let rows = grants(world.pool(), &filter, 100, None).await.unwrap();
    let count = grant_count(world.pool(), &filter).await.unwrap();
    assert_eq!(rows.len(), usize::try_from(count).unwrap());
    rows.into_iter().map(|row| row.grant_id).collect()
}

fn of(subject: AccessSubject) -> GrantFilter {
    GrantFilter { subjects: Some([subject].into()), ..GrantFilter::default() }
}

#[tokio::test]
async fn a_grant_tells_its_whole_life() {
    let world = World::with_desk().await;
    let rows = grants(world.pool(), &of(AccessSubject::Person(AGENT)), 100, None).await.unwrap();
    let row = |id| rows.iter().find(|row| row.grant_id == id).unwrap();
    let held = row(HELD);
    assert_eq!((held.state, held.role_id), (GrantState::Active, Some(READER)));
    // Prolonged: it ends when it was said last.
    assert_eq!((held.ends_at, held.request_id), (Some(at(90_000)), Some(DONE)));
    assert_eq!((held.made_by.as_str(), held.ended_at), (&*format!("person:{AGENT}"), None));
    assert!(held.made_reason.as_deref().is_some_and(|why| why.starts_with("why ")));
    assert!(held.holds(at(89_999)) && !held.holds(at(90_000)));
    let taken = row(TAKEN);
    assert_eq!((taken.state, taken.source), (GrantState::Revoked, GrantSource::Template));
    assert_eq!((taken.template_id, taken.pattern_version), (Some(BUNDLE), Some(3)));
    assert!(
        taken.ended_seq > Some(taken.made_seq) && taken.ended_by == Some(taken.made_by.clone())
    );
    assert_eq!(row(OVER).state, GrantState::Expired);
}

#[tokio::test]
async fn whoever_leaves_has_nothing_and_nothing_of_it_comes_back() {
    let world = World::with_desk().await;
    let rows = grants(world.pool(), &of(AccessSubject::Person(LEAVER)), 100, None).await.unwrap();
    let states: Vec<_> = rows.iter().map(|row| (row.grant_id, row.state)).collect();
    assert_eq!(states, [(AGAIN, GrantState::Active), (LEFT, GrantState::Revoked)]);
    let holder = subject(world.pool(), SubjectAccessId(LEAVER.0)).await.unwrap().unwrap();
    assert_eq!((holder.closed, holder.version), (false, 6));
    let lost = exceptions(world.pool(), &ExceptionFilter::default(), 100, None).await.unwrap();
    assert_eq!(lost[0].exception_id, LOST);
    assert!(lost[0].ended_at.is_some() && !lost[0].counts(at(10)));
}

#[tokio::test]
async fn lists_are_asked_by_whose_what_whence_and_when() {
    let world = World::with_desk().await;
    let all = found(&world, GrantFilter::default()).await;
    assert_eq!(all, [AGAIN, LEFT, OVER, TAKEN, HELD]);
    let of_role = GrantFilter { role: Some(KEEPER), ..GrantFilter::default() };
    assert_eq!(found(&world, of_role).await, [OVER, TAKEN]);
    let sources = Some(vec![GrantSource::Template]);
    assert_eq!(found(&world, GrantFilter { sources, ..GrantFilter::default() }).await, [TAKEN]);
    let state = Some(GrantState::Active);
    let active = GrantFilter { state, ..GrantFilter::default() };
    assert_eq!(found(&world, active.clone()).await, [AGAIN, HELD]);
    let ending = GrantFilter { ending_before: Some(at(90_000)), ..active };
    assert_eq!(found(&world, ending).await, [AGAIN]);
    assert_eq!(
        found(&world, of(AccessSubject::Service(domain::kernel::ServiceAccountId(AGENT.0)))).await,
        []
    );
    let request = GrantFilter { request: Some(DONE), ..GrantFilter::default() };
    assert_eq!(found(&world, request).await, [HELD]);
    // As it was when the leaver had just got the first one.
    let rows = grants(world.pool(), &GrantFilter::default(), 100, None).await.unwrap();
    let left = rows.iter().find(|row| row.grant_id == LEFT).unwrap();
    let then = GrantFilter { at: Some(left.made_at), ..GrantFilter::default() };
    assert_eq!(found(&world, then).await, [LEFT, HELD]);
    let page = grants(world.pool(), &GrantFilter::default(), 2, None).await.unwrap();
    let next = grants(world.pool(), &GrantFilter::default(), 2, Some(page[1].made_seq)).await;
    let next: Vec<_> = next.unwrap().into_iter().map(|row| row.grant_id).collect();
    assert_eq!(next, [OVER, TAKEN]);
}

#[tokio::test]
async fn every_change_has_a_line_and_closing_has_one_for_each_thing_it_ends() {
    let world = World::with_desk().await;
    let of = |subject| ChangeFilter { subjects: Some([subject].into()), ..ChangeFilter::default() };
    let agent = of(AccessSubject::Person(AGENT));
    let rows = changes(world.pool(), &agent, 100, None).await.unwrap();
    let told = |rows: &[ChangeRow]| rows.iter().map(|row| row.kind).collect::<Vec<_>>();
    use ChangeKind as K;
    let expected = [
        K::Granted,
        K::Granted,
        K::Granted,
        K::Prolonged,
        K::Shortened,
        K::Confirmed,
        K::Shortened,
        K::Excepted,
        K::Revoked,
        K::Expired,
        K::ExceptionEnded,
    ];
    assert_eq!(told(&rows), expected);
    let revoked = &rows[8];
    assert_eq!((revoked.grant_id, revoked.role_id), (Some(TAKEN), Some(KEEPER)));
    assert_eq!(rows[10].exception_id, Some(ENDED));
    assert!(revoked.reason.is_some() && revoked.actor == format!("person:{AGENT}"));
    let leaver = of(AccessSubject::Person(LEAVER));
    let rows = changes(world.pool(), &leaver, 100, None).await.unwrap();
    let expected = [
        K::Granted,
        K::Excepted,
        K::Closed,
        K::Revoked,
        K::ExceptionEnded,
        K::Reopened,
        K::Granted,
    ];
    assert_eq!(told(&rows), expected);
    assert_eq!(rows[2..5].iter().map(|row| row.part).collect::<Vec<_>>(), [0, 1, 2]);
    let rest = changes(world.pool(), &leaver, 100, Some(rows[3].place())).await.unwrap();
    assert_eq!(rest, rows[4..]);
    assert_eq!(rows[3].place().to_string().parse::<super::ChangePlace>().unwrap(), rows[3].place());
}

#[tokio::test]
async fn changes_are_asked_by_role_time_actor_and_request() {
    let world = World::with_desk().await;
    let all = changes(world.pool(), &ChangeFilter::default(), 100, None).await.unwrap();
    let count = async |filter| change_count(world.pool(), &filter).await.unwrap();
    assert_eq!(count(ChangeFilter::default()).await, 20);
    assert_eq!(count(ChangeFilter { role: Some(KEEPER), ..Default::default() }).await, 5);
    assert_eq!(count(ChangeFilter { request: Some(DONE), ..Default::default() }).await, 4);
    let kinds = Some(vec![ChangeKind::Closed]);
    assert_eq!(count(ChangeFilter { kinds, ..Default::default() }).await, 1);
    let actor = Some("system".to_owned());
    assert_eq!(count(ChangeFilter { actor, ..Default::default() }).await, 0);
    let nul = ChangeFilter { actor: Some("\0".to_owned()), ..Default::default() };
    assert_eq!(count(nul.clone()).await, 0);
    assert_eq!(changes(world.pool(), &nul, 1, None).await.unwrap(), []);
    // Half-open: what happened at the end of a time is not in it.
    let (from, until) = (Some(all[1].occurred_at), Some(all[3].occurred_at));
    let then = ChangeFilter { from, until, ..Default::default() };
    assert_eq!(changes(world.pool(), &then, 9, None).await.unwrap(), all[1..3]);
}

#[tokio::test]
async fn a_barrier_changes_what_everybody_may() {
    let world = World::with_desk().await;
    let kinds = Some(vec![ChangeKind::BarrierDrawn, ChangeKind::BarrierLifted]);
    let filter = ChangeFilter { kinds, ..Default::default() };
    let rows = changes(world.pool(), &filter, 9, None).await.unwrap();
    let told = rows.iter().map(|row| (row.kind, row.subject, row.classes));
    let expected = [
        (ChangeKind::BarrierDrawn, None, Some(ClassSet::ALL)),
        (ChangeKind::BarrierLifted, None, Some(ClassSet::NONE)),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    let place = ScopePath::of_units(&[UNIT]).map(Scope::Node);
    assert!(rows.iter().all(|row| row.scope == place && row.subject_id == UNIT.0));
}

#[tokio::test]
async fn who_has_something_that_is_over_is_found_at_that_instant() {
    let world = World::with_desk().await;
    let all = async |by| over(world.pool(), by, 10).await.unwrap();
    assert_eq!(all(at(70_000) - TimeDelta::microseconds(1)).await, []);
    assert_eq!(all(at(70_000)).await, [SubjectAccessId(LEAVER.0)]);
    assert_eq!(all(at(90_000)).await, [LEAVER.0, AGENT.0].map(SubjectAccessId));
    assert_eq!(over(world.pool(), at(90_000), 1).await.unwrap().len(), 1);
    assert_eq!(exception_count(world.pool(), &ExceptionFilter::default()).await.unwrap(), 2);
    let at_once = ExceptionFilter { at: Some(at(10)), ..ExceptionFilter::default() };
    assert_eq!(exception_count(world.pool(), &at_once).await.unwrap(), 0);
}

#[tokio::test]
async fn grants_stood_as_a_fold_up_to_there_says() {
    let world = World::with_desk().await;
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let head = journal::read::head_of(&mut conn).await.unwrap();
    let table = AccessGrants.tables().iter().find(|table| table.name == "access_grants").unwrap();
    let mut states = BTreeSet::new();
    for through in 0..=head {
        let wanted = Wanted { through, ..Wanted::default() };
        let fold = view(&mut conn, &world.journal, &AccessGrants, wanted, |_, _| {});
        let mut folded: Vec<GrantRow> = Vec::new();
        let give = |row| {
            folded.push(serde_json::from_value(row).unwrap());
            Ok::<_, sqlx::Error>(())
        };
        fold.await.unwrap().each(table, give).await.unwrap();
        folded.sort_by_key(|row| std::cmp::Reverse(row.made_seq));
        let filter = GrantFilter { as_of: Some(through), ..GrantFilter::default() };
        let told = grants(world.pool(), &filter, 100, None).await.unwrap();
        assert_eq!(told, folded, "behind {through}");
        let counted = grant_count(world.pool(), &filter).await.unwrap();
        assert_eq!(counted, i64::try_from(folded.len()).unwrap());
        states.insert(folded.iter().map(|row| row.state.to_string()).collect::<Vec<_>>());
    }
    assert!(states.len() > 3, "they have to change now and then");
}

#[tokio::test]
async fn what_is_asked_of_the_past_is_asked_of_how_it_was() {
    let world = World::with_desk().await;
    let all = grants(world.pool(), &GrantFilter::default(), 100, None).await.unwrap();
    let left = all.iter().find(|row| row.grant_id == LEFT).unwrap();
    let before = left.ended_seq.unwrap() - 1;
    let filter = |as_of| GrantFilter {
        as_of,
        grant: Some(LEFT),
        state: Some(GrantState::Active),
        ..GrantFilter::default()
    };
    assert_eq!(found(&world, filter(Some(before))).await, [LEFT]);
    assert_eq!(found(&world, filter(None)).await, []);
    assert_eq!(found(&world, filter(Some(left.made_seq - 1))).await, []);
}
