//! How soon what was committed has its number in the log, and is seen in `tickets`, while commands
//! come on a fixed schedule: whoever is late is not waited for, so nothing slow is left out.

mod observer;

use std::sync::Arc;
use std::time::{Duration, Instant};

use projections::ReadModel;
use projections::tickets::Tickets as TicketsView;
use tokio::sync::mpsc;

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::Latency;
use crate::node::Node;
use crate::report::{Line, Section};
use crate::schedule::{send, senders};
use crate::{Fault, Run};
use observer::{Seen, observe};

/// Commands a second, and for how long.
const RATE: u32 = 1_000;
const SPAN: Duration = Duration::from_secs(15);
/// What there is to rebuild from.
const TICKETS: u64 = 20_000;

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_visible").await?;
    let node = Node::open(&database, run).await?;
    let mut tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    fill(node.app.gateway.journal(), &mut tickets, (TICKETS.min(run.tickets), Depth::Full)).await?;
    node.caught_up().await?;
    for (during, rebuilding) in [("", false), (", while tickets are rebuilt", true)] {
        let (seen, rebuilds) = measured(&node, run, rebuilding).await?;
        let rate = seen.visible.len() as f64 / SPAN.as_secs_f64();
        let line = |what: &str, times: Vec<Duration>| {
            Line::new(format!("{what}{during}")).rate(rate).latency(Latency::of(times))
        };
        section.push(line("due → acknowledged", seen.acknowledged));
        let settled = line("committed → numbered", seen.settled);
        let visible = line("committed → visible", seen.visible);
        if rebuilding {
            section.push(settled);
            section.push(visible.p99_at_most(Duration::from_millis(250)));
            section.note(format!("{rebuilds} rebuilds ended meanwhile."));
        } else {
            section.push(settled.p99_at_most(Duration::from_millis(50)));
            section.push(visible.p99_at_most(Duration::from_millis(100)));
        }
        node.caught_up().await?;
    }
    node.close().await;
    ground.drop(database).await
}

async fn measured(node: &Node, run: &Run, rebuilding: bool) -> Result<(Seen, u32), Fault> {
    let (said, heard) = mpsc::unbounded_channel();
    let observed =
        tokio::spawn(observe(node.app.gateway.journal().clone(), node.app.waiter.clone(), heard));
    let organisation = Arc::new(node.organisation.clone());
    let senders = senders(&organisation, (run, 20_000 + u64::from(rebuilding)));
    let sending = send(node.app.gateway.journal(), &senders, (RATE, SPAN), said);
    let rebuilds = if rebuilding {
        let (sent, rebuilds) = tokio::join!(sending, rebuild_for(node, SPAN));
        sent?;
        rebuilds?
    } else {
        sending.await?;
        0
    };
    Ok((observed.await??, rebuilds))
}

/// One after the other, as long as there is time to begin another.
async fn rebuild_for(node: &Node, span: Duration) -> Result<u32, Fault> {
    let began = Instant::now();
    let tickets: Arc<dyn ReadModel> = Arc::new(TicketsView::default());
    let mut rebuilds = 0;
    while began.elapsed() < span {
        let journal = node.app.gateway.journal();
        let login = &node.app.deployment.login;
        projections::rebuild(journal, login, &tickets, |_, _| {}).await?;
        rebuilds += 1;
    }
    Ok(rebuilds)
}
