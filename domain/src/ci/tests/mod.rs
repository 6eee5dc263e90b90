//! M1 to M6; M7 and M8 stand beside.

mod looking;
mod retire;

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use crate::ci::command::{Correct, Register, Relate, Revert, Unrelate};
use crate::ci::event::{Bond, Correction};
use crate::ci::{Ci, CiCommand, CiEvent, CiRefusal, Link, Origin};
use crate::cmdb::testing::{
    DEMO, FUNCTIONAL, GONE, NO_CLASS, NO_ITEM, PERSON, SERVER, SOFTWARE, SRV1, SRV2, facts,
};
use crate::cmdb::{Datum, Kind, NAMED_MAX, Stored, ValueFault};
use crate::kernel::testing::{self, Outcome, cases};
use crate::kernel::text::TextFault;
use crate::kernel::{CiClassId, CiId, ClaimChange, ClaimKey, Command, Personal};

const NEW: CiId = CiId(Uuid::from_u128(0x81));

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

fn reference(id: CiId) -> Datum {
    text(&id.to_string())
}

fn agent() -> Origin {
    Origin { name: "agent".to_owned(), rank: 100 }
}

fn attributes<const N: usize>(said: [(&str, Datum); N]) -> BTreeMap<String, Datum> {
    said.map(|(name, value)| (name.to_owned(), value)).into()
}

fn register<const N: usize>(class: CiClassId, said: [(&str, Datum); N]) -> Register {
    Register {
        id: NEW,
        class,
        attributes: attributes(said),
        relations: Vec::new(),
        origin: Origin::manual(),
    }
}

fn link(relation: &str, to: CiId) -> Link {
    Link { relation: relation.to_owned(), to }
}

fn when(events: &[CiEvent], command: CiCommand) -> Outcome<CiCommand> {
    testing::given(events.to_vec()).knowing(facts()).when(command)
}

fn registered(register: Register) -> Vec<CiEvent> {
    let command = CiCommand::Register(Box::new(register));
    let mut context = testing::context(testing::world::ANNA);
    context.facts = facts();
    command.decide(&Ci::default(), &context).unwrap()
}

fn server() -> Vec<CiEvent> {
    registered(register(SERVER, [("name", text("srv9")), ("cpu", Datum::Integer(4))]))
}

fn correct(said: &[(&str, Option<Datum>)], origin: Origin) -> CiCommand {
    let attributes = said.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    CiCommand::Correct(Box::new(Correct { id: NEW, attributes, origin }))
}

fn refuse(register: Register) -> CiRefusal {
    when(&[], CiCommand::Register(Box::new(register))).refusal()
}

fn keys(events: &[CiEvent]) -> Vec<ClaimKey> {
    let mut state = Ci::default();
    events.iter().cloned().for_each(|event| state.evolve(event));
    state.identities()
}

#[test]
fn m1_an_item_has_what_its_class_says_and_nothing_else() {
    let CiEvent::Registered(e) = &server()[0] else { panic!("registered") };
    assert_eq!(e.values["status"], Stored::Plain(text("production")));
    let named = || ("name", text("x"));
    assert_eq!(refuse(register(NO_CLASS, [named()])), CiRefusal::OfNoClass { class: NO_CLASS });
    let class = "FunctionalCI".to_owned();
    assert_eq!(refuse(register(FUNCTIONAL, [named()])), CiRefusal::OfAbstractClass { class });
    let attribute = "name".to_owned();
    assert_eq!(refuse(register(SERVER, [])), CiRefusal::AttributeMissing { attribute });
    let unknown = refuse(register(SERVER, [named(), ("colour", text("red"))]));
    let (class, attribute) = ("Server".to_owned(), "colour".to_owned());
    assert_eq!(unknown, CiRefusal::AttributeUnknown { class, attribute });
    let unfit = refuse(register(SERVER, [named(), ("cpu", text("four"))]));
    let fault = ValueFault::Kind(Kind::Integer);
    assert_eq!(unfit, CiRefusal::ValueUnfit { attribute: "cpu".to_owned(), fault });
    for (name, fault) in [
        ("é".repeat(NAMED_MAX + 1), TextFault::TooLong(NAMED_MAX)),
        ("srv\n9".to_owned(), TextFault::Control),
    ] {
        let unfit = refuse(register(SERVER, [("name", Datum::Text(name))]));
        let (attribute, fault) = ("name".to_owned(), ValueFault::Text(fault));
        assert_eq!(unfit, CiRefusal::ValueUnfit { attribute, fault });
    }
    let twice = CiCommand::Register(Box::new(register(SERVER, [named()])));
    when(&server(), twice).refused(CiRefusal::Registered);
}

