//! Keeps decisions on rights that were denied, or on which much depends, beside the requests: whoever
//! asks does not wait for it, unless so many are on their way that the log cannot follow.
//!
//! What stands in the log and what does not is said by the gateway; how it is stored, by the journal.

use std::time::Duration;

use domain::access::Permission;
use domain::access::decide::{Asked, Decision, ObjectView, Session, decide};
use domain::access::model::{AccessSubject, ActionName};
use domain::kernel::Actor;
use journal::decisions::{Decided, DecisionLog};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{Caller, Gateway};

/// So many may wait to be written; more make the next one wait.
const WAITING: usize = 4_096;
/// Written in one statement.
const TOGETHER: usize = 500;
/// How long others of the same kind are waited for, before a row is written.
const ROUND: Duration = Duration::from_millis(200);
/// How often it is tried again when the database does not answer.
const ATTEMPTS: u32 = 5;

/// Takes decisions that are to be kept; cheap to clone.
#[derive(Debug, Clone)]
pub struct Noting(mpsc::Sender<Note>);

#[derive(Debug)]
enum Note {
    Decided(Box<Decided>),
    /// Answers when everything before it is written.
    Flush(oneshot::Sender<()>),
}

impl Noting {
    /// Has to be called within a runtime, which writes until the last handle is gone.
    pub fn new(log: DecisionLog) -> Self {
        let (sender, notes) = mpsc::channel(WAITING);
        tokio::spawn(write(log, notes));
        Self(sender)
    }

    /// Keeps it.
    pub(super) async fn note(&self, decided: Decided) {
        // Whoever writes ends with the last handle, and this is one.
        let _ = self.0.send(Note::Decided(Box::new(decided))).await;
    }

    /// Waits until all that was noted before is written.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(Note::Flush(done)).await.is_ok() {
            let _ = written.await;
        }
    }
}

impl Gateway {
    /// Keeps what is decided on this, with its reason, if it is on a person or a program.
    pub async fn note(
        &self,
        caller: &Caller,
        (permission, object): (Permission, &ObjectView),
        (stream, correlation_id): (Option<Uuid>, Uuid),
    ) {
        let (at, action) = (self.now(), ActionName::from(permission));
        let unknown = Decided {
            at,
            actor: caller.actor,
            action: action.to_string(),
            stream,
            resource: None,
            allowed: caller.rights.contains(&permission),
            reason: None,
            grants: Vec::new(),
            revision: 0,
            correlation_id,
            asked_by: None,
        };
        let decided = match (caller.actor, &caller.person) {
            (Actor::Import | Actor::System, _) => return,
            (Actor::Service(_), _) if unknown.allowed => unknown,
            // A program may do what its account lists; nobody is behind a session without a person.
            (Actor::Service(_), _) | (Actor::Person(_), None) => {
                Decided { reason: Some("no_grant".to_owned()), ..unknown }
            }
            (Actor::Person(_), Some(person)) => {
                let session = Session::default();
                let asked = Asked { action: &action, object, fields: &[], at, session: &session };
                let decision = decide(&person.world, &asked);
                Decided {
                    allowed: decision.is_allowed(),
                    reason: decision.reason_code(),
                    revision: i64::try_from(decision.revision).unwrap_or(i64::MAX),
                    grants: decision.grants,
                    ..unknown
                }
            }
        };
        self.decisions().note(decided).await;
    }
}

/// What another system asked: may somebody do this to that.
#[derive(Debug)]
pub struct Outside<'a> {
    /// Who would do it; none: nobody whom we know.
    pub subject: Option<AccessSubject>,
    /// What.
    pub action: &'a ActionName,
    /// To what of ours.
    pub stream: Option<Uuid>,
    /// To what of the other system's.
    pub resource: Option<String>,
    /// The decision, or why there was none, which is a no.
    pub decision: Result<&'a Decision, &'static str>,
    /// The request it was part of.
    pub correlation_id: Uuid,
}

impl Gateway {
    /// Keeps what another system asked and was told. Of somebody unknown it is kept on whoever asked.
    pub async fn note_outside(&self, asker: &Caller, asked: Outside<'_>) {
        let decided = Decided {
            at: self.now(),
            actor: match asked.subject {
                Some(AccessSubject::Person(id)) => Actor::Person(id),
                Some(AccessSubject::Service(id)) => Actor::Service(id),
                Some(AccessSubject::Group(_)) | None => asker.actor,
            },
            action: asked.action.to_string(),
            stream: asked.stream,
            resource: asked.resource,
            allowed: asked.decision.is_ok_and(Decision::is_allowed),
            reason: match asked.decision {
                Ok(decision) => decision.reason_code(),
                Err(reason) => Some(reason.to_owned()),
            },
            grants: asked.decision.map(|it| it.grants.clone()).unwrap_or_default(),
            revision: asked.decision.map_or(0, |it| it.revision.try_into().unwrap_or(i64::MAX)),
            correlation_id: asked.correlation_id,
            asked_by: Some(asker.actor),
        };
        self.decisions().note(decided).await;
    }
}

async fn write(log: DecisionLog, mut notes: mpsc::Receiver<Note>) {
    let mut taken = Vec::with_capacity(TOGETHER);
    while notes.recv_many(&mut taken, TOGETHER).await > 0 {
        let hurries = taken.iter().any(|note| matches!(note, Note::Flush(_)));
        if !hurries && taken.len() < TOGETHER {
            tokio::time::sleep(ROUND).await;
            while taken.len() < TOGETHER
                && let Ok(note) = notes.try_recv()
            {
                taken.push(note);
            }
        }
        let (mut decided, mut flushed) = (Vec::new(), Vec::new());
        for note in taken.drain(..) {
            match note {
                Note::Decided(it) => decided.push(*it),
                Note::Flush(done) => flushed.push(done),
            }
        }
        keep(&log, &decided).await;
        for done in flushed {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }
}

async fn keep(log: &DecisionLog, decided: &[Decided]) {
    if decided.is_empty() {
        return;
    }
    for attempt in 1..=ATTEMPTS {
        match log.write(decided).await {
            Ok(()) => return,
            Err(error) if attempt == ATTEMPTS => {
                tracing::error!(%error, lost = decided.len(), "decisions could not be kept");
            }
            Err(_) => tokio::time::sleep(ROUND * 2_u32.pow(attempt)).await,
        }
    }
}
