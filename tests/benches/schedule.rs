//! Commands on a fixed schedule: whoever is late is not waited for, so nothing slow is left out.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use domain::ticket::Ticket;
use journal::{Journal, PositionToken};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinSet, spawn_blocking};

use crate::append::midnight;
use crate::generator::{Commands, Organisation};
use crate::{Fault, Run};

/// So many tickets are worked on at a time.
const SENDERS: u64 = 64;

/// What was acknowledged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Committed {
    pub(crate) token: PositionToken,
    pub(crate) at: Instant,
    /// Since it was due.
    pub(crate) took: Duration,
}

/// Whose commands they are: the tickets of two schedules with different salts are others.
pub(crate) fn senders(
    organisation: &Arc<Organisation>,
    (run, salt): (&Run, u64),
) -> Vec<Arc<Mutex<Commands>>> {
    let sender = |nr| {
        let seed = run.seed_of(salt, nr);
        Arc::new(Mutex::new(Commands::new(Arc::clone(organisation), seed, midnight())))
    };
    (0..SENDERS).map(sender).collect()
}

/// Sends so many commands a second for this long, each when it is due; returns when the last one was
/// acknowledged.
pub(crate) async fn send(
    journal: &Journal,
    senders: &[Arc<Mutex<Commands>>],
    (rate, span): (u32, Duration),
    said: mpsc::UnboundedSender<Committed>,
) -> Result<(), Fault> {
    let mut due = due(rate, span);
    let mut under_way = JoinSet::new();
    for commands in senders.iter().cycle() {
        let Some(due) = due.recv().await else { break };
        let (journal, commands, said) = (journal.clone(), Arc::clone(commands), said.clone());
        under_way.spawn(async move {
            let token = command(&journal, &commands).await?;
            let at = Instant::now();
            // Who observes outlives all of these.
            let _ = said.send(Committed { token, at, took: at - due });
            Ok::<(), Fault>(())
        });
    }
    while let Some(ended) = under_way.join_next().await {
        ended??;
    }
    Ok(())
}

/// Tells each instant when it has come. By a thread of its own: the runtime's timers are as coarse as
/// what is measured.
fn due(rate: u32, span: Duration) -> mpsc::UnboundedReceiver<Instant> {
    let (tell, told) = mpsc::unbounded_channel();
    spawn_blocking(move || {
        let count = (f64::from(rate) * span.as_secs_f64()) as u32;
        let began = Instant::now();
        for nr in 0..count {
            let due = began + span * nr / count;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if tell.send(due).is_err() {
                // A command failed: nobody sends any more.
                return;
            }
        }
    });
    told
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
