//! Proving the history: the hashes alone, in process and on one core; `replay verify`, which reads
//! everything from the database and folds every view again; and the proof of one event.

use std::time::{Duration, Instant};

use journal::bundle::{Anchor, BundleError, prove};
use journal::leaf::{LeafInput, leaf};
use journal::merkle::Frontier;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::{Latency, median_of};
use crate::node::Node;
use crate::report::{Line, Section};
use crate::server::program;
use crate::{Fault, Run};

/// Events that are hashed in process.
const EVENTS: i64 = 500_000;
/// Of a usual length.
const PAYLOAD: usize = 250;
const METADATA: usize = 240;
/// For the whole command.
const TICKETS: u64 = 10_000;
/// Proofs of single events.
const PROOFS: usize = 500;
/// Within which most of them are to be answered.
const P95: Duration = Duration::from_millis(10);
/// How long the log may take to be signed.
const SIGNED: Duration = Duration::from_secs(600);

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let rates = (0..run.rounds).map(|_| hashed()).collect();
    let rate = median_of(rates);
    let line = Line::new("leaf and Merkle tree, one core").rate(rate);
    section.push(line.at_least(250_000.0, rate));
    let database = ground.database("bench_verify").await?;
    let node = Node::open(&database, run).await?;
    let mut tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    let filled =
        fill(node.app.gateway.journal(), &mut tickets, (TICKETS.min(run.tickets), Depth::Full))
            .await?;
    node.caught_up().await?;
    node.close().await;
    let began = Instant::now();
    let verified = testbed::run(&mut program("replay", &database, &["verify"]));
    let seconds = began.elapsed().as_secs_f64();
    if verified.code != 0 {
        return Err(format!("replay verify: {}{}", verified.stdout, verified.stderr).into());
    }
    let rate = filled.events as f64 / seconds;
    section.push(Line::new("replay verify, the log and every view").rate(rate));
    section.note(format!("`replay verify` proved {} events in {seconds:.1} s.", filled.events));
    let mut node = Node::reopen(&database, &tickets).await?;
    let (latency, size) = proven(&mut node, run.seed).await?;
    node.close().await;
    let line = Line::new(format!("proof of one event of {size}")).latency(latency);
    section.push(line.bar(format!("p95 ≤ {} ms", P95.as_millis()), latency.p95 <= P95));
    ground.drop(database).await
}

/// Proofs of events anywhere in the log, as a server answers them: what was signed is looked up anew for
/// each.
async fn proven(node: &mut Node, seed: u64) -> Result<(Latency, i64), Fault> {
    let folder = node.app.folder.clone();
    let open = || Anchor::open(&folder.policy(), &folder.checkpoints(), folder.log());
    let head = journal::sequencer::status(&node.app.reads).await?.head;
    node.app.work();
    let signed = async {
        loop {
            match open() {
                Ok(anchor) if anchor.size() >= head => return Ok(anchor.size()),
                Ok(_) | Err(BundleError::Missing { .. }) => {}
                Err(error) => return Err(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let size = tokio::time::timeout(SIGNED, signed).await??;
    let (mut dice, mut times) = (StdRng::seed_from_u64(seed), Vec::new());
    for _ in 0..PROOFS {
        let number = dice.random_range(1..=size);
        let began = Instant::now();
        let anchor = open()?;
        let mut conn = node.app.reads.acquire().await?;
        let proven = prove(&mut conn, &anchor, number).await?;
        times.push(began.elapsed());
        std::hint::black_box(proven);
    }
    Ok((Latency::of(times), size))
}

/// Events a second.
fn hashed() -> f64 {
    let (payload, metadata) = ("p".repeat(PAYLOAD), "m".repeat(METADATA));
    let recorded_at = midnight();
    let mut tree = Frontier::default();
    let began = Instant::now();
    for sequence in 1..=EVENTS {
        tree.push(leaf(
            "annals/01900000-0000-7000-8000-000000000001",
            &LeafInput {
                aggregate_type: "ticket",
                aggregate_id: "01900000-0000-7000-8000-000000000002",
                sequence,
                event_type: "ticket.assigned",
                event_version: "1",
                recorded_at,
                salt: &[7; 16],
                payload: &payload,
                metadata: &metadata,
            },
        ));
    }
    let seconds = began.elapsed().as_secs_f64();
    std::hint::black_box(tree.root());
    EVENTS as f64 / seconds
}
