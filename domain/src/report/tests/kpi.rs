//! Key figures of small stories.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::story::{
    cancel, case, forward, merge, open, opened, pend, plan_x, reopen, resolve, start, stop, t,
};
use crate::kernel::testing::world::{ANNA, BEN, DESK, NETWORK, NORA};
use crate::report::{Case, Group, Grouping, KeyFigures, KpiQuestion, KpiTable, Score};
use crate::sla::{CalendarVersion, Hours};
use crate::ticket::event::Opened;

const DAY: i64 = 86_400;

/// March, the tests' time beginning on its second day, as of some weeks later.
fn march(by: Grouping) -> KpiQuestion {
    KpiQuestion { from: t(-DAY), to: t(30 * DAY), at: t(60 * DAY), unit: None, person: None, by }
}

fn table(question: &KpiQuestion, cases: &[Case]) -> BTreeMap<Group, KeyFigures> {
    let mut table = KpiTable::default();
    let always = BTreeMap::<CalendarVersion, Hours>::new();
    for case in cases {
        table.take(question, case, &always).unwrap();
    }
    table.0
}

/// Solved at once, solved after a forward, solved twice, still open.
fn cases() -> Vec<Case> {
    let with_plan = || (0, open(opened(Some(plan_x()))));
    let without = || (0, open(opened(None)));
    vec![
        case(None, &[with_plan(), (600, start(ANNA)), (4_200, resolve())]),
        case(
            None,
            &[
                without(),
                (100, start(ANNA)),
                (200, forward(Some(NETWORK), [])),
                (300, start(NORA)),
                (1_000, resolve()),
            ],
        ),
        case(
            None,
            &[
                with_plan(),
                (10, start(ANNA)),
                (20, resolve()),
                (40_000, reopen(Some(ANNA))),
                (40_100, resolve()),
            ],
        ),
        case(None, &[without(), (50, start(BEN))]),
    ]
}

#[test]
fn each_figure_counts_what_its_definition_says() {
    let all = table(&march(Grouping::Whole), &cases());
    let figures = &all[&Group::Whole];
    assert_eq!((figures.opened, figures.resolved.tickets), (4, 3));
    assert_eq!(figures.resolved.reaction, Score { met: 2, failed: 0 });
    assert_eq!(figures.resolved.deadline, Score { met: 1, failed: 1 });
    // The deadline clock's seconds where there is a plan, the wall clock's where there is none.
    assert_eq!(figures.resolution_seconds, 4_200 + 1_000 + 40_100);
    assert_eq!(figures.mean_resolution_seconds(), Some(15_100));
    assert_eq!((figures.reassigned, figures.first_contact), (1, 1));
    assert_eq!((figures.resolutions, figures.undone), (4, 1));
    assert_eq!(figures.backlog, [0, 0, 0, 1, 0]);
    let held = 3_600 + 100 + 700 + 10 + 100 + (30 * DAY - 50);
    assert_eq!(figures.handling_seconds, held);
}

#[test]
fn n7_figures_belong_to_the_unit_that_had_the_ticket_and_to_who_did_it() {
    let by_unit = table(&march(Grouping::Unit), &cases());
    let desk = &by_unit[&Group::Unit(Some(DESK))];
    let network = &by_unit[&Group::Unit(Some(NETWORK))];
    assert_eq!((desk.opened, network.opened), (4, 0));
    assert_eq!((desk.resolved.tickets, network.resolved.tickets), (2, 1));
    assert_eq!((desk.reassigned, network.reassigned), (0, 1));
    assert_eq!(network.handling_seconds, 700);
    let by_person = table(&march(Grouping::Person), &cases());
    let of = |person| &by_person[&Group::Person(Some(person))];
    assert_eq!([of(ANNA), of(NORA), of(BEN)].map(|it| it.resolved.tickets), [2, 1, 0]);
    assert_eq!([of(ANNA), of(NORA)].map(|it| it.handling_seconds), [3_600 + 100 + 10 + 100, 700]);
    assert_eq!(of(BEN).backlog, [0, 0, 0, 1, 0]);
    let narrowed = KpiQuestion { unit: Some(NETWORK), ..march(Grouping::Person) };
    let narrowed = table(&narrowed, &cases());
    assert_eq!(narrowed.keys().collect::<Vec<_>>(), [&Group::Person(Some(NORA))]);
    let hers = KpiQuestion { person: Some(ANNA), ..march(Grouping::Whole) };
    assert_eq!(table(&hers, &cases())[&Group::Whole], *of(ANNA));
}

