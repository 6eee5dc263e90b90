//! Clients of the journal.

use std::sync::Arc;

use domain::ticket::Ticket;
use journal::{AppendError, Journal};

use super::midnight;
use crate::generator::{Commands, Organisation};
use crate::load::Client;
use crate::{Fault, Run};

/// Loads a ticket, appends to it, again and again.
#[derive(Debug)]
pub(crate) struct Appender {
    journal: Journal,
    commands: Commands,
    /// Of 1,000 commands, how many expect a version that is over.
    pub(crate) stale_per_mille: u32,
}

impl Appender {
    pub(crate) fn new(journal: &Journal, organisation: &Arc<Organisation>, seed: u64) -> Self {
        let commands = Commands::new(Arc::clone(organisation), seed, midnight());
        Self { journal: journal.clone(), commands, stale_per_mille: 0 }
    }
}

/// So many, whose tickets nobody else has.
pub(crate) fn appenders(
    journal: &Journal,
    count: usize,
    (run, salt): (&Run, u64),
) -> Vec<Appender> {
    let organisation = Arc::new(Organisation::strangers(run.seed));
    (0..count as u64)
        .map(|nr| Appender::new(journal, &organisation, run.seed_of(salt, nr)))
        .collect()
}

impl Client for Appender {
    async fn once(&mut self) -> Result<(), Fault> {
        let step = self.commands.next();
        let loaded = self.journal.load::<Ticket>(step.ticket).await?;
        if loaded.version != step.version {
            return Err(format!("a ticket stands at {}", loaded.version).into());
        }
        if step.version > 0 && self.commands.among(self.stale_per_mille) {
            let stale = self.commands.append(&step, step.version - 1);
            return match self.journal.append(&stale).await {
                Err(AppendError::Stale { .. }) => self.append(&step).await,
                other => Err(format!("a stale command was answered {other:?}").into()),
            };
        }
        self.append(&step).await
    }
}

impl Appender {
    async fn append(&mut self, step: &crate::generator::Step) -> Result<(), Fault> {
        let append = self.commands.append(step, step.version);
        self.journal.append(&append).await?;
        Ok(())
    }
}
