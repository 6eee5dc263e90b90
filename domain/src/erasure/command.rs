//! The erasure's verbs: a table of contents.

pub use super::decide::approve::Approve;
pub use super::decide::begin::Begin;
pub use super::decide::certify::Certify;
pub use super::decide::record_keys::RecordKeys;
pub use super::decide::record_purge::RecordPurge;
pub use super::decide::refuse::Refuse;
pub use super::decide::request::Request;
pub use super::decide::withdraw::Withdraw;
use super::event::ErasureEvent;
use super::refusal::ErasureRefusal;
use super::state::Erasure;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs, PersonId};

/// The scope of the claims on people: whose erasure is asked for, or done.
pub const PEOPLE: &str = "erasure.person";

/// What can be asked of an erasure.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum ErasureCommand {
    Request(Request),
    Approve(Approve),
    Refuse(Refuse),
    Withdraw(Withdraw),
    Begin(Begin),
    RecordKeys(RecordKeys),
    RecordPurge(RecordPurge),
    Certify(Certify),
}

impl Command for ErasureCommand {
    type State = Erasure;
    type Event = ErasureEvent;
    type Refusal = ErasureRefusal;

    fn needs(&self, erasure: &Erasure) -> Needs {
        let person = erasure.0.as_deref().map(|body| body.person);
        match self {
            Self::Request(c) => about(Some(c.person)),
            Self::Approve(_) => Needs { access: AccessNeeds::rules(), ..about(person) },
            Self::Begin(_) => about(person),
            Self::Refuse(_) | Self::Withdraw(_) => AccessNeeds::rules().into(),
            Self::RecordKeys(_) | Self::RecordPurge(_) | Self::Certify(_) => Needs::default(),
        }
    }

    fn decide(self, erasure: &Erasure, cx: &Context) -> Result<Vec<ErasureEvent>, ErasureRefusal> {
        match self {
            Self::Request(c) => c.decide(erasure, cx),
            Self::Approve(c) => c.decide(erasure, cx),
            Self::Refuse(c) => c.decide(erasure, cx),
            Self::Withdraw(c) => c.decide(erasure, cx),
            Self::Begin(c) => c.decide(erasure, cx),
            Self::RecordKeys(c) => c.decide(erasure, cx),
            Self::RecordPurge(c) => c.decide(erasure, cx),
            Self::Certify(c) => c.decide(erasure, cx),
        }
    }

    fn claims(before: &Erasure, event: &ErasureEvent) -> Vec<ClaimChange> {
        let key = |person: PersonId| ClaimKey::Plain(person.to_string());
        match event {
            ErasureEvent::Requested(e) => ClaimChange::exchange(PEOPLE, None, Some(key(e.person))),
            ErasureEvent::Refused(_) | ErasureEvent::Withdrawn(_) => {
                let held = before.0.as_deref().map(|body| key(body.person));
                ClaimChange::exchange(PEOPLE, held, None)
            }
            // Kept for ever: nobody is erased twice.
            ErasureEvent::Approved(_)
            | ErasureEvent::DestructionBegun(_)
            | ErasureEvent::KeysDestroyed(_)
            | ErasureEvent::Purged(_)
            | ErasureEvent::Certified(_) => Vec::new(),
        }
    }
}

/// What keeps the person from being erased.
fn about(person: Option<PersonId>) -> Needs {
    Needs { bonds: person.into_iter().collect(), ..Needs::default() }
}
