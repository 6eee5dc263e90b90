//! One's own sessions: shown and ended; and the end of all of somebody's.

use domain::kernel::{Actor, PersonId};
use journal::identity::SessionRow;
use uuid::Uuid;

use super::Identity;
use super::error::SessionError;
use crate::gateway::{Caller, GatewayError};

impl Identity {
    /// The caller's live sessions, the newest first, at most 100.
    pub async fn sessions(
        &self,
        caller: &Caller,
    ) -> Result<Vec<SessionRow>, journal::JournalError> {
        match caller.actor {
            Actor::Person(person) => self.0.store.sessions_of(person, self.0.gateway.now()).await,
            Actor::Service(_) | Actor::Import | Actor::System => Ok(Vec::new()),
        }
    }

    /// Ends one of the caller's sessions at once. Another's answers like one that is not there.
    pub async fn revoke(&self, caller: &Caller, session: Uuid) -> Result<(), SessionError> {
        let Actor::Person(person) = caller.actor else { return Err(SessionError::NotFound) };
        match self.0.store.end(session, person).await? {
            true => Ok(()),
            false => Err(SessionError::NotFound),
        }
    }

    /// Ends all of the caller's sessions but the one that asks.
    pub async fn revoke_others(&self, caller: &Caller) -> Result<(), journal::JournalError> {
        match caller.actor {
            Actor::Person(person) => self.0.store.end_all(person, caller.session).await,
            Actor::Service(_) | Actor::Import | Actor::System => Ok(()),
        }
    }

    /// Ends the caller's session at once.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), journal::JournalError> {
        if let (Actor::Person(person), Some(session)) = (caller.actor, caller.session) {
            self.0.store.end(session, person).await?;
        }
        Ok(())
    }

    /// Ends all of a person's sessions at once: for whoever suspends people or lets them go.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<(), journal::JournalError> {
        self.0.store.end_all(person, None).await
    }

    /// Whether a session lives and its person may act: what a stream asks that goes on for longer
    /// than one request.
    pub async fn still_good(&self, session: Uuid) -> Result<bool, GatewayError> {
        let now = self.0.gateway.now();
        let Some(session) = self.0.store.session(session, now).await? else { return Ok(false) };
        Ok(self.caller(&session).await?.is_some())
    }
}
