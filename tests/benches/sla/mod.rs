//! Service levels: how late the crossings of thresholds are recorded when very many fall due in a
//! minute, how long an edit of a calendar takes to reach very many open tickets, and how long a
//! what-if over them takes. At the real server, with everything that follows the log.

mod plan;

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, Row};

use crate::append::{PLAIN, TABLES};
use crate::clock::now;
use crate::generator::Measured;
use crate::ground::{Database, Ground};
use crate::load::{Latency, median_of};
use crate::node::Node;
use crate::pgbench::Script;
use crate::report::{Line, Section};
use crate::server::{Server, program};
use crate::{Fault, Run};

pub(crate) use plan::{Limits, Plan};

/// Timers, and tickets.
const TIMERS: u64 = 100_000;
/// Within which they fall due.
const SPAN: TimeDelta = TimeDelta::minutes(1);
/// Until the first one: time for opening the tickets, and for the edit.
const BEFORE: TimeDelta = TimeDelta::minutes(4);
/// The most that is waited for anything.
const PATIENCE: Duration = Duration::from_secs(600);
const CLIENTS: usize = 32;
/// An hour to react, a month to solve.
const LIMITS: Limits = Limits { reaction: 3_600, deadline: 30 * 86_400 };
/// The bars.
const LATE: Duration = Duration::from_secs(1);
const EDIT: f64 = 60.0;
const SUPPOSED: f64 = 20.0;

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_sla").await?;
    let count = TIMERS.min(run.tickets);

    let node = Node::open(&database, run).await?;
    let mut conn = database.connect().await?;
    sqlx::raw_sql(TABLES).execute(&mut conn).await?;
    let plain = Script::new(ground, &database, ("plain", PLAIN))?;
    let reference = median_of(vec![plain.run(CLIENTS, Duration::from_secs(5)).await?]);
    let server = Server::start(&database)?;
    let plan = Plan::define(&server.person("director").await, &mut conn, LIMITS).await?;
    server.stop()?;
    let due = now() + BEFORE;
    let opened = due - TimeDelta::seconds(LIMITS.reaction + 1);
    let began = Instant::now();
    Measured {
        organisation: &node.organisation,
        seed: run.seed,
        count,
        terms: plan.terms(),
        opened: (opened, opened + SPAN),
    }
    .fill(node.app.gateway.journal())
    .await?;
    node.caught_up().await?;
    node.close().await;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut conn).await?;
    section.note(format!(
        "{count} tickets opened under a plan, shown by every view and vacuumed after {:.0} s.",
        began.elapsed().as_secs_f64()
    ));

    let server = Server::start(&database)?;
    section.push(edited(&server, &plan, (&mut conn, count), reference).await?);
    if now() > due {
        section.note("The edit took so long that timers fell due meanwhile.");
    }
    section.push(crossed((&mut conn, count), due, reference).await?);
    server.stop()?;
    section.push(supposed(&database, (opened, count))?);
    ground.drop(database).await
}

/// From the acknowledgement of an edit until the last ticket has its new terms.
async fn edited(
    server: &Server,
    plan: &Plan,
    (conn, count): (&mut PgConnection, u64),
    reference: f64,
) -> Result<Line, Fault> {
    let began = Instant::now();
    plan.edit_calendar(&server.person("director").await).await?;
    reached(conn, ("ticket.sla_terms_restated", count), Duration::from_millis(500)).await?;
    let seconds = began.elapsed().as_secs_f64();
    let rate = count as f64 / seconds;
    let line = Line::new(format!("an edited calendar reaches {count} open tickets"))
        .rate(rate)
        .against("pgbench SELECT + INSERT", reference, rate)
        .remark(format!("{seconds:.1} s"));
    Ok(line.bar(format!("≤ {EDIT} s"), seconds <= EDIT))
}

/// Every crossing of the minute, and how late it was recorded.
async fn crossed(
    (conn, count): (&mut PgConnection, u64),
    due: DateTime<Utc>,
    reference: f64,
) -> Result<Line, Fault> {
    let wait = (due + SPAN - now()).to_std().unwrap_or_default();
    tokio::time::sleep(wait).await;
    reached(conn, ("ticket_clock.breached", count), Duration::from_millis(500)).await?;
    let rows = sqlx::query(LATENESS).fetch_all(conn).await?;
    let late = |row: &sqlx::postgres::PgRow| Ok(Duration::from_secs_f64(row.try_get::<f64, _>(0)?));
    let late: Vec<Duration> = rows.iter().map(late).collect::<Result<_, Fault>>()?;
    let rate = count as f64 / SPAN.num_seconds() as f64;
    let line = Line::new(format!("{count} thresholds fall due in a minute: due → recorded"));
    let line = line.rate(rate).against("pgbench SELECT + INSERT", reference, rate);
    Ok(line.latency(Latency::of(late)).p99_at_most(LATE))
}

/// How late each crossing was recorded, in seconds.
const LATENESS: &str = "\
    select greatest(extract(epoch from recorded_at
        - (metadata ->> 'occurred_at')::timestamptz), 0)::float8
    from journal.events where event_type = 'ticket_clock.breached'";

/// Waits until there are so many events of a type.
async fn reached(
    conn: &mut PgConnection,
    (event_type, count): (&str, u64),
    pause: Duration,
) -> Result<(), Fault> {
    let began = Instant::now();
    let counted = "select count(*) from journal.events where event_type = $1";
    loop {
        let row = sqlx::query(counted).bind(event_type).fetch_one(&mut *conn).await?;
        let there: i64 = row.try_get(0)?;
        if there >= i64::try_from(count)? {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            return Err(format!("only {there} of {count} {event_type}").into());
        }
        tokio::time::sleep(pause).await;
    }
}

/// The same tickets under half the time, by the auditor's tool.
fn supposed(database: &Database, (opened, count): (DateTime<Utc>, u64)) -> Result<Line, Fault> {
    let file = database.folder.join("half.json");
    std::fs::write(&file, plan::half(LIMITS).to_string())?;
    let (from, to) = (opened.to_rfc3339(), (opened + TimeDelta::days(1)).to_rfc3339());
    let plan = file.display().to_string();
    let mut replay =
        program("replay", database, &["what-if", "--plan", &plan, "--from", &from, "--to", &to]);
    let began = Instant::now();
    let output = replay.output()?;
    let seconds = began.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let line = Line::new(format!("what if {count} tickets had half the time"));
    let line = line.rate(count as f64 / seconds).remark(format!("{seconds:.1} s"));
    Ok(line.bar(format!("≤ {SUPPOSED} s"), seconds <= SUPPOSED))
}
