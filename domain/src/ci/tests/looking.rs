//! M7, M8

use super::{NEW, agent, correct, register, registered, text, when};
use crate::ci::command::{FindAgain, Liken, Miss, TellApart};
use crate::ci::event::{Correction, FoundAgain, Likened, Missed, ToldApart};
use crate::ci::{CiCommand, CiEvent, CiRefusal};
use crate::cmdb::testing::{GONE, NO_ITEM, SERVER, SRV1, SRV2};
use crate::cmdb::{Datum, Stored};
use crate::kernel::CiId;
use crate::kernel::testing::world;

/// A server of which the agent and people say something.
fn server() -> Vec<CiEvent> {
    let mut events = registered(register(SERVER, [("name", text("srv9"))]));
    let cpu = Some(Stored::Plain(Datum::Integer(4)));
    events.push(CiEvent::Corrected(Correction {
        attribute: "cpu".to_owned(),
        origin: agent(),
        given: cpu.clone(),
        from: None,
        to: cpu,
    }));
    events
}

fn miss(source: &str) -> CiCommand {
    CiCommand::Miss(Miss { source: source.to_owned() })
}

fn missed() -> CiEvent {
    CiEvent::Missed(Missed { source: agent().name, since: world::noon() })
}

fn found() -> CiEvent {
    CiEvent::FoundAgain(FoundAgain { source: agent().name })
}

fn liken(other: CiId) -> CiCommand {
    CiCommand::Liken(Liken { id: NEW, other, source: agent().name })
}

fn tell_apart(other: CiId) -> CiCommand {
    CiCommand::TellApart(TellApart { id: NEW, other })
}

#[test]
fn m7_a_source_misses_what_it_knows_once_and_finds_it_again() {
    when(&server(), miss("agent")).then([missed()]);
    when(&server(), miss("scanner")).nothing();
    let mut events = server();
    events.push(missed());
    when(&events, miss("agent")).nothing();
    let find = || CiCommand::FindAgain(FindAgain { source: agent().name });
    when(&events, find()).then([found()]);
    when(&server(), find()).nothing();
    // Whatever it says, what was known too.
    when(&events, correct(&[("cpu", Some(Datum::Integer(4)))], agent())).then([found()]);
    let state = when(&events, find()).state();
    assert!(state.0.unwrap().missing.is_empty());
}

#[test]
fn m7_a_source_that_says_nothing_any_more_misses_nothing() {
    let mut events = server();
    events.push(missed());
    let revert = CiCommand::Revert(crate::ci::command::Revert { source: agent().name });
    assert!(when(&events, revert).state().0.unwrap().missing.is_empty());
}

#[test]
fn m8_two_items_look_alike_until_they_are_told_apart() {
    let likened = || CiEvent::Likened(Likened { other: SRV1, source: agent().name });
    let apart = || CiEvent::ToldApart(ToldApart { other: SRV1 });
    when(&server(), liken(SRV1)).then([likened()]);
    let mut events = server();
    events.push(likened());
    when(&events, liken(SRV1)).nothing();
    when(&events, liken(SRV2)).acts();
    when(&events, tell_apart(SRV1)).then([apart()]);
    events.push(apart());
    when(&events, liken(SRV1)).nothing();
    when(&events, tell_apart(SRV1)).nothing();
    for item in [NEW, GONE, NO_ITEM] {
        when(&server(), liken(item)).refused(CiRefusal::PairUnfit { item });
        when(&server(), tell_apart(item)).refused(CiRefusal::PairUnfit { item });
    }
}

#[test]
fn m8_there_are_bounds_to_likeness() {
    let id = |nr: u128| CiId(uuid::Uuid::from_u128(0x1000 + nr));
    let mut events = server();
    events.extend((0..100).map(|nr| CiEvent::ToldApart(ToldApart { other: id(nr) })));
    when(&events, tell_apart(SRV1)).refused(CiRefusal::TooManyPairs);
    let alike = |nr| CiEvent::Likened(Likened { other: id(nr), source: agent().name });
    let mut events = server();
    events.extend((0..100).map(alike));
    when(&events, liken(SRV1)).nothing();
}
