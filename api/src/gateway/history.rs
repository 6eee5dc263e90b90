//! Finished history of one stream: many commands decided one after the other, appended at once.
//!
//! An import opens the stream's history, offers its rows' commands in order, each with its own
//! instant, and commits: either all of it is stored, with the claims that say which rows it was, or
//! nothing is. Nobody is asked about twice meanwhile. A row that is refused half-way is taken back by going back to its savepoint.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::access::decide::ObjectView;
use domain::kernel::{ClaimChange, Context, DataSubject, Facts, Meta, Needs, PersonId, Personal};
use journal::{Append, ClaimOf, NewEvent, Receipt, StreamAppend};
use projections::directory::Known;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::learned::Learned;
use super::{Caller, Gateway, GatewayError, Guarded, claims, guard, new_event};

/// One command of the past.
#[derive(Debug, Clone)]
pub struct Past<C> {
    /// What was done.
    pub command: C,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose deed it was.
    pub on_behalf_of: Option<PersonId>,
    /// Groups what one row caused.
    pub correlation_id: Uuid,
    /// Why, where a rule asks for it; not a person's words.
    pub reason: Option<&'static str>,
}

/// What a dry run would have made of other aggregates by now, and did not.
pub trait Suppose: Send + Sync + std::fmt::Debug {
    /// Adds what is supposed of those who are asked for.
    fn add_to(&self, facts: &mut Facts, needs: &Needs);
}

/// A stream's history while it is being written; it holds the stream's turn.
#[derive(Debug)]
pub struct History<C: Guarded> {
    gateway: Gateway,
    caller: Caller,
    stream: Uuid,
    expected: i64,
    state: C::State,
    events: Vec<NewEvent>,
    claims: Vec<ClaimOf>,
    supposed: Option<Arc<dyn Suppose>>,
    learned: Learned,
    _turn: Vec<OwnedMutexGuard<()>>,
}

/// Where a history can go back to.
#[derive(Debug, Clone)]
pub struct Savepoint<S> {
    state: S,
    events: usize,
    claims: usize,
}

impl<C: Guarded> History<C> {
    /// Takes the stream's turn and loads it.
    pub async fn open(gateway: &Gateway, stream: Uuid) -> Result<Self, GatewayError> {
        let mut history = Self::begin(gateway, stream).await;
        let loaded = gateway.0.journal.load::<C::State>(stream).await?;
        (history.state, history.expected) = (loaded.state, loaded.version);
        Ok(history)
    }

    /// Takes the turn of a stream that begins here: its identity was drawn just now. If something is
    /// there all the same, nothing is committed.
    pub async fn begin(gateway: &Gateway, stream: Uuid) -> Self {
        let turn = gateway.0.journal.locks().turn(&[stream]).await;
        Self {
            gateway: gateway.clone(),
            caller: Caller::import(),
            stream,
            expected: 0,
            state: C::State::default(),
            events: Vec::new(),
            claims: Vec::new(),
            supposed: None,
            learned: Learned::default(),
            _turn: turn,
        }
    }

    /// Asks for those whom the commands to come will refer to, so that each need not.
    pub async fn look_up(&mut self, needs: &Needs) -> Result<(), GatewayError> {
        if let Some(missing) = self.learned.missing(needs) {
            let asking = (&self.caller, self.gateway.now());
            self.learned.learn(&missing, self.gateway.known(asking, &missing).await?);
        }
        Ok(())
    }

    /// The aggregate as the commands so far have left it.
    pub fn state(&self) -> &C::State {
        &self.state
    }

    /// Events that wait to be committed.
    pub fn events(&self) -> usize {
        self.events.len()
    }

    /// From now on decisions also see what a dry run would have made.
    pub fn suppose(&mut self, supposed: Arc<dyn Suppose>) {
        self.supposed = Some(supposed);
    }

    /// Decides one command of the past on the state so far.
    pub async fn step(&mut self, past: Past<C>) -> Result<(), GatewayError> {
        let (permission, now) = (past.command.permission(), self.gateway.now());
        let standing = guard::authorize(&self.caller, permission, &ObjectView::default(), now)
            .map_err(|denied| guard::as_error(&past.command, denied))?;
        let mut needs = past.command.needs(&self.state);
        needs.people.extend(past.on_behalf_of);
        self.look_up(&needs).await?;
        let Known { mut facts, policy } = self.learned.known(&needs);
        if let Some(supposed) = &self.supposed {
            supposed.add_to(&mut facts, &needs);
        }
        let cx = Context {
            actor: self.caller.actor,
            on_behalf_of: past.on_behalf_of,
            now: past.at,
            reason: past.reason.map(|why| Personal::of(DataSubject::Deployment, why.to_owned())),
            standing,
            facts,
            policy,
        };
        let decided = past.command.decide(&self.state, &cx).map_err(GatewayError::refused)?;
        let meta = Meta {
            command_id: self.gateway.new_id(),
            correlation_id: past.correlation_id,
            causation_id: None,
            actor: cx.actor,
            on_behalf_of: cx.on_behalf_of,
            source: self.caller.source(),
            occurred_at: cx.now,
            reason: cx.reason.clone(),
            trace_id: None,
        };
        for event in decided {
            self.claims.extend(claims::<C>(self.stream, &self.state, &event));
            self.events.push(new_event(&event, &meta));
            self.state.apply(event);
        }
        Ok(())
    }

    /// A claim to be held with what is committed, such as a row's identity.
    pub fn claim(&mut self, change: ClaimChange) {
        self.claims.push(ClaimOf {
            aggregate_type: C::State::TYPE,
            aggregate_id: self.stream,
            change,
        });
    }

    /// Here one can go back to.
    pub fn savepoint(&self) -> Savepoint<C::State> {
        Savepoint {
            state: self.state.clone(),
            events: self.events.len(),
            claims: self.claims.len(),
        }
    }

    /// Forgets what came after the savepoint.
    pub fn go_back(&mut self, to: Savepoint<C::State>) {
        self.state = to.state;
        self.events.truncate(to.events);
        self.claims.truncate(to.claims);
    }

    /// Appends everything at once.
    pub async fn commit(self) -> Result<Receipt, GatewayError> {
        let append = Append {
            streams: vec![StreamAppend {
                aggregate_type: C::State::TYPE,
                aggregate_id: self.stream,
                expected: self.expected,
                events: self.events,
            }],
            claims: self.claims,
            ..Append::default()
        };
        self.gateway.append(&append).await
    }
}
