//! Reading: a page of fifty and a ticket's page, from a thousand tickets to a million, over HTTP
//! with rights, beside the raw SQL of the same list.

mod deep;
mod page;
mod questions;
mod statements;

use std::time::{Duration, Instant};

use sqlx::{PgConnection, Row};

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::{Database, Ground};
use crate::node::Node;
use crate::report::{Line, Section};
use crate::server::Server;
use crate::sla::{Limits, Plan};
use crate::{Fault, Run};
use page::Measuring;
use questions::{QUESTIONS, Question, TICKET_PAGE, TURNED};

/// The bar of every page at sixteen clients.
const P99: Duration = Duration::from_millis(50);
/// Every client at so many.
const AT: usize = 16;
/// Tickets with their whole course and a conversation; those beyond are told briefly.
const FULL: u64 = 1_000;

/// What three of four tickets are measured by: rarely exceeded, as crossings are not asked about here.
const LIMITS: Limits = Limits { reaction: 60 * 86_400, deadline: 60 * 9 * 3_600 };
/// How long the crossings of what was brought in may take to be recorded.
const PATIENCE: Duration = Duration::from_secs(600);

/// Nothing that follows the log has anything of before to do.
const FOLLOWED: &str = "insert into read.followers (name, done_through) \
     select 'processes', max(global_seq) from journal.log \
     on conflict (name) do update set done_through = excluded.done_through";

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_query").await?;
    let mut conn = database.connect().await?;
    if ground.counts_statements() {
        sqlx::raw_sql("create extension pg_stat_statements").execute(&mut conn).await?;
    }
    let mut node = Node::open(&database, run).await?;
    let server = Server::start(&database)?;
    let plan = Plan::define(&server.person("director").await, &mut conn, LIMITS).await?;
    server.stop()?;
    let tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    let mut tickets = tickets.under(plan.terms());
    let sizes = [FULL, run.tickets / 10, run.tickets];
    let mut there = 0;
    for size in sizes {
        if size <= there {
            continue;
        }
        let depth = if there == 0 { Depth::Full } else { Depth::Brief };
        let began = Instant::now();
        let journal = node.app.gateway.journal();
        let filled = fill(journal, &mut tickets, (size - there, depth)).await?;
        node.caught_up().await?;
        there = size;
        node.close().await;
        // What was made at once was nobody's to follow up: the server would read all of it meanwhile.
        sqlx::raw_sql(FOLLOWED).execute(&mut conn).await?;
        let crossings = recorded(&database, &mut conn).await?;
        sqlx::raw_sql("vacuum (analyze)").execute(&mut conn).await?;
        section.note(format!(
            "{size} tickets: {} more events appended in {:.0} s ({:.0}/s), shown by every view, \
             {crossings} crossings of their clocks recorded, and vacuumed after {:.0} s.",
            filled.events,
            filled.seconds,
            filled.events as f64 / filled.seconds,
            began.elapsed().as_secs_f64()
        ));
        at_size(run, ground, (&database, size), section).await?;
        node = Node::reopen(&database, &tickets).await?;
    }
    node.close().await;
    ground.drop(database).await
}

/// Lets a server record what the clocks of the tickets crossed, so that nothing does it meanwhile;
/// and says how much there is.
async fn recorded(database: &Database, conn: &mut PgConnection) -> Result<i64, Fault> {
    let server = Server::start(database)?;
    let began = Instant::now();
    loop {
        let row = sqlx::query(
            "select (select count(*) from view_sla_timers.sla_timers where next_at <= now()), \
                 (select count(*) from journal.events where aggregate_type = 'ticket_clock')",
        )
        .fetch_one(&mut *conn)
        .await?;
        match row.try_get::<i64, _>(0)? {
            0 => {
                server.stop()?;
                return Ok(row.try_get(1)?);
            }
            left if began.elapsed() > PATIENCE => {
                return Err(format!("{left} clocks have crossings that nobody recorded").into());
            }
            _ => tokio::time::sleep(Duration::from_millis(500)).await,
        }
    }
}

/// Everything that is asked of so many tickets.
async fn at_size(
    run: &Run,
    ground: &Ground,
    (database, size): (&Database, u64),
    section: &mut Section,
) -> Result<(), Fault> {
    let server = Server::start(database)?;
    let measuring = Measuring::new(ground, database, (&server, run)).await?;
    for question in &QUESTIONS {
        let line = measuring.list(question, (AT, size)).await?;
        section.push(line);
    }
    section.push(measuring.ticket((AT, size)).await?);
    if size == run.tickets {
        for clients in [1, 64] {
            section.push(measuring.list(&QUESTIONS[0], (clients, size)).await?);
            section.push(measuring.ticket((clients, size)).await?);
        }
        for question in TURNED {
            section.push(measuring.deep(&QUESTIONS[question], size).await?);
        }
    }
    for note in measuring.slow() {
        section.note(note);
    }
    server.stop()
}

fn named(question: &Question, clients: usize, size: u64) -> Line {
    Line::new(format!("{}, {size} tickets, {clients} clients", question.name))
}

/// What a ticket's page is called.
fn named_ticket(clients: usize, size: u64) -> Line {
    Line::new(format!("{}, {size} tickets, {clients} clients", TICKET_PAGE.0))
}