#[test]
fn n7_months_part_what_lasts_and_count_their_own_backlog() {
    let month = |month| Group::Month(NaiveDate::from_ymd_opt(2026, month, 1).unwrap());
    let long = [case(None, &[(29 * DAY, open(opened(None))), (29 * DAY, start(ANNA))])];
    let to_may = KpiQuestion { to: t(90 * DAY), at: t(31 * DAY), ..march(Grouping::Month) };
    let by_month = table(&to_may, &long);
    assert_eq!(by_month.keys().copied().collect::<Vec<_>>(), [month(3), month(4)]);
    assert_eq!(by_month[&month(3)].handling_seconds, DAY);
    assert_eq!(by_month[&month(4)].handling_seconds, DAY);
    // At the end of March it was not yet a day old; April is told as of now.
    assert_eq!(by_month[&month(3)].backlog, [1, 0, 0, 0, 0]);
    assert_eq!(by_month[&month(4)].backlog, [0, 1, 0, 0, 0]);
    assert_eq!((by_month[&month(3)].opened, by_month[&month(4)].opened), (1, 0));
}

#[test]
fn a_backlog_is_told_apart_by_age_and_belongs_to_all_who_have_it() {
    let opened_before = |days: i64| case(None, &[((30 - days) * DAY - 1, open(opened(None)))]);
    let cases: Vec<Case> = [0, 1, 3, 7, 30, 400].map(opened_before).into();
    let all = table(&march(Grouping::Whole), &cases);
    assert_eq!(all[&Group::Whole].backlog, [1, 1, 1, 1, 2]);
    let shared = Opened { assignees: [ANNA, BEN].into(), ..opened(None) };
    let shared = [case(None, &[(0, open(shared)), (5, pend())])];
    let by_person = table(&march(Grouping::Person), &shared);
    for person in [ANNA, BEN] {
        assert_eq!(by_person[&Group::Person(Some(person))].backlog.iter().sum::<u64>(), 1);
    }
    assert_eq!(table(&march(Grouping::Whole), &shared)[&Group::Whole].backlog[3], 1);
}

#[test]
fn first_contact_needs_one_person_one_unit_and_no_reopening() {
    let first = |story: &[_]| {
        let whole = [&[(0, open(opened(None)))][..], story].concat();
        table(&march(Grouping::Whole), &[case(None, &whole)])[&Group::Whole].first_contact
    };
    assert_eq!(first(&[(1, start(ANNA)), (2, stop(ANNA)), (3, start(ANNA)), (4, resolve())]), 1);
    assert_eq!(first(&[(1, start(ANNA)), (2, stop(ANNA)), (3, start(BEN)), (4, resolve())]), 0);
    let again = [(1, start(ANNA)), (2, resolve()), (3, reopen(Some(ANNA))), (4, resolve())];
    assert_eq!(first(&again), 0);
}

#[test]
fn n6_what_was_merged_counts_nowhere_and_what_was_cancelled_was_opened() {
    let gone = |event| [case(None, &[(0, open(opened(None))), (5, start(ANNA)), (9, event)])];
    assert!(table(&march(Grouping::Whole), &gone(merge())).is_empty());
    let cancelled = &table(&march(Grouping::Whole), &gone(cancel()))[&Group::Whole];
    assert_eq!((cancelled.opened, cancelled.resolved.tickets), (1, 0));
    assert_eq!((cancelled.backlog, cancelled.handling_seconds), ([0; 5], 4));
}
