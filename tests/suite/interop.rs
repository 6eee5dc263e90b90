//! A stock postgres-es store reads our streams, and writes one that we read.

use std::collections::HashMap;

use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use cqrs_es::Aggregate;
use domain::ticket::event::{Cancelled, TicketEvent};
use domain::ticket::{Ticket, TicketState};
use postgres_es::PostgresEventRepository;
use sqlx::Row;
use sqlx::postgres::PgPoolOptions;
use testbed::World;

#[tokio::test]
async fn a_stock_store_reads_our_streams_and_we_read_what_it_writes() {
    let mut world = World::demo().await;
    let pool = PgPoolOptions::new().max_connections(2).connect_with(world.options()).await.unwrap();
    let repository =
        PostgresEventRepository::new(pool.clone()).with_tables("journal.events", "no_snapshots");
    let store = PersistedEventStore::<PostgresEventRepository, Ticket>::new_event_store(repository);
    let row = sqlx::query(
        "select ticket_id::text, number, version from view_tickets.tickets
         where state = 'NEW' order by number limit 1",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let (id, number, version): (String, String, i64) = (row.get(0), row.get(1), row.get(2));

    let events = store.load_events(&id).await.unwrap();
    assert_eq!(i64::try_from(events.len()).unwrap(), version);
    let mut ticket = Ticket::default();
    for event in events {
        ticket.apply(event.payload);
    }
    assert_eq!(ticket.body().unwrap().state, TicketState::New);
    assert!(ticket.body().unwrap().title.value().is_none(), "without keys a title stays sealed");

    let context = store.load_aggregate(&id).await.unwrap();
    let cancelled = vec![TicketEvent::Cancelled(Cancelled {})];
    store.commit(cancelled, context, HashMap::new()).await.unwrap();

    let client = world.serve_for("auditor").await;
    let query = "query($n: String!) { ticket(number: $n) { state version } }";
    let read = client.data(query, serde_json::json!({"n": number})).await;
    assert_eq!(read["ticket"]["state"], "CANCELLED");
    assert_eq!(read["ticket"]["version"], version + 1);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}
