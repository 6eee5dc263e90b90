//! How soon what was committed has its number in the log, and is seen in `tickets`, while commands
//! come on a fixed schedule: whoever is late is not waited for, so nothing slow is left out.

mod observer;

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ticket::Ticket;
use journal::{Journal, PositionToken};
use projections::ReadModel;
use projections::tickets::Tickets as TicketsView;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use crate::append::midnight;
use crate::generator::{Commands, Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::Latency;
use crate::node::Node;
use crate::report::{Line, Section};
use crate::{Fault, Run};
use observer::{Committed, Seen, observe};

/// Commands a second, and for how long.
const RATE: u32 = 1_000;
const SPAN: Duration = Duration::from_secs(15);
/// So many tickets are worked on at a time.
const SENDERS: usize = 64;
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
    let sending = send(node, run, (u64::from(rebuilding), said));
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

/// Sends each command when it is due.
async fn send(
    node: &Node,
    run: &Run,
    (salt, said): (u64, mpsc::UnboundedSender<Committed>),
) -> Result<(), Fault> {
    let organisation = Arc::new(node.organisation.clone());
    let senders: Vec<Arc<Mutex<Commands>>> = (0..SENDERS as u64)
        .map(|nr| {
            Commands::new(Arc::clone(&organisation), run.seed_of(20_000 + salt, nr), midnight())
        })
        .map(|commands| Arc::new(Mutex::new(commands)))
        .collect();
    let count = RATE * u32::try_from(SPAN.as_secs())?;
    let began = Instant::now();
    let mut under_way = JoinSet::new();
    for nr in 0..count {
        let due = began + SPAN * nr / count;
        tokio::time::sleep_until(due.into()).await;
        let commands = Arc::clone(&senders[nr as usize % SENDERS]);
        let (journal, said) = (node.app.gateway.journal().clone(), said.clone());
        under_way.spawn(async move {
            let token = command(&journal, &commands).await?;
            let at = Instant::now();
            // Who observes outlives all of these.
            let _ = said.send(Committed { token, at, took: at - due });
            Ok::<(), Fault>(())
        });
    }
    drop(said);
    while let Some(ended) = under_way.join_next().await {
        ended??;
    }
    Ok(())
}

async fn command(journal: &Journal, commands: &Mutex<Commands>) -> Result<PositionToken, Fault> {
    // A sender's commands are about one ticket: one after the other.
    let mut commands = commands.lock().await;
    let step = commands.next();
    let loaded = journal.load::<Ticket>(step.ticket).await?;
    let append = commands.append(&step, loaded.version);
    let receipt = journal.append(&append).await?;
    receipt.token.ok_or_else(|| "an append without a place".into())
}
