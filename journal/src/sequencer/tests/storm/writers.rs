//! Who writes during the storm, and who only stands in the way.

use std::time::Instant;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

use super::Event;
use crate::append::AppendError;
use crate::journal::Journal;
use crate::testing::{append, id, run, stopped, ticket};

/// Streams of each writer's own.
const STREAMS: usize = 3;

/// One who writes by SQL, in transactions of every sort, to streams of its own.
struct Writer {
    options: PgConnectOptions,
    conn: PgConnection,
    random: StdRng,
    number: u64,
    versions: [i64; STREAMS],
    prepared: u64,
    committed: Vec<Event>,
}

/// What it has committed by then.
pub(super) async fn writer(options: PgConnectOptions, number: u64, until: Instant) -> Vec<Event> {
    let mut writer = Writer {
        conn: options.connect().await.unwrap(),
        options,
        random: StdRng::seed_from_u64(number),
        number,
        versions: [0; STREAMS],
        prepared: 0,
        committed: Vec::new(),
    };
    while Instant::now() < until {
        writer.act().await;
    }
    writer.committed
}

impl Writer {
    async fn act(&mut self) {
        let stream = self.random.random_range(0..STREAMS);
        let (one, two) = (self.insert(stream, 1), self.insert(stream, 2));
        let pause = self.pause(60);
        let (written, sql) = match self.random.random_range(0..100) {
            0..30 => (1, one),
            30..40 => (2, format!("begin; {one} {pause} {two} commit")),
            40..55 => (2, format!("begin; {one} {two} {pause} commit")),
            // It has its transaction number long before it writes.
            55..65 => (1, format!("begin; select pg_current_xact_id(); {pause} {one} commit")),
            65..80 => (0, format!("begin; {one} {pause} rollback")),
            80..90 => {
                let undone = format!("savepoint s; {two} {pause} rollback to s;");
                (2, format!("begin; {one} {undone} {two} commit"))
            }
            90..97 => return self.prepare(stream, &format!("{one} {pause}")).await,
            _ => return self.be_killed(&one).await,
        };
        run(&mut self.conn, &sql).await.unwrap();
        self.done(stream, written);
    }

    /// Commits or rolls back in two phases; when there is no room for it, rolls back.
    async fn prepare(&mut self, stream: usize, work: &str) {
        self.prepared += 1;
        let name = format!("w{}_{}", self.number, self.prepared);
        if run(&mut self.conn, &format!("begin; {work} prepare transaction '{name}'"))
            .await
            .is_err()
        {
            return run(&mut self.conn, "rollback").await.unwrap();
        }
        let pause = self.pause(60);
        run(&mut self.conn, &pause).await.unwrap();
        let commits = self.random.random_bool(0.5);
        let end = if commits { "commit" } else { "rollback" };
        run(&mut self.conn, &format!("{end} prepared '{name}'")).await.unwrap();
        self.done(stream, i64::from(commits));
    }

    async fn be_killed(&mut self, work: &str) {
        let killed = format!("begin; {work} select pg_terminate_backend(pg_backend_pid())");
        run(&mut self.conn, &killed).await.unwrap_err();
        self.conn = self.options.connect().await.unwrap();
    }

    fn done(&mut self, stream: usize, written: i64) {
        for _ in 0..written {
            self.versions[stream] += 1;
            self.committed.push((self.id(stream), self.versions[stream]));
        }
    }

    fn id(&self, stream: usize) -> String {
        id(u128::from(self.number) * 100 + stream as u128).to_string()
    }

    fn insert(&self, stream: usize, nth: i64) -> String {
        let (id, sequence) = (self.id(stream), self.versions[stream] + nth);
        format!(
            "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
                 event_version, payload, metadata)
             values ('ticket', '{id}', {sequence}, 'ticket.cancelled', '1', '{{\"cancelled\":{{}}}}',
                 '{{}}');"
        )
    }

    fn pause(&mut self, at_most: u32) -> String {
        pause(&mut self.random, at_most)
    }
}

/// One who appends as commands do, to streams that others append to as well; what was its own.
pub(super) async fn appender(journal: Journal, until: Instant) -> Vec<Event> {
    let mut committed = Vec::new();
    let mut versions = [0; STREAMS];
    while Instant::now() < until {
        for (at, version) in versions.iter_mut().enumerate() {
            let stream = 1_000_000 + at as u128;
            match append(&journal, ticket(stream, *version, vec![stopped(1), stopped(2)])).await {
                Ok(_) => {
                    committed.extend([1, 2].map(|nth| (id(stream).to_string(), *version + nth)));
                    *version += 2;
                }
                Err(AppendError::Stale { actual, .. }) => *version = actual,
                Err(AppendError::Busy) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
    committed
}

/// One who has transactions of its own open, and writes no event.
pub(super) async fn bystander(options: PgConnectOptions, number: u64, until: Instant) {
    let mut conn = options.connect().await.unwrap();
    let mut random = StdRng::seed_from_u64(number);
    while Instant::now() < until {
        let open = pause(&mut random, 300);
        run(&mut conn, &format!("begin; select pg_current_xact_id(); {open} commit"))
            .await
            .unwrap();
    }
}

fn pause(random: &mut StdRng, at_most: u32) -> String {
    format!("select pg_sleep({}::float8 / 1000);", random.random_range(0..at_most))
}
