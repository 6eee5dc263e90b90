//! Y1 to Y5

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::command::{Define, Record};
use super::event::{Definition, Run};
use super::{
    OnMany, OnMissing, OnNone, OnOne, SyncSource, SyncSourceCommand, SyncSourceEvent,
    SyncSourceRefusal,
};
use crate::cmdb::testing::facts;
use crate::kernel::testing::{self, Outcome, cases};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn agent() -> Definition {
    Definition {
        name: "Agent".to_owned(),
        rank: 100,
        on_none: OnNone::Create,
        on_one: OnOne::Update,
        on_many: OnMany::Queue,
        on_missing: OnMissing::Retire,
        retire_after_days: Some(30),
        owned: owned([("Server", &["cpu", "name"])]),
    }
}

fn owned<const N: usize>(
    said: [(&str, &[&str]); N],
) -> BTreeMap<String, std::collections::BTreeSet<String>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    said.map(|(class, attributes)| (class.to_owned(), texts(attributes))).into()
}

fn when(events: &[SyncSourceEvent], definition: Definition) -> Outcome<SyncSourceCommand> {
    let define = SyncSourceCommand::Define(Box::new(Define { definition }));
    testing::given(events.to_vec()).knowing(facts()).when(define)
}

fn defined(definition: Definition) -> SyncSourceEvent {
    SyncSourceEvent::Defined(Box::new(definition))
}

#[test]
fn y1_a_source_is_defined_as_a_whole_under_a_name_that_stays() {
    let typed = Definition { name: " Agent ".to_owned(), ..agent() };
    when(&[], typed.clone()).then([defined(agent())]);
    when(&[defined(agent())], typed).nothing();
    let changed = Definition { rank: 5, owned: BTreeMap::new(), ..agent() };
    when(&[defined(agent())], changed.clone()).then([defined(changed)]);
    for name in ["Manual", "import"] {
        let reserved = Definition { name: name.to_owned(), ..agent() };
        when(&[], reserved).refused(SyncSourceRefusal::NameReserved);
    }
    let unnamed = Definition { name: " ".to_owned(), ..agent() };
    when(&[], unnamed).refused(SyncSourceRefusal::NameUnfit(TextFault::Empty));
    let renamed = Definition { name: "agent".to_owned(), ..agent() };
    when(&[defined(agent())], renamed).refused(SyncSourceRefusal::NameFixed);
    let claims = SyncSourceCommand::claims(&SyncSource::default(), &defined(agent()));
    let key = ClaimKey::of_name("Agent");
    assert_eq!(claims, [ClaimChange::Hold { scope: "sync_source.name", key }]);
}

#[test]
fn y3_days_are_said_if_missing_items_are_retired_alone() {
    for (on_missing, retire_after_days) in [
        (OnMissing::Retire, None),
        (OnMissing::Retire, Some(3_651)),
        (OnMissing::Flag, Some(1)),
        (OnMissing::Ignore, Some(0)),
    ] {
        let unfit = Definition { on_missing, retire_after_days, ..agent() };
        when(&[], unfit).refused(SyncSourceRefusal::DaysUnfit);
    }
    for (on_missing, retire_after_days) in [
        (OnMissing::Retire, Some(0)),
        (OnMissing::Retire, Some(3_650)),
        (OnMissing::Flag, None),
        (OnMissing::Ignore, None),
    ] {
        when(&[], Definition { on_missing, retire_after_days, ..agent() }).acts();
    }
}

#[test]
fn y4_what_it_may_say_is_named_by_classes_and_attributes_that_are_there() {
    let typed = Definition { owned: owned([("server", &["cpu", "name"])]), ..agent() };
    when(&[], typed).then([defined(agent())]);
    let class = "Toaster".to_owned();
    let unknown = Definition { owned: owned([("Toaster", &[])]), ..agent() };
    when(&[], unknown).refused(SyncSourceRefusal::ClassUnknown { class });
    let (class, attribute) = ("Server".to_owned(), "slots".to_owned());
    let unknown = Definition { owned: owned([("SERVER", &["cpu", "slots"])]), ..agent() };
    when(&[], unknown).refused(SyncSourceRefusal::AttributeUnknown { class, attribute });
    let many = (0..201).map(|nr| (format!("Server{nr}"), Default::default())).collect();
    when(&[], Definition { owned: many, ..agent() }).refused(SyncSourceRefusal::TooManyClasses);
}

#[test]
fn y5_runs_are_recorded_each_by_nobody() {
    let run = Run { complete: true, new: 3, changed: 1, missing: 2, ..Run::default() };
    let record = SyncSourceCommand::Record(Record { run });
    let given = |events: &[SyncSourceEvent]| testing::given(events.to_vec());
    let ran = SyncSourceEvent::Ran(run);
    given(&[defined(agent()), ran.clone()]).by_nobody().when(record.clone()).then([ran]);
    given(&[defined(agent())]).when(record.clone()).refused(SyncSourceRefusal::NotByPeople);
    given(&[]).by_nobody().when(record).refused(SyncSourceRefusal::NotFound);
}

proptest! {
    #![proptest_config(cases())]

    /// Y2: whatever is said, what is stored is within its bounds, and said again changes nothing.
    #[test]
    fn what_is_stored_is_within_its_bounds(rank in 0u16..1_100, days in prop::option::of(0u16..4_000)) {
        let wanted = Definition { rank, retire_after_days: days, ..agent() };
        let mut context = testing::context(testing::world::ANNA);
        context.facts = facts();
        let define = |definition| SyncSourceCommand::Define(Box::new(Define { definition }));
        let decided = define(wanted.clone()).decide(&SyncSource::default(), &context);
        let fits = (1..=999).contains(&rank) && days.is_some_and(|days| days <= 3_650);
        prop_assert_eq!(decided.is_ok(), fits);
        if let Ok(events) = decided {
            let mut state = SyncSource::default();
            events.into_iter().for_each(|event| state.evolve(event));
            prop_assert_eq!(&state.body().unwrap().definition, &wanted);
            prop_assert_eq!(define(wanted).decide(&state, &context), Ok(vec![]));
        }
    }
}
