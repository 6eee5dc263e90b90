//! Who listens: how many streams a person has open, what ends them, and how they go on when the
//! person's rights change.
//!
//! A stream lives as long as its session, not as long as the access token that opened it: who
//! listens all day would otherwise be cut off every ten minutes. Called by the request context.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_graphql::async_trait::async_trait;
use async_graphql::{Request, Variables};
use domain::kernel::PersonId;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use super::graphql::{Course, RequestErrorCode, RequestRefusal};
use crate::gateway::Caller;
use crate::graphql::{Progress, Said, Services, Visit};
use crate::identity::{Ended, Recognized};

/// Streams that one person may have open at a time.
const STREAMS: usize = 20;
/// How often a session is looked at without having heard of its end.
const LOOK: Duration = Duration::from_secs(5);
/// After what time a database that failed is asked again.
const AGAIN: Duration = Duration::from_millis(500);

/// Everybody who listens to this process.
pub(super) struct Listeners {
    services: Services,
    stopping: watch::Receiver<bool>,
    counts: Arc<Counts>,
}

/// What a client wants to listen to.
pub(super) struct Wish {
    query: String,
    operation_name: Option<String>,
    variables: Variables,
    traces: Traces,
    after: Option<i64>,
}

/// By which names a request's traces are found.
#[derive(Clone)]
pub(super) struct Traces {
    pub(super) correlation_id: Uuid,
    pub(super) trace_id: Option<String>,
}

/// A stream.
pub(super) struct Listening {
    services: Services,
    stopping: watch::Receiver<bool>,
    session: Uuid,
    wish: Wish,
    progress: Arc<Progress>,
    /// Given back when the stream is dropped.
    place: Place,
}

impl Listeners {
    pub(super) fn new(services: Services, stopping: watch::Receiver<bool>) -> Self {
        Self { services, stopping, counts: Arc::default() }
    }

    /// A stream for the caller; none when it is nobody's, and the schema will say so.
    pub(super) fn admit(
        &self,
        caller: &Caller,
        wish: Wish,
    ) -> Result<Option<Arc<Listening>>, RequestRefusal> {
        let (Some(person), Some(session)) = (&caller.person, caller.session) else {
            return Ok(None);
        };
        let place = self.counts.take(person.who.person)?;
        Ok(Some(Arc::new(Listening {
            services: self.services.clone(),
            stopping: self.stopping.clone(),
            session,
            progress: Arc::new(Progress::after(wish.after)),
            wish,
            place,
        })))
    }
}

impl Wish {
    pub(super) fn of(request: &Request, traces: Traces, after: Option<i64>) -> Self {
        Self {
            query: request.query.clone(),
            operation_name: request.operation_name.clone(),
            variables: request.variables.clone(),
            traces,
            after,
        }
    }

    fn request(&self) -> Request {
        let request = Request::new(&self.query).variables(self.variables.clone());
        match &self.operation_name {
            Some(name) => request.operation_name(name),
            None => request,
        }
    }
}

impl Traces {
    /// The visit of whoever calls.
    pub(super) fn visit(self, recognized: Option<Recognized>) -> Visit {
        Visit {
            must_change_password: recognized.as_ref().is_some_and(|r| r.must_change_password),
            caller: recognized.map(|recognized| recognized.caller),
            correlation_id: self.correlation_id,
            trace_id: self.trace_id,
            said: Some(Said::default()),
        }
    }
}

impl Listening {
    pub(super) fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Who listens now; none when the session has ended, or serves for a new password alone.
    async fn listener(&self) -> Option<Recognized> {
        loop {
            match self.services.identity.recognize_session(self.session).await {
                Ok(recognized) => return recognized.filter(|r| !r.must_change_password),
                // Without a database nothing is told either.
                Err(error) => tracing::warn!(%error, "looking at a listener's session"),
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Returns when something was heard that may be the end of the session, or after a while.
    async fn news(&self, ended: &mut broadcast::Receiver<Ended>) {
        let heard = async {
            loop {
                match ended.recv().await {
                    Ok(Ended::Session(session)) if session != self.session => {}
                    Ok(Ended::Person(person)) if person != self.place.person => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // Time that is over is a reason to look, too.
        let _ = tokio::time::timeout(LOOK, heard).await;
    }
}

#[async_trait]
impl Course for Listening {
    async fn begun(&self) {
        self.progress.begun().await;
    }

    fn position(&self) -> String {
        self.progress.position().unwrap_or_default().to_string()
    }

    async fn over(&self) {
        let mut stopping = self.stopping.clone();
        // Heard from here on; what has ended before is seen by the first look.
        let mut ended = self.services.identity.revocations();
        let closed = async {
            while self.listener().await.is_some() {
                self.news(&mut ended).await;
            }
        };
        tokio::select! {
            // An error means that the server is gone.
            _ = stopping.wait_for(|stopping| *stopping) => {}
            () = closed => {}
        }
    }

    async fn renewed(&self) -> Option<Request> {
        if !self.progress.take_turn() {
            return None;
        }
        let recognized = self.listener().await?;
        let visit = self.wish.traces.clone().visit(Some(recognized));
        Some(visit.enter(self.wish.request().data(self.progress()), &self.services))
    }
}

/// How many streams each person has open.
#[derive(Debug, Default)]
struct Counts(Mutex<HashMap<PersonId, usize>>);

/// One of a person's streams.
#[derive(Debug)]
struct Place {
    counts: Arc<Counts>,
    person: PersonId,
}

impl Counts {
    fn take(self: &Arc<Self>, person: PersonId) -> Result<Place, RequestRefusal> {
        let mut counts = self.lock();
        let count = counts.entry(person).or_default();
        if *count >= STREAMS {
            let message = format!("a person listens to at most {STREAMS} streams at a time");
            return Err(RequestRefusal::new(RequestErrorCode::RateLimited, message));
        }
        *count += 1;
        Ok(Place { counts: Arc::clone(self), person })
    }

    /// Numbers alone: a panic elsewhere leaves nothing half done in them.
    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.counts.lock();
        if let Some(count) = counts.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.person);
            }
        }
    }
}
