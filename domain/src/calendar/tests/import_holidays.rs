//! H5, H6

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{date, defined, defined_as, given, stored};
use crate::calendar::command::ImportHolidays;
use crate::calendar::refusal::{List, Place};
use crate::calendar::{CalendarCommand, CalendarRefusal, OpeningHours};

fn import(dates: impl IntoIterator<Item = NaiveDate>) -> CalendarCommand {
    CalendarCommand::ImportHolidays(ImportHolidays { dates: dates.into_iter().collect() })
}

/// So many days from that one on.
fn days_from(first: &str, count: u64) -> BTreeSet<NaiveDate> {
    (0..count).map(|day| date(first) + Days::new(day)).collect()
}

#[test]
fn h6_imported_holidays_are_added() {
    let dates = [date("2027-01-01"), date("2026-01-01")];
    let holidays = [date("2026-01-01"), date("2026-12-25"), date("2027-01-01")].into();
    let expected = defined_as("Office", OpeningHours { holidays, ..stored() });
    let calendar = given([defined()]).when(import(dates)).then([expected]).state();
    assert_eq!(calendar.body().unwrap().version, 2);
}

#[test]
fn h6_nothing_new_changes_nothing() {
    given([defined()]).when(import([date("2026-01-01")])).nothing();
    given([defined()]).when(import([])).nothing();
    given([]).when(import([])).refused(CalendarRefusal::NotFound);
}

#[test]
fn h5_the_dates_are_few_and_of_known_years() {
    // Two there are already.
    given([defined()]).when(import(days_from("2030-01-01", 1_998))).acts();
    let many = CalendarRefusal::TooMany { list: List::Holidays, max: 2_000 };
    given([defined()]).when(import(days_from("2030-01-01", 1_999))).refused(many.clone());
    given([defined()]).when(import(days_from("2030-01-01", 2_001))).refused(many);
    let place = Place { list: List::Holidays, index: 1, part: None };
    let late = import([date("2030-01-01"), date("2200-01-01")]);
    given([defined()]).when(late).refused(CalendarRefusal::DateUnfit(place));
}
