//! Building each view anew from the log, beside a COPY of the very rows it ends with into a copy of
//! its tables, indexes included.

use std::sync::Arc;
use std::time::Instant;

use futures_util::TryStreamExt;
use projections::rebuild::{Begin, Order, rebuild_as};
use projections::{Grain, ReadModel, read_models};
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::median_of;
use crate::node::Node;
use crate::report::{Line, Section};
use crate::{Fault, Run};

/// Some 85,000 events.
const TICKETS: u64 = 15_000;
/// How many fill side by side.
const WORKERS: [usize; 2] = [1, 4];

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_rebuild").await?;
    let node = Node::open(&database, run).await?;
    let mut tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    let filled =
        fill(node.app.gateway.journal(), &mut tickets, (TICKETS.min(run.tickets), Depth::Full))
            .await?;
    let rate = filled.events as f64 / filled.seconds;
    section.push(Line::new("the generator's bulk appends, views running").rate(rate));
    node.caught_up().await?;
    let mut conn = database.connect().await?;
    sqlx::query("set synchronous_commit = off").execute(&mut conn).await?;
    sqlx::query("create schema bench_copy").execute(&mut conn).await?;
    for model in read_models() {
        // What everything is measured by is measured most often.
        let rounds = if model.name() == "tickets" { run.rounds } else { 1 };
        for workers in WORKERS {
            // Only the order of the log is right for these: more workers have nothing to share.
            if workers == 1 || model.grain() == Grain::Stream {
                section.push(measured(&node, &mut conn, &model, (workers, rounds)).await?);
            }
        }
    }
    section.note(format!(
        "The log has {} events of {} tickets besides the organisation's.",
        filled.events, filled.tickets
    ));
    conn.close().await?;
    node.close().await;
    ground.drop(database).await
}

async fn measured(
    node: &Node,
    conn: &mut PgConnection,
    model: &Arc<dyn ReadModel>,
    (workers, rounds): (usize, usize),
) -> Result<Line, Fault> {
    let (mut ours, mut references) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (events, seconds) = rebuilt(node, model, workers).await?;
        ours.push(events / seconds);
        if let Some(seconds) = copied(conn, model.as_ref()).await? {
            references.push(events / seconds);
        }
    }
    let rate = median_of(ours);
    let line = Line::new(format!("{}, workers: {workers}", model.name())).rate(rate);
    let line = match references.is_empty() {
        true => line,
        false => line.against("COPY of its rows", median_of(references), rate),
    };
    let is_promised = model.name() == "tickets" && workers == 4;
    Ok(if is_promised { line.at_least(100_000.0, rate) } else { line })
}

/// Events, and seconds.
async fn rebuilt(
    node: &Node,
    model: &Arc<dyn ReadModel>,
    workers: usize,
) -> Result<(f64, f64), Fault> {
    let (journal, login) = (node.app.gateway.journal(), &node.app.deployment.login);
    let (_running, stop) = watch::channel(false);
    let order = Order { begin: Begin::Anew, workers, requested_by: "bench".to_owned(), stop };
    let began = Instant::now();
    let report = rebuild_as(journal, login, model, order, |_, _| {}).await?;
    Ok((report.events as f64, began.elapsed().as_secs_f64()))
}

/// Seconds; none when there is no row to copy.
async fn copied(conn: &mut PgConnection, model: &dyn ReadModel) -> Result<Option<f64>, Fault> {
    let mut seconds = 0.0;
    let mut rows = 0;
    for table in model.tables() {
        let live = format!("view_{}.{}", model.name(), table.name);
        let out = format!("copy (select * from {live}) to stdout");
        let out = conn.copy_out_raw(&out).await?;
        let bytes: Vec<u8> = out
            .try_fold(Vec::new(), async |mut all, part| {
                all.extend_from_slice(&part);
                Ok(all)
            })
            .await?;
        let create = format!("create table bench_copy.copied (like {live} including all)");
        sqlx::raw_sql(&create).execute(&mut *conn).await?;
        let began = Instant::now();
        let mut copy = conn.copy_in_raw("copy bench_copy.copied from stdin").await?;
        copy.send(bytes).await?;
        rows += copy.finish().await?;
        seconds += began.elapsed().as_secs_f64();
        sqlx::raw_sql("drop table bench_copy.copied").execute(&mut *conn).await?;
    }
    Ok((rows > 0).then_some(seconds))
}
