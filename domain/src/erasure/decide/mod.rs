//! One verb a file, and what several of them do.

pub mod approve;
pub mod begin;
pub mod certify;
pub mod record_keys;
pub mod record_purge;
pub mod refuse;
pub mod request;
pub mod withdraw;

use super::event::ErasureEvent;
use super::known::Bonds;
use super::refusal::ErasureRefusal;
use super::state::Body;
use super::words::Phase;
use crate::access::giving::is_doer;
use crate::kernel::{Actor, Context, PersonId, Personal, text};

/// How many keys a person has at most.
pub(super) const KEYS_MAX: usize = 16;
/// How many views, and things besides, are told of at most.
pub(super) const RECORDS_MAX: usize = 200;
/// How long their names are at most.
pub(super) const RECORD_NAME_MAX: usize = 64;

type Decided = Result<Vec<ErasureEvent>, ErasureRefusal>;

/// ER6: words that outlive whoever is erased, and whoever says them.
fn fit_why(typed: &str) -> Result<Personal<String>, ErasureRefusal> {
    text::lasting_reason(typed).map_err(ErasureRefusal::WhyUnfit)
}

/// What is known of the person, else ER1's refusal.
fn known(person: PersonId, cx: &Context) -> Result<&Bonds, ErasureRefusal> {
    cx.facts.bonds.get(&person).ok_or(ErasureRefusal::PersonUnknown)
}

/// ER2: somebody in person, who neither asked for it nor is erased by it.
fn decider(body: &Body, cx: &Context) -> Result<PersonId, ErasureRefusal> {
    let (Actor::Person(by), None) = (cx.actor, cx.on_behalf_of) else {
        return Err(ErasureRefusal::NotInPerson);
    };
    let parties = [Some(body.person), body.requester];
    if parties.into_iter().flatten().any(|party| is_doer(party, cx)) {
        return Err(ErasureRefusal::OwnErasure);
    }
    Ok(by)
}

/// ER3: nothing stands in the way.
fn must_be_free(body: &Body, cx: &Context) -> Result<(), ErasureRefusal> {
    ErasureRefusal::of(known(body.person, cx)?).map_or(Ok(()), Err)
}

/// ER4: it can still be stopped.
fn must_be_open(body: &Body) -> Result<(), ErasureRefusal> {
    match body.phase {
        phase if phase.is_open() => Ok(()),
        phase if phase.has_begun() => Err(ErasureRefusal::Begun),
        _ => Err(ErasureRefusal::Over),
    }
}

/// ER5: this event if the phase before it has come, none if it has been already.
fn step(body: &Body, after: Phase, event: ErasureEvent) -> Decided {
    match body.phase {
        Phase::Refused | Phase::Withdrawn => Err(ErasureRefusal::Over),
        phase if phase == after => Ok(vec![event]),
        phase if phase > after => Ok(vec![]),
        _ => Err(ErasureRefusal::TooEarly),
    }
}
