//! Facts to rows, and what the list can be asked for.

use domain::access::model::AccessSubject;
use domain::access_request::words::Vote;
use domain::kernel::AccessRequestId;

use super::{RequestFilter, RequestRow, RequestState, by_ids, count, due, page};
use crate::testing::desk::LEAVER;
use crate::testing::grants::{DONE, HELD, LATER, OPEN, READER};
use crate::testing::{AGENT, CLIENT, World, at};

async fn row(world: &World, id: AccessRequestId) -> RequestRow {
    by_ids(world.pool(), &[id]).await.unwrap().pop().unwrap()
}

async fn found(world: &World, filter: RequestFilter) -> usize {
    let rows = page(world.pool(), &filter, 100, None).await.unwrap();
    assert_eq!(count(world.pool(), &filter).await.unwrap(), i64::try_from(rows.len()).unwrap());
    rows.len()
}

#[tokio::test]
async fn a_request_tells_who_said_what_and_what_came_of_it() {
    let world = World::with_desk().await;
    let done = row(&world, DONE).await;
    assert_eq!((done.state, done.grant_id), (RequestState::Ended, Some(HELD)));
    assert_eq!(done.justification, "For the night shift");
    let votes: Vec<_> = done.votes.iter().map(|it| (it.by_id, it.vote, it.void)).collect();
    assert_eq!(votes, [(LEAVER, Vote::Approve, false), (CLIENT, Vote::Approve, false)]);
    assert_eq!((done.votes[0].stage, done.votes[0].comment.as_deref()), (1, Some("Well known")));
    // It was decided when it was approved, whatever came later.
    assert!(done.decided_at > Some(done.votes[1].at) && done.due_at.is_none());
    assert_eq!(done.version, 8);
}

#[tokio::test]
async fn what_is_asked_for_anew_voids_the_votes_and_waits_for_everybody_again() {
    let world = World::with_desk().await;
    let open = row(&world, OPEN).await;
    assert_eq!((open.state, open.renews_id), (RequestState::Awaiting, Some(DONE)));
    assert!(open.votes.len() == 1 && open.votes[0].void);
    assert_eq!(open.approver_ids, [LEAVER, CLIENT].into());
    assert_eq!(open.justification, "Later");
    let question = &open.questions[0];
    assert_eq!(
        (question.question.as_str(), question.answer.as_deref()),
        ("How long?", Some("A year"))
    );
    assert_eq!((question.by_id, question.answered_by_id), (LEAVER, Some(CLIENT)));
    // Reminded of one half, the next is nine tenths.
    assert_eq!(open.due_at, Some(at(30_090)));
    assert!(!serde_json::to_string(&open.told).unwrap().contains("night"));
}

#[tokio::test]
async fn what_is_approved_waits_for_its_beginning() {
    let world = World::with_desk().await;
    let later = row(&world, LATER).await;
    assert_eq!((later.state, later.due_at), (RequestState::Approved, Some(at(60_000))));
    assert!(later.approver_ids.is_empty());
    let all = async |by| {
        let rows = due(world.pool(), by, 10).await.unwrap();
        rows.into_iter().map(|row| row.request_id).collect::<Vec<_>>()
    };
    assert_eq!(all(at(30_089)).await, []);
    assert_eq!(all(at(30_090)).await, [OPEN]);
    assert_eq!(all(at(60_000)).await, [OPEN, LATER]);
}

#[tokio::test]
async fn lists_are_asked_by_state_by_whom_for_whom_and_whose_turn_it_is() {
    let world = World::with_desk().await;
    let all = RequestFilter::default();
    assert_eq!(found(&world, all.clone()).await, 7);
    let states = Some(vec![RequestState::Rejected, RequestState::TimedOut]);
    assert_eq!(found(&world, RequestFilter { states, ..all.clone() }).await, 2);
    assert_eq!(found(&world, RequestFilter { role: Some(READER), ..all.clone() }).await, 6);
    let to_approve = Some(LEAVER);
    assert_eq!(found(&world, RequestFilter { to_approve, ..all.clone() }).await, 1);
    let beneficiary = Some(AccessSubject::Person(AGENT));
    assert_eq!(found(&world, RequestFilter { beneficiary, ..all.clone() }).await, 7);
    assert_eq!(found(&world, RequestFilter { requester: Some(AGENT), ..all.clone() }).await, 0);
    assert_eq!(found(&world, RequestFilter { of: Some(AGENT), ..all.clone() }).await, 7);
    assert_eq!(found(&world, RequestFilter { of: Some(LEAVER), ..all.clone() }).await, 0);
    // Whoever sat there once has to do with it.
    assert_eq!(found(&world, RequestFilter { party: Some(LEAVER), ..all.clone() }).await, 7);
    let first = page(world.pool(), &all, 1, None).await.unwrap();
    let next = page(world.pool(), &all, 100, Some(first[0].submitted_seq)).await.unwrap();
    assert_eq!(next.len(), 6);
}
