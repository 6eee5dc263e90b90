//! The peer: cqrs-es with postgres-es, as anybody would use them, on a table of their own.

use std::collections::HashMap;
use std::sync::Arc;

use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use domain::ticket::Ticket;
use postgres_es::PostgresEventRepository;
use sqlx::postgres::PgPoolOptions;

use super::midnight;
use crate::generator::{Commands, Organisation};
use crate::ground::Database;
use crate::load::Client;
use crate::{Fault, Run};

type Store = PersistedEventStore<PostgresEventRepository, Ticket>;

/// Loads and commits what our own clients load and append.
pub(super) struct Stock {
    store: Arc<Store>,
    commands: Commands,
}

/// So many clients, with a connection each.
pub(super) async fn clients(
    database: &Database,
    count: u32,
    run: &Run,
) -> Result<Vec<Stock>, Fault> {
    let pool = PgPoolOptions::new().min_connections(count).max_connections(count);
    let pool = pool.connect_with(database.options.clone()).await?;
    let repository =
        PostgresEventRepository::new(pool).with_tables("bench.stock_events", "no_snapshots");
    let store = Arc::new(Store::new_event_store(repository));
    let organisation = Arc::new(Organisation::strangers(run.seed));
    Ok((0..u64::from(count))
        .map(|nr| Stock {
            store: Arc::clone(&store),
            commands: Commands::new(Arc::clone(&organisation), run.seed_of(9_000, nr), midnight()),
        })
        .collect())
}

impl Client for Stock {
    async fn once(&mut self) -> Result<(), Fault> {
        let step = self.commands.next();
        let context = self.store.load_aggregate(&step.ticket.to_string()).await?;
        // Such metadata as ours, which the store leaves to its user.
        let metadata: HashMap<String, String> =
            self.commands.append(&step, step.version).streams[0].events[0].meta.to_map();
        self.store.commit(vec![step.event], context, metadata).await?;
        Ok(())
    }
}