#[test]
fn m2_an_identity_follows_what_it_is_made_of() {
    let plain = |text: &str| ClaimKey::Plain(text.to_owned());
    assert_eq!(keys(&server()), [plain(&format!("{SERVER}/0/4:srv9/0:"))]);
    let owned = [("name", text("SRV9")), ("organization", reference(DEMO))];
    let owned = registered(register(SERVER, owned));
    assert_eq!(keys(&owned), [plain(&format!("{SERVER}/0/4:srv9/36:{DEMO}"))]);
    let on = |to| {
        let software = register(SOFTWARE, [("name", text("db"))]);
        registered(Register { relations: vec![link("runs_on", to)], ..software })
    };
    assert_ne!(keys(&on(SRV1)), keys(&on(SRV2)));
    let moved = CiEvent::Unrelated(Bond {
        relation: "runs_on".to_owned(),
        to: SRV1,
        origin: Origin::manual(),
    });
    let mut state = Ci::default();
    on(SRV1).into_iter().for_each(|event| state.evolve(event));
    let changes = CiCommand::claims(&state, &moved);
    assert!(matches!(changes[..], [ClaimChange::Release { .. }, ClaimChange::Hold { .. }]));
}

#[test]
fn m2_what_tells_of_a_person_is_no_plain_key() {
    let person = registered(register(PERSON, [("name", text("Doe"))]));
    assert!(matches!(keys(&person)[..], [ClaimKey::Personal(_)]));
    let CiEvent::Registered(e) = &person[0] else { panic!("registered") };
    assert!(matches!(e.values["name"], Stored::Personal(Personal::Clear { .. })));
}

#[test]
fn m3_the_lowest_rank_counts_and_every_source_is_heard() {
    let said = correct(&[("cpu", Some(Datum::Integer(8)))], agent());
    let heard = Correction {
        attribute: "cpu".to_owned(),
        origin: agent(),
        given: Some(Stored::Plain(Datum::Integer(8))),
        from: Some(Stored::Plain(Datum::Integer(4))),
        to: Some(Stored::Plain(Datum::Integer(4))),
    };
    let after = when(&server(), said.clone()).then([CiEvent::Corrected(heard.clone())]).state();
    assert_eq!(after.0.as_ref().unwrap().counts("cpu").unwrap().0, Origin::MANUAL);
    let mut events = server();
    events.push(CiEvent::Corrected(heard));
    when(&events, said).nothing();
    let back = correct(&[("cpu", None)], Origin::manual());
    let after = when(&events, back).state();
    assert_eq!(after.0.unwrap().values()["cpu"], Datum::Integer(8));
}

#[test]
fn m3_names_status_and_owner_have_events_of_their_own() {
    let said = [
        ("name", Some(text("srv10"))),
        ("organization", Some(reference(DEMO))),
        ("status", Some(text("obsolete"))),
        ("cpu", Some(Datum::Integer(5))),
    ];
    let decided = when(&server(), correct(&said, Origin::manual()));
    let state = decided.state().0.unwrap();
    assert_eq!(state.values()["status"], text("obsolete"));
    let kinds: Vec<&str> = {
        let mut cx = testing::context(testing::world::ANNA);
        cx.facts = facts();
        let mut before = Ci::default();
        server().into_iter().for_each(|event| before.evolve(event));
        let events = correct(&said, Origin::manual()).decide(&before, &cx).unwrap();
        events.iter().map(Into::into).collect()
    };
    assert_eq!(kinds, ["ci.corrected", "ci.renamed", "ci.ownership_moved", "ci.status_moved"]);
}

#[test]
fn m4_a_source_takes_back_what_it_said_but_not_what_is_required() {
    let mut events = server();
    let said = correct(&[("cpu", Some(Datum::Integer(8))), ("name", Some(text("x")))], agent());
    let mut context = testing::context(testing::world::ANNA);
    context.facts = facts();
    let mut state = Ci::default();
    events.iter().cloned().for_each(|event| state.evolve(event));
    events.extend(said.decide(&state, &context).unwrap());
    let reverted = when(&events, CiCommand::Revert(Revert { source: "agent".to_owned() })).state();
    let mut plain = Ci::default();
    server().into_iter().for_each(|event| plain.evolve(event));
    assert_eq!(reverted, plain);
    let revert = CiCommand::Revert(Revert { source: Origin::MANUAL.to_owned() });
    let attribute = "name".to_owned();
    when(&server(), revert).refused(CiRefusal::AttributeMissing { attribute });
    let revert = CiCommand::Revert(Revert { source: "nobody".to_owned() });
    when(&server(), revert).nothing();
}

