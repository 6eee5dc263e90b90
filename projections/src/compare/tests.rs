//! What is found, and what is none.

use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::same::{Same, same};
use super::{Comparison, compare, compare_by_log, is_by_log};
use crate::testing::{TICKET, World, journal};
use crate::tickets::Tickets;
use crate::{ReadModel, read_models};

#[tokio::test]
async fn views_that_nobody_touched_are_what_the_log_says() {
    let world = World::with_clocks().await;
    for model in read_models() {
        let mut heard = Vec::new();
        let found = compared(&world, model.as_ref(), |done, total| heard.push((done, total))).await;
        assert_eq!((found.different, found.erased_since), (0, 0), "{}", model.name());
        assert!(found.rows > 0);
        let (done, total) = heard.last().unwrap();
        assert_eq!(done, total, "{}", model.name());
        assert!(found.applied_through > 0);
    }
}

/// Whether they are read together or each by itself, the same is found, of each in its place.
#[tokio::test]
async fn views_that_need_the_logs_order_can_be_read_together() {
    let world = World::with_desk().await;
    world
        .tamper(
            "update view_search.ticket_texts set public_text = 'forged'
             where ticket_id = (select min(ticket_id::text)::uuid from view_search.ticket_texts);
             delete from view_notices.notice_people",
        )
        .await;
    let mut models = read_models();
    models.retain(|model| is_by_log(model.as_ref()));
    let mut conns = Vec::new();
    for _ in &models {
        conns.push(snapshot(&world).await);
    }
    let together = conns.iter_mut().zip(&models).map(|(conn, model)| (conn, &**model)).collect();
    let found = compare_by_log(&world.journal, together, |_, _| {}).await.unwrap();
    let mut wrong = Vec::new();
    for (model, found) in models.iter().zip(found) {
        assert_eq!(found, compared(&world, model.as_ref(), |_, _| {}).await, "{}", model.name());
        wrong.push((model.name(), found.different > 0));
    }
    assert_eq!(
        wrong,
        [("conversation", false), ("search", true), ("notices", true), ("ticket_items", false),]
    );
}

#[tokio::test]
async fn altered_lost_and_invented_rows_are_found() {
    let world = World::with_story().await;
    world.project().await;
    world
        .tamper(
            "update view_tickets.tickets set priority = 4 where number = 'INC-1';
             delete from view_tickets.tickets where number = 'INC-9';
             insert into view_tickets.tickets
             select (jsonb_populate_record(t, jsonb_build_object('ticket_id', gen_random_uuid()))).*
             from view_tickets.tickets t where number = 'INC-10';
             update view_directory.directory_people set state =
                 jsonb_set(state, '{role}', to_jsonb('SYSTEM_ADMINISTRATOR'::text))
             where state ->> 'role' = 'AGENT';
             update view_timeline.timeline set changes = '[]' where global_seq = 12",
        )
        .await;
    let found = compared(&world, &Tickets::default(), |_, _| {}).await;
    assert_eq!(found.different, 3);
    let altered =
        found.differences.iter().find(|difference| difference.key == TICKET.to_string()).unwrap();
    assert_eq!(altered.live.as_ref().unwrap()["priority"], 4);
    assert_eq!(altered.folded.as_ref().unwrap()["priority"], 2);
    assert_eq!(found.differences.iter().filter(|d| d.live.is_none()).count(), 1);
    assert_eq!(found.differences.iter().filter(|d| d.folded.is_none()).count(), 1);
    for model in read_models() {
        let different = match model.name() {
            "tickets" => 3,
            "directory" | "timeline" => 1,
            _ => 0,
        };
        let found = compared(&world, model.as_ref(), |_, _| {}).await;
        assert_eq!(found.different, different, "{}", model.name());
    }
}

#[tokio::test]
async fn what_was_erased_since_is_no_difference() {
    let world = World::with_desk().await;
    world.tamper("update vault.subject_keys set wrapped = null, destroyed_at = now()").await;
    // Another process, whose key ring has not seen the keys before.
    let journal = journal(&world.options).await;
    for model in read_models() {
        let mut conn = snapshot(&world).await;
        let found = compare(&mut conn, &journal, model.as_ref(), |_, _| {}).await.unwrap();
        assert_eq!(found.different, 0, "{}: {:?}", model.name(), found.differences);
        let personal = matches!(
            model.name(),
            "tickets"
                | "timeline"
                | "people"
                | "conversation"
                | "dossiers"
                | "search"
                | "quality"
                | "cis"
                | "baselines"
                | "access_grants"
                | "access_requests"
                | "erasures"
                | "evidence_holds"
        );
        assert_eq!(found.erased_since > 0, personal, "{}", model.name());
    }
}

#[test]
fn only_a_text_can_have_been_erased() {
    for (live, folded, expected) in [
        (json!({"a": "x", "b": 1}), json!({"a": "x", "b": 1}), Same::Yes),
        (json!({"a": "x", "b": 1}), json!({"a": "erased", "b": 1}), Same::ErasedSince),
        (json!({"a": "x", "b": 1}), json!({"a": "erased", "b": 2}), Same::No),
        (json!({"a": 5, "b": [1]}), json!({"a": "erased", "b": "erased"}), Same::ErasedSince),
        (json!({"a": null}), json!({"a": "erased"}), Same::No),
        (json!({"a": "erased"}), json!({"a": "x"}), Same::No),
        (json!({"a": 1}), json!({"b": 1}), Same::No),
        (json!([{"to": "x"}]), json!([{"to": "erased"}]), Same::ErasedSince),
        (json!("one\ntwo"), json!("one\nerased"), Same::ErasedSince),
        (json!("one\ntwo"), json!("one\nerased\nthree"), Same::No),
        (json!("one\ntwo"), json!("two\nerased"), Same::No),
        (json!({"$personal": {"value": "x"}}), json!({"$erased": true}), Same::ErasedSince),
    ] {
        assert_eq!(same(&live, &folded), expected, "{live} {folded}");
    }
}

async fn compared(
    world: &World,
    model: &dyn ReadModel,
    progress: impl FnMut(i64, i64) + Send,
) -> Comparison {
    let mut conn = snapshot(world).await;
    compare(&mut conn, &world.journal, model, progress).await.unwrap()
}

/// A connection inside a read-only snapshot: comparing needs no more.
async fn snapshot(world: &World) -> PgConnection {
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    sqlx::raw_sql("begin isolation level repeatable read read only")
        .execute(&mut conn)
        .await
        .unwrap();
    conn
}
