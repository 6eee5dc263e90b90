//! O1, O2

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{given, named};
use crate::baseline::command::{Moment, NAMES, Name};
use crate::baseline::event::Named;
use crate::baseline::{Baseline, BaselineCommand, BaselineEvent, BaselineRefusal};
use crate::kernel::testing::world::{ANNA, noon};
use crate::kernel::testing::{cases, context};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, DataSubject, Personal};

fn name(name: &str, moment: Moment, note: Option<&str>) -> BaselineCommand {
    BaselineCommand::Name(Name { name: name.to_owned(), moment, note: note.map(str::to_owned) })
}

fn at(position: i64) -> BaselineEvent {
    let name = "Before the move".to_owned();
    BaselineEvent::Named(Named { name, position: Some(position), note: None })
}

#[test]
fn o1_a_baseline_is_named_once_and_may_say_what_it_is_for() {
    let here = |it: &str, note| name(it, Moment::Here, note);
    given([]).when(here(" Before the move ", None)).then([named("Before the move")]);
    let note = Personal::of(DataSubject::Person(ANNA), "New racks.".to_owned());
    let noted = Named { name: "Racks".to_owned(), position: None, note: Some(note) };
    given([]).when(here("Racks", Some(" New racks. "))).then([BaselineEvent::Named(noted)]);
    given([named("A")]).when(here("B", None)).refused(BaselineRefusal::Exists);
    for (it, fault) in [
        (" ".to_owned(), TextFault::Empty),
        ("x".repeat(101), TextFault::TooLong(100)),
        ("a\nb".to_owned(), TextFault::Control),
    ] {
        given([]).when(here(&it, None)).refused(BaselineRefusal::NameUnfit(fault));
    }
    let long = "x".repeat(2_001);
    let unfit = BaselineRefusal::NoteUnfit(TextFault::TooLong(2_000));
    given([]).when(here("A", Some(&long))).refused(unfit);
    given([]).when(here("A", Some(" "))).refused(BaselineRefusal::NoteUnfit(TextFault::Empty));
}

#[test]
fn o1_its_name_is_its_own_whatever_its_case() {
    let claims = BaselineCommand::claims(&Baseline::default(), &named("Before"));
    let key = ClaimKey::of_name("BEFORE");
    assert_eq!(claims, [ClaimChange::Hold { scope: NAMES, key }]);
}

#[test]
fn o2_it_is_a_moment_that_has_been() {
    let when = |moment| given([]).when(name("Before the move", moment, None));
    for position in [0, 7, 8] {
        when(Moment::After { position, head: 8 }).then([at(position)]);
    }
    for position in [-1, 9, i64::MAX] {
        when(Moment::After { position, head: 8 }).refused(BaselineRefusal::MomentUnfit);
    }
    when(Moment::At { instant: noon(), position: 5 }).then([at(5)]);
    let later = noon() + TimeDelta::microseconds(1);
    when(Moment::At { instant: later, position: 5 }).refused(BaselineRefusal::MomentUnfit);
}

proptest! {
    #![proptest_config(cases())]

    /// O2: whatever is said, what is stored has been.
    #[test]
    fn what_is_stored_is_within_the_log(position in -5i64..20, head in 0i64..10) {
        let moment = Moment::After { position, head };
        let decided = name("A", moment, None).decide(&Baseline::default(), &context(ANNA));
        let fits = (0..=head).contains(&position);
        prop_assert_eq!(decided.is_ok(), fits);
        if let Ok(events) = decided {
            let mut state = Baseline::default();
            events.into_iter().for_each(|event| state.evolve(event));
            prop_assert_eq!(state.body().unwrap().position, Some(position));
        }
    }
}
