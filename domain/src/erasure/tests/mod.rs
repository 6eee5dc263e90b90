//! Given, when, then: one file a part of its life, one test a rule.

mod carrying_out;
mod deciding;
mod laws;
mod request;

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::command::{
    Approve, Begin, Certify, ErasureCommand, RecordKeys, RecordPurge, Refuse, Request, Withdraw,
};
use super::event::{
    Approved, Certified, DestructionBegun, ErasureEvent, KeysDestroyed, Purged, PurgedView,
    Refused, Requested, Withdrawn,
};
use super::{Bonds, ErasureGround, Exemption};
use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::AccessSubject;
use crate::kernel::testing::world::{ANNA, BEN, CARL, HEIDI};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, Facts, PersonId, Personal};

const WHY: &str = "The contract is over";
const KEY: Uuid = Uuid::from_u128(0x99);
/// Anna's second account.
const ANNA_TOO: PersonId = PersonId(Uuid::from_u128(0xb4));

/// Carl has left, and nothing keeps him.
fn free() -> Bonds {
    Bonds { left: true, ..Bonds::default() }
}

/// These are the bonds of Carl; whoever does it acts as these accounts.
fn facts(bonds: Bonds, accounts: &[PersonId]) -> Facts {
    let acts_as = accounts.iter().copied().map(AccessSubject::Person).collect();
    let rules = Some(Arc::new(Rulebook::default()));
    let access = AccessFacts { rules, acts_as, ..AccessFacts::default() };
    Facts { bonds: [(CARL, bonds)].into(), access, ..Facts::default() }
}

/// Nothing keeps Carl; Heidi does it, unless a test says otherwise.
fn given(events: impl IntoIterator<Item = ErasureEvent>) -> Given<ErasureCommand> {
    testing::given(events).by(HEIDI).knowing(facts(free(), &[HEIDI]))
}

fn why() -> Personal<String> {
    Personal::of(DataSubject::Deployment, WHY.to_owned())
}

fn request(person: PersonId, why: &str) -> ErasureCommand {
    let ground = ErasureGround::NoLongerNeeded;
    ErasureCommand::Request(Request { person, ground, why: why.to_owned() })
}

fn approve() -> ErasureCommand {
    ErasureCommand::Approve(Approve {})
}

fn refuse(why: &str) -> ErasureCommand {
    ErasureCommand::Refuse(Refuse { ground: Exemption::LegalClaims, why: why.to_owned() })
}

fn withdraw() -> ErasureCommand {
    ErasureCommand::Withdraw(Withdraw {})
}

fn begin() -> ErasureCommand {
    ErasureCommand::Begin(Begin {})
}

fn record_keys() -> ErasureCommand {
    ErasureCommand::RecordKeys(RecordKeys { keys: [KEY].into() })
}

fn views() -> BTreeMap<String, PurgedView> {
    [("ticket_list".to_owned(), PurgedView { through: 40, rows: 2 })].into()
}

fn record_purge() -> ErasureCommand {
    let besides = [("attachments".to_owned(), 1)].into();
    ErasureCommand::RecordPurge(RecordPurge { streams: 3, views: views(), besides })
}

fn certify() -> ErasureCommand {
    ErasureCommand::Certify(Certify { position: 42, root: "ab".repeat(32) })
}

fn requested(requester: Option<PersonId>) -> ErasureEvent {
    let ground = ErasureGround::NoLongerNeeded;
    ErasureEvent::Requested(Requested { person: CARL, ground, why: why(), requester })
}

fn approved() -> ErasureEvent {
    ErasureEvent::Approved(Approved { by: HEIDI })
}

fn refused(by: PersonId) -> ErasureEvent {
    let (ground, why) = (Exemption::LegalClaims, why());
    ErasureEvent::Refused(Refused { by, ground, why })
}

fn withdrawn() -> ErasureEvent {
    ErasureEvent::Withdrawn(Withdrawn {})
}

fn begun() -> ErasureEvent {
    ErasureEvent::DestructionBegun(DestructionBegun {})
}

fn keys_destroyed() -> ErasureEvent {
    ErasureEvent::KeysDestroyed(KeysDestroyed { keys: [KEY].into() })
}

fn purged() -> ErasureEvent {
    let besides = [("attachments".to_owned(), 1)].into();
    ErasureEvent::Purged(Purged { streams: 3, views: views(), besides })
}

fn certified() -> ErasureEvent {
    ErasureEvent::Certified(Certified { position: 42, root: "ab".repeat(32) })
}

/// Anna's request for Carl, and so many steps of its way to the certificate.
fn after(steps: usize) -> Vec<ErasureEvent> {
    let way = [approved(), begun(), keys_destroyed(), purged(), certified()];
    [requested(Some(ANNA))].into_iter().chain(way.into_iter().take(steps)).collect()
}

/// As Anna, with her second account or without.
fn as_anna(with: PersonId, events: Vec<ErasureEvent>) -> Given<ErasureCommand> {
    given(events).by(with).knowing(facts(free(), &[ANNA, ANNA_TOO]))
}

/// As Ben, who has nothing to do with it.
fn as_ben(events: Vec<ErasureEvent>) -> Given<ErasureCommand> {
    given(events).by(BEN).knowing(facts(free(), &[BEN]))
}
