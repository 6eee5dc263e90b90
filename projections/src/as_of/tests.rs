//! What stood then is what a fold up to there says, whichever way it is asked.

use serde_json::Value;
use sqlx::{Connection, PgConnection};

use super::{Wanted, view};
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel};
use crate::read_models;
use crate::testing::{TICKET, World};
use crate::tickets::Tickets;

#[tokio::test]
async fn at_the_head_every_view_is_the_live_one() {
    let world = World::with_clocks().await;
    let mut conn = snapshot(&world).await;
    let head = journal::read::head_of(&mut conn).await.unwrap();
    for model in read_models() {
        let model = model.as_ref();
        let then = rows(&world, model, Wanted { through: head, ..Wanted::default() }).await;
        let mut live = Vec::new();
        for table in model.tables() {
            let sql = format!(
                "select to_jsonb(t) from view_{}.{} t order by {}",
                model.name(),
                table.name,
                table.key.join(", ")
            );
            let found: Vec<Value> = sqlx::query_scalar(&sql).fetch_all(&mut conn).await.unwrap();
            live.extend(found.into_iter().map(|row| (table.name, row)));
        }
        assert_eq!(then, live, "{}", model.name());
        assert!(!live.is_empty(), "{}", model.name());
    }
}

#[tokio::test]
async fn the_rows_of_one_stream_are_those_of_the_whole_view() {
    let world = World::with_clocks().await;
    let tickets = Tickets::default();
    let mut seen = Vec::new();
    for through in (0..100).step_by(9) {
        let all = rows(&world, &tickets, Wanted { through, ..Wanted::default() }).await;
        let id = TICKET.to_string();
        let theirs: Vec<_> = all.into_iter().filter(|(_, row)| row["ticket_id"] == *id).collect();
        let wanted = Wanted { through, of: Some(TICKET.0), schema: None };
        assert_eq!(rows(&world, &tickets, wanted).await, theirs, "{through}");
        seen.push(theirs);
    }
    assert!(seen[0].is_empty());
    seen.dedup();
    assert!(seen.len() > 2, "it has to stand otherwise now and then");
}

#[tokio::test]
async fn a_schema_of_its_own_stays_and_is_not_made_twice() {
    let world = World::with_story().await;
    let wanted = Wanted { through: 20, of: None, schema: Some("march") };
    let told = rows(&world, &Tickets::default(), wanted).await;
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let kept: Vec<Value> =
        sqlx::query_scalar("select to_jsonb(t) from march.tickets t order by ticket_id")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    assert_eq!(told.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), kept);
    let again =
        view(&mut snapshot(&world).await, &world.journal, &Tickets::default(), wanted, |_, _| {})
            .await;
    assert!(matches!(again, Err(ProjectionError::SchemaThere(name)) if name == "march"));
}

#[tokio::test]
async fn a_view_of_several_streams_is_not_told_by_one() {
    let world = World::with_story().await;
    for model in read_models() {
        let by_stream = model.grain() == Grain::Stream && !model.is_inline();
        let wanted = Wanted { through: 5, of: Some(TICKET.0), schema: None };
        let mut conn = snapshot(&world).await;
        let told = view(&mut conn, &world.journal, model.as_ref(), wanted, |_, _| {}).await;
        assert_eq!(told.is_ok(), by_stream, "{}", model.name());
    }
}

async fn snapshot(world: &World) -> PgConnection {
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    sqlx::raw_sql("begin isolation level repeatable read, read only; set local timezone = 'UTC'")
        .execute(&mut conn)
        .await
        .unwrap();
    conn
}

async fn rows(
    world: &World,
    model: &dyn ReadModel,
    wanted: Wanted<'_>,
) -> Vec<(&'static str, Value)> {
    let mut conn = snapshot(world).await;
    let mut then = view(&mut conn, &world.journal, model, wanted, |_, _| {}).await.unwrap();
    let mut rows = Vec::new();
    for table in model.tables() {
        let give = |row| {
            rows.push((table.name, row));
            Ok::<_, sqlx::Error>(())
        };
        then.each(table, give).await.unwrap();
    }
    rows
}
