//! Commands that were answered before: a repeated one gets its first answer, whatever has become of
//! its stream or its author since.

use domain::kernel::Actor;
use journal::{Append, AppendError, CommandRecord, Receipt};

use super::{Gateway, GatewayError, Idempotency, Outcome};

impl Gateway {
    async fn first_answer(
        &self,
        record: Option<&CommandRecord>,
    ) -> Result<Option<Receipt>, GatewayError> {
        let Some(record) = record else { return Ok(None) };
        match self.0.journal.answered(record).await {
            Ok(receipt) => Ok(receipt),
            Err(AppendError::KeyReused) => Err(GatewayError::KeyReused),
            Err(AppendError::Journal(error)) => Err(error.into()),
            Err(_) => Err(GatewayError::Busy),
        }
    }

    /// The first answer to a command that cannot be done (any more), or else why not. What can be
    /// done is not asked about: its append tells whether it was done before.
    pub(super) async fn unless_answered(
        &self,
        record: Option<&CommandRecord>,
        error: GatewayError,
    ) -> Result<Outcome, GatewayError> {
        if !error.is_of_state() {
            return Err(error);
        }
        match self.first_answer(record).await? {
            Some(receipt) => Ok(Outcome { receipt }),
            None => Err(error),
        }
    }

    /// The answer this actor's command got before, if it was ever given.
    pub async fn answered(
        &self,
        actor: Actor,
        named: Idempotency,
    ) -> Result<Option<Receipt>, GatewayError> {
        self.first_answer(Some(&named.record(actor))).await
    }

    /// Remembers a command that came to nothing, so that it is known when it comes again.
    pub async fn remember(&self, actor: Actor, named: Idempotency) -> Result<(), GatewayError> {
        let append = Append { command: Some(named.record(actor)), ..Append::default() };
        self.append(&append).await.map(drop)
    }
}
