//! Loading a ticket and appending to it: commands a second, beside PostgreSQL itself and beside the
//! stock store.
//!
//! The journal is alone here, as the references are: no sequencer, no view. A second figure has all
//! of them running. Rounds of Annals and of its reference take turns.

mod clients;
mod stock;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use journal::Journal;

use crate::alone::Alone;
use crate::ground::{Database, Ground};
use crate::load::{Sample, closed, median, median_of};
use crate::node::Node;
use crate::pgbench::Script;
use crate::report::{Line, Section};
use crate::{Fault, Run};
use clients::Appender;

pub(crate) use clients::appenders;

/// SELECT + INSERT, which others are measured against too.
pub(crate) const PLAIN: &str = include_str!("scripts/plain.pgbench");
/// Makes its tables.
pub(crate) const TABLES: &str = include_str!("sql/tables.sql");
const WHOLE: &str = include_str!("scripts/whole.pgbench");
/// A round.
const SPAN: Duration = Duration::from_secs(3);
/// What warms both sides up.
const WARM: Duration = Duration::from_secs(1);
/// Of 1,000 commands, how many are stale where some are.
const STALE: u32 = 50;

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_append").await?;
    let alone = Alone::open(&database).await?;
    let mut conn = database.connect().await?;
    sqlx::raw_sql(TABLES).execute(&mut conn).await?;
    let against = Against {
        plain: Script::new(ground, &database, ("plain", PLAIN))?,
        whole: Script::new(ground, &database, ("whole", WHOLE))?,
        journal: alone.journal.clone(),
        run,
    };
    against.plain.run(4, WARM).await?;
    closed(appenders(&alone.journal, 4, (run, 0)), WARM).await?;
    let mut at_32 = Sample::default();
    for (clients, bar) in [(1, None), (8, None), (32, Some(1.1)), (128, Some(2.0))] {
        let (ours, reference) = against.turns(Which::Plain, clients).await?;
        let line = Line::new(format!("{clients} clients")).sample(&ours);
        let line = line.against("pgbench SELECT + INSERT", reference, ours.rate);
        section.push(bar.map_or(line.clone(), |bar| line.ratio_at_least(bar)));
        if clients == 32 {
            at_32 = ours;
        }
    }
    let (ours, reference) = against.turns(Which::Whole, 8).await?;
    let line = Line::new("8 clients").sample(&ours);
    let line = line.against("pgbench, the whole job", reference, ours.rate);
    section.push(line.ratio_at_least(0.9));
    let stock = against.beside_stock(&database).await?;
    section.push(stock);
    section.push(against.with_stale(&at_32).await?);
    alone.close().await?;
    ground.drop(database).await?;
    everything_on(run, ground, (section, at_32.rate)).await
}

#[derive(Debug, Clone, Copy)]
enum Which {
    Plain,
    Whole,
}

/// What we are measured against.
struct Against<'a> {
    plain: Script,
    whole: Script,
    journal: Journal,
    run: &'a Run,
}

impl Against<'_> {
    /// Reference, ours, reference, ours, …: the medians.
    async fn turns(&self, which: Which, clients: usize) -> Result<(Sample, f64), Fault> {
        let salt = clients as u64 * 10 + which as u64;
        let mut ours = appenders(&self.journal, clients, (self.run, salt));
        let (mut samples, mut references) = (Vec::new(), Vec::new());
        for _ in 0..self.run.rounds {
            let script = match which {
                Which::Plain => &self.plain,
                Which::Whole => &self.whole,
            };
            references.push(script.run(clients, SPAN).await?);
            let (sample, again) = closed(ours, SPAN).await?;
            samples.push(sample);
            ours = again;
        }
        Ok((median(samples), median_of(references)))
    }

    async fn beside_stock(&self, database: &Database) -> Result<Line, Fault> {
        let mut ours = appenders(&self.journal, 32, (self.run, 5_000));
        let mut theirs = stock::clients(database, 32, self.run).await?;
        let (mut samples, mut references) = (Vec::new(), Vec::new());
        for _ in 0..self.run.rounds {
            let (reference, again) = closed(theirs, SPAN).await?;
            references.push(reference);
            theirs = again;
            let (sample, again) = closed(ours, SPAN).await?;
            samples.push(sample);
            ours = again;
        }
        let (ours, reference) = (median(samples), median(references));
        let line = Line::new("32 clients").sample(&ours);
        let line = line.against("cqrs-es with postgres-es", reference.rate, ours.rate);
        Ok(line.ratio_at_least(2.5))
    }

    /// In turns with clean ones, which are the reference.
    async fn with_stale(&self, at_32: &Sample) -> Result<Line, Fault> {
        let mut clean = appenders(&self.journal, 32, (self.run, 6_000));
        let mut mixed = appenders(&self.journal, 32, (self.run, 7_000));
        mixed.iter_mut().for_each(|client| client.stale_per_mille = STALE);
        let (mut samples, mut references) = (Vec::new(), vec![at_32.rate]);
        for _ in 0..self.run.rounds {
            let (reference, again) = closed(clean, SPAN).await?;
            references.push(reference.rate);
            clean = again;
            let (sample, again) = closed(mixed, SPAN).await?;
            samples.push(sample);
            mixed = again;
        }
        let ours = median(samples);
        let line = Line::new("32 clients, 5 % of the commands stale").sample(&ours);
        let line = line.against("Annals without them", median_of(references), ours.rate);
        Ok(line.ratio_at_least(0.6))
    }
}

/// The same while the sequencer and every view work too, as in a server.
async fn everything_on(
    run: &Run,
    ground: &Ground,
    (section, alone): (&mut Section, f64),
) -> Result<(), Fault> {
    let database = ground.database("bench_append_on").await?;
    let node = Node::open(&database, run).await?;
    let organisation = Arc::new(node.organisation.clone());
    for clients in [8, 32, 128] {
        let journal = node.app.gateway.journal();
        let mut ours: Vec<Appender> = (0..clients)
            .map(|nr| Appender::new(journal, &organisation, run.seed_of(8_000 + clients, nr)))
            .collect();
        let mut samples = Vec::new();
        for _ in 0..run.rounds {
            let (sample, again) = closed(ours, SPAN).await?;
            samples.push(sample);
            ours = again;
            node.caught_up().await?;
        }
        let ours = median(samples);
        let line = Line::new(format!("{clients} clients, sequencer and all views on"));
        let line = line.sample(&ours);
        section.push(match clients {
            32 => line.against("Annals' journal alone", alone, ours.rate),
            _ => line,
        });
    }
    node.close().await;
    ground.drop(database).await
}

/// The instant all appended commands claim to be of.
pub(crate) fn midnight() -> DateTime<Utc> {
    crate::clock::now().date_naive().and_time(chrono::NaiveTime::MIN).and_utc()
}