#[test]
fn m5_references_and_relations_go_to_active_items_of_their_class() {
    let owner = |to| register(SERVER, [("name", text("x")), ("organization", reference(to))]);
    for item in [SRV1, NO_ITEM] {
        let attribute = "organization".to_owned();
        assert_eq!(refuse(owner(item)), CiRefusal::ReferenceUnfit { attribute, item });
    }
    let twins = Datum::List(vec![reference(SRV1), reference(GONE)]);
    let attribute = "twins".to_owned();
    assert_eq!(
        refuse(register(SERVER, [("name", text("x")), ("twins", twins)])),
        CiRefusal::ReferenceUnfit { attribute, item: GONE }
    );
    let db = || registered(register(SOFTWARE, [("name", text("db"))]));
    let relate = |relation: &str, to| {
        let relation = relation.to_owned();
        CiCommand::Relate(Relate { relation, to, origin: Origin::manual() })
    };
    let relation = "runs_on".to_owned();
    when(&db(), relate("runs_on", GONE))
        .refused(CiRefusal::TargetUnfit { relation: relation.clone(), item: GONE });
    when(&db(), relate("runs_on", DEMO))
        .refused(CiRefusal::TargetUnfit { relation: relation.clone(), item: DEMO });
    let class = "SoftwareInstance".to_owned();
    when(&db(), relate("likes", SRV1))
        .refused(CiRefusal::RelationUnknown { class, relation: "likes".to_owned() });
    let bond = Bond { relation: relation.clone(), to: SRV1, origin: Origin::manual() };
    let mut events = db();
    events.push(CiEvent::Related(bond));
    when(&events, relate("runs_on", SRV1)).nothing();
    when(&events, relate("runs_on", SRV2))
        .refused(CiRefusal::OverCardinality { relation: relation.clone(), item: SRV1 });
    let unrelate = |to| {
        let relation = relation.clone();
        CiCommand::Unrelate(Unrelate { relation, to, origin: Origin::manual() })
    };
    when(&events, unrelate(SRV1)).acts();
    when(&events, unrelate(SRV2))
        .refused(CiRefusal::NotRelated { relation: relation.clone(), item: SRV2 });
    let both = Register {
        relations: vec![link("runs_on", SRV1), link("runs_on", SRV2)],
        ..register(SOFTWARE, [("name", text("db"))])
    };
    assert_eq!(refuse(both), CiRefusal::OverCardinality { relation, item: SRV2 });
}

proptest! {
    #![proptest_config(cases())]

    /// Whatever sources say in whatever order, what counts is what the lowest of them said last.
    #[test]
    fn what_counts_is_the_lowest_ranks_last_word(
        said in prop::collection::vec((0u16..4, prop::option::of(0i64..3)), 1..20)
    ) {
        let mut context = testing::context(testing::world::ANNA);
        context.facts = facts();
        let mut state = Ci::default();
        server().into_iter().for_each(|event| state.evolve(event));
        let mut last: BTreeMap<u16, i64> = [(0, 4)].into();
        for (rank, value) in said {
            match value {
                Some(value) => last.insert(rank, value),
                None => last.remove(&rank),
            };
            let name = if rank == 0 { Origin::MANUAL.to_owned() } else { format!("s{rank}") };
            let said = [("cpu", value.map(Datum::Integer))];
            let before = state.0.as_ref().unwrap().value("cpu").cloned();
            for event in correct(&said, Origin { name, rank }).decide(&state, &context).unwrap() {
                prop_assert_eq!(&event.correction().unwrap().from, &before);
                let to = event.correction().unwrap().to.clone();
                state.evolve(event);
                prop_assert_eq!(state.0.as_ref().unwrap().value("cpu").cloned(), to);
            }
            let counts = state.0.as_ref().unwrap().values().get("cpu").cloned();
            prop_assert_eq!(counts, last.values().next().map(|value| Datum::Integer(*value)));
        }
    }
}
