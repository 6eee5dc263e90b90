//! P11

use chrono::{NaiveDate, TimeDelta};

use super::{an_agent, given, is_for_staff, needs_somebody};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS, NOBODY, NORA, noon};
use crate::kernel::{PersonId, Refusal};
use crate::person::command::AppointDeputy;
use crate::person::event::DeputyAppointed;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn day(days: i64) -> NaiveDate {
    noon().date_naive() + TimeDelta::days(days)
}

fn appoint(deputy: PersonId, from: NaiveDate, until: NaiveDate) -> PersonCommand {
    PersonCommand::AppointDeputy(AppointDeputy { person: ANNA, deputy, from, until })
}

fn appointed(deputy: PersonId, from: NaiveDate, until: NaiveDate) -> PersonEvent {
    PersonEvent::DeputyAppointed(DeputyAppointed { deputy, from, until })
}

#[test]
fn p11_another_member_of_staff_stands_in_instead_of_whoever_did() {
    let first = appointed(BEN, day(1), day(9));
    given(an_agent()).when(appoint(BEN, day(1), day(9))).then([first.clone()]);
    let history = [an_agent(), vec![first]].concat();
    given(history.clone()).when(appoint(BEN, day(1), day(9))).nothing();
    let other = appointed(NORA, day(1), day(1));
    let person = given(history).when(appoint(NORA, day(1), day(1))).then([other]).state();
    assert_eq!(person.body().unwrap().deputy.map(|deputy| deputy.person), Some(NORA));
    needs_somebody(appoint(BEN, day(1), day(9)));
    is_for_staff(appoint(BEN, day(1), day(9)));
}

#[test]
fn p11_nobody_stands_in_for_themselves_and_only_active_staff_do() {
    for deputy in [ANNA, GUS, CLEO, NOBODY] {
        let command = appoint(deputy, day(1), day(9));
        given(an_agent()).when(command).refused(PersonRefusal::DeputyUnfit);
    }
}

#[test]
fn p11_for_at_most_366_days_on_end() {
    given(an_agent()).when(appoint(BEN, day(1), day(366))).acts();
    for (from, until) in [(day(1), day(367)), (day(1), day(0))] {
        given(an_agent()).when(appoint(BEN, from, until)).refused(PersonRefusal::PeriodUnfit);
    }
    assert_eq!(PersonRefusal::PeriodUnfit.field(), Some("until"));
    let far = |field| PersonRefusal::DateFar { field };
    let extremes = (NaiveDate::MIN, NaiveDate::MAX);
    given(an_agent()).when(appoint(BEN, extremes.0, day(1))).refused(far("from"));
    given(an_agent()).when(appoint(BEN, day(1), extremes.1)).refused(far("until"));
}
