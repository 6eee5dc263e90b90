//! Laws of any calendar, whatever is typed.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::date;
use crate::calendar::command::{Define, ImportHolidays};
use crate::calendar::{
    Calendar, CalendarCommand, ExtraDraft, HoursDraft, OpeningHours, Weekday, WeeklyDraft,
};
use crate::kernel::Command;
use crate::kernel::testing::world::ANNA;
use crate::kernel::testing::{cases, context};

fn weekday() -> impl Strategy<Value = Weekday> {
    prop::sample::select(vec![Weekday::Monday, Weekday::Tuesday, Weekday::Sunday])
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..6).prop_map(|days| date("2026-12-24") + Days::new(days))
}

/// Mostly a time in the first half of the day, or the second.
fn time(hours: std::ops::Range<u32>) -> impl Strategy<Value = String> {
    let good = (hours, 0_u32..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
    prop_oneof![20 => good, 1 => Just("24:00".to_owned()), 1 => "[0-9:]{0,6}"]
}

fn draft() -> impl Strategy<Value = HoursDraft> {
    let zone = prop::sample::select(vec!["UTC", "Europe/Berlin", "Asia/Kathmandu"]);
    let weekly = (weekday(), time(0..12), time(12..24))
        .prop_map(|(weekday, opens, closes)| WeeklyDraft { weekday, opens, closes });
    let extra = (day(), time(0..12), time(12..24)).prop_map(|(date, opens, closes)| ExtraDraft {
        date,
        opens,
        closes,
    });
    let few = 0..3_usize;
    (
        zone,
        prop::collection::vec(weekly, few.clone()),
        prop::collection::btree_set(day(), few.clone()),
        prop::collection::vec(extra, few),
    )
        .prop_map(|(zone, weekly, holidays, extra_days)| HoursDraft {
            zone: zone.to_owned(),
            weekly,
            holidays: holidays.into_iter().collect(),
            extra_days,
        })
}

fn any_command() -> impl Strategy<Value = CalendarCommand> {
    let name = prop::sample::select(vec!["Office", "office ", "Desk", ""]);
    let define = (name, draft()).prop_map(|(name, hours)| {
        CalendarCommand::Define(Box::new(Define { name: name.to_owned(), hours }))
    });
    let import = prop::collection::btree_set(day(), 0..3)
        .prop_map(|dates| CalendarCommand::ImportHolidays(ImportHolidays { dates }));
    prop_oneof![2 => define, 1 => import]
}

/// The same, typed as it is stored.
fn retyped(hours: &OpeningHours) -> HoursDraft {
    let weekly = hours.weekly.iter().map(|it| WeeklyDraft {
        weekday: it.weekday,
        opens: it.opens.to_string(),
        closes: it.closes.to_string(),
    });
    let extra = hours.extra_days.iter().map(|it| ExtraDraft {
        date: it.date,
        opens: it.opens.to_string(),
        closes: it.closes.to_string(),
    });
    HoursDraft {
        zone: hours.zone.name().to_owned(),
        weekly: weekly.collect(),
        holidays: hours.holidays.iter().copied().collect(),
        extra_days: extra.collect(),
    }
}

fn is_in_order(hours: &OpeningHours) -> bool {
    let weekly = hours.weekly.windows(2).all(|two| {
        two[0].weekday < two[1].weekday
            || (two[0].weekday == two[1].weekday && two[0].closes <= two[1].opens)
    });
    let extra = hours.extra_days.windows(2).all(|two| {
        two[0].date < two[1].date || (two[0].date == two[1].date && two[0].closes <= two[1].opens)
    });
    weekly && extra && hours.weekly.iter().all(|it| it.opens < it.closes)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn h1_h2_h3_any_history_is_of_versions_that_make_sense(
        commands in prop::collection::vec(any_command(), 0..12)
    ) {
        let mut calendar = Calendar::default();
        let mut version = 0;
        for command in commands {
            let Ok(events) = command.clone().decide(&calendar, &context(ANNA)) else { continue };
            for event in events {
                calendar.evolve(event);
                version += 1;
            }
            let Some(body) = calendar.0.as_deref() else { continue };
            prop_assert_eq!(body.version, version);
            prop_assert!(is_in_order(&body.hours), "{:?}", body.hours);
            prop_assert_eq!(retyped(&body.hours).fit(), Ok(body.hours.clone()));
            prop_assert_eq!(command.decide(&calendar, &context(ANNA)), Ok(vec![]), "so already");
            let stored = serde_json::to_value(&body.hours).unwrap();
            prop_assert_eq!(&serde_json::from_value::<OpeningHours>(stored).unwrap(), &body.hours);
        }
    }
}
