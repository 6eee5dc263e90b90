//! Load: clients that ask one thing after the other for a while, and how long each answer took.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::Fault;

/// Somebody who asks again and again.
pub(crate) trait Client: Send + 'static {
    /// Asks once and waits for the answer.
    fn once(&mut self) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// What was measured in one round.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sample {
    /// Answers a second.
    pub(crate) rate: f64,
    /// How long they took.
    pub(crate) latency: Latency,
}

/// Times of answers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Latency {
    pub(crate) p50: Duration,
    pub(crate) p95: Duration,
    pub(crate) p99: Duration,
    pub(crate) max: Duration,
}

impl Latency {
    /// Of these times, in any order.
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            let index = (times.len() as f64 * share) as usize;
            times.get(index.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
        };
        Self { p50: at(0.50), p95: at(0.95), p99: at(0.99), max: at(1.0) }
    }
}

/// Lets all of them ask for this long; the clients come back, to go on in another round.
pub(crate) async fn closed<C: Client>(
    clients: Vec<C>,
    span: Duration,
) -> Result<(Sample, Vec<C>), Fault> {
    let mut tasks = JoinSet::new();
    let began = Instant::now();
    for client in clients {
        tasks.spawn(ask_until(client, began + span));
    }
    let mut times = Vec::new();
    let mut clients = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        let (client, took) = ended??;
        clients.push(client);
        times.extend(took);
    }
    let rate = times.len() as f64 / began.elapsed().as_secs_f64();
    Ok((Sample { rate, latency: Latency::of(times) }, clients))
}

async fn ask_until<C: Client>(mut client: C, end: Instant) -> Result<(C, Vec<Duration>), Fault> {
    let mut times = Vec::with_capacity(4096);
    loop {
        let asked = Instant::now();
        if asked >= end {
            return Ok((client, times));
        }
        client.once().await?;
        times.push(asked.elapsed());
    }
}

/// The round in the middle.
pub(crate) fn median(mut samples: Vec<Sample>) -> Sample {
    samples.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    samples.get(samples.len() / 2).cloned().unwrap_or_default()
}

/// The figure in the middle.
pub(crate) fn median_of(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
