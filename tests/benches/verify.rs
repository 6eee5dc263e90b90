//! Proving the history: the hashes alone, in process and on one core; `replay verify`, which reads
//! everything from the database and folds every view again.

use std::time::Instant;

use journal::leaf::{LeafInput, leaf};
use journal::merkle::Frontier;

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::median_of;
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
    ground.drop(database).await
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
