//! The traps other products fell into, as far as they concern clocks; one test each.

use super::hours::{Known, TestHours};
use super::{Act, after, at, known, pausing, story, t, terms, under, used, within};
use crate::sla::stopwatch::{ClockState, Course, Excluded};
use crate::sla::terms::{ChangePolicy, ClockKind, PauseState, Terms};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Monday to Friday, 9 to 17, of the first two weeks.
fn office() -> TestHours {
    let days = (0..14).filter(|day| day % 7 < 5);
    TestHours::Listed(days.map(|day| (day * DAY + 9 * HOUR, day * DAY + 17 * HOUR)).collect())
}

fn paused() -> [PauseState; 1] {
    [PauseState::Pending]
}

fn deadline(course: &Course, seconds: i64, known: &Known) -> i64 {
    course.at(t(seconds), known).unwrap().deadline.used_seconds
}

/// Which thresholds of a clock were told of when.
fn told(course: &Course, clock: ClockKind) -> Vec<(u16, u32, i64)> {
    let all = course.timers(1, &Known::default()).unwrap();
    let own = all.into_iter().filter(|timer| timer.clock == clock);
    own.map(|timer| (timer.percent, timer.cycle, after(timer.at))).collect()
}

#[test]
fn a_late_reaction_does_not_consume_the_escalation_of_the_deadline() {
    let course = story(terms(600, 0, 10_000), [(9_000, Act::Start), (9_100, Act::Assign)]);
    assert_eq!(told(&course, ClockKind::Reaction), [(75, 1, 451), (100, 1, 601)]);
    assert_eq!(told(&course, ClockKind::Deadline), [(75, 1, 7_501), (100, 1, 10_001)]);
}

#[test]
fn a_forward_after_a_breach_does_not_keep_the_next_threshold_from_being_told() {
    let mut plan = terms(0, 0, 1_000);
    plan.deadline.thresholds = [75, 100, 150].into();
    let course = story(plan, [(1_100, Act::Start), (1_200, Act::Assign)]);
    let all = [(75, 1, 751), (100, 1, 1_001), (150, 1, 1_501)];
    assert_eq!(told(&course, ClockKind::Deadline), all);
}

#[test]
fn a_threshold_moved_to_the_future_is_told_of_again_in_a_cycle_of_its_own() {
    let later = Act::Terms(Some(terms(0, 0, 2_000)));
    let course = story(terms(0, 0, 1_000), [(900, later)]);
    let all = [(75, 1, 751), (75, 2, 1_501), (100, 2, 2_001)];
    assert_eq!(told(&course, ClockKind::Deadline), all);
}

#[test]
fn a_threshold_moved_to_the_past_is_told_of_once_with_the_true_overrun() {
    let sooner = Act::Terms(Some(terms(0, 0, 500)));
    let course = story(terms(0, 0, 10_000), [(900, sooner)]);
    let timers = course.timers(1, &Known::default()).unwrap();
    let breach = timers.iter().find(|timer| timer.percent == 100).unwrap();
    assert_eq!((after(breach.at), after(breach.since), breach.used_seconds), (900, 501, 900));
    assert_eq!(timers.iter().filter(|timer| timer.percent == 100).count(), 1);
}

#[test]
fn a_pause_that_overlaps_a_change_of_terms_is_not_lost() {
    for (policy, expected) in
        [(ChangePolicy::Restate, 250), (ChangePolicy::CarryOver, 250), (ChangePolicy::Restart, 150)]
    {
        let plan = || pausing(paused(), terms(600, 600, 600));
        let other = Act::Terms(Some(under(policy, plan())));
        let acts = [(100, Act::Pend), (200, other), (300, Act::Resume)];
        let course = story(plan(), acts);
        assert_eq!(at(&course, 250).deadline.state, ClockState::Paused);
        assert_eq!(used(&course, 450).2, expected, "{policy}");
    }
}

#[test]
fn a_pause_over_a_weekend_costs_only_what_was_open() {
    let known = known([office()]);
    let (friday, monday) = (4 * DAY + 15 * HOUR, 7 * DAY + 11 * HOUR);
    let day = u32::try_from(8 * HOUR).unwrap();
    let plan = pausing(paused(), within(1, terms(0, 0, 6 * day)));
    let course = story(plan, [(friday, Act::Pend), (monday, Act::Resume)]);
    // Four days of eight hours, six hours of Friday; Monday again from eleven.
    assert_eq!(deadline(&course, monday, &known), 38 * HOUR);
    let due = course.at(t(monday), &known).unwrap().deadline.due_at;
    assert_eq!(due, Some(t(8 * DAY + 13 * HOUR)));
}

#[test]
fn a_pause_that_begins_and_ends_outside_the_hours_takes_whole_days() {
    let known = known([office()]);
    let plan = pausing(paused(), within(1, terms(0, 0, 1)));
    let acts = [(DAY + 2 * HOUR, Act::Pend), (2 * DAY + 20 * HOUR, Act::Resume)];
    let course = story(plan, acts);
    assert_eq!(deadline(&course, 2 * DAY, &known), 8 * HOUR);
    assert_eq!(deadline(&course, 4 * DAY, &known), 16 * HOUR);
}

#[test]
fn a_pause_in_the_first_of_two_equal_hours_leaves_the_second_one() {
    // The clocks go back: local 2 to 3 is open twice, one hour after the other.
    let known = known([TestHours::Listed(vec![(0, HOUR), (HOUR, 2 * HOUR)])]);
    let plan = pausing(paused(), within(1, terms(0, 0, 9_000)));
    let course = story(plan, [(600, Act::Pend), (HOUR + 600, Act::Resume)]);
    assert_eq!(deadline(&course, 3 * HOUR, &known), 600 + 3_000);
}

#[test]
fn a_calendar_that_never_opens_counts_nothing_and_is_never_due() {
    let known = known([TestHours::Shift { period: DAY, from: 0, to: 0 }]);
    let course = story(within(1, terms(600, 600, 600)), [(1_000, Act::Start)]);
    let it = course.at(t(90 * DAY), &known).unwrap();
    assert_eq!((it.deadline.used_seconds, it.deadline.due_at), (0, None));
    assert_eq!(it.reaction.met, Some(true));
    assert_eq!(course.timers(1, &known), Ok(vec![]));
    let why = course.intervals(ClockKind::Deadline, t(5_000), &known).unwrap();
    assert!(why.into_iter().all(|it| it.excluded == Some(Excluded::OutOfHours)));
}

#[test]
fn no_target_is_never_due_nor_breached() {
    let course = story(terms(0, 0, 0), [(99_999, Act::Start)]);
    let it = at(&course, 200_000).deadline;
    assert_eq!((it.used_seconds, it.due_at, it.breached_at, it.met), (200_000, None, None, None));
    assert_eq!((it.used_percent, it.remaining_percent), (None, None));
    assert_eq!(course.timers(1, &Known::default()), Ok(vec![]));
}

#[test]
fn a_start_at_the_closing_second_counts_from_the_next_opening() {
    let known = known([office()]);
    let closing = 17 * HOUR;
    let mut acts = vec![(closing, Act::Open(Some(within(1, terms(60, 60, 60)))))];
    let opened = super::course(&acts);
    assert_eq!(opened.at(t(DAY + 9 * HOUR), &known).unwrap().reaction.used_seconds, 0);
    let due = opened.at(t(closing), &known).unwrap().reaction.due_at;
    assert_eq!(due, Some(t(DAY + 9 * HOUR + 60)));
    // Used up at the closing second is due then, not at the next opening.
    acts[0].0 = closing - 60;
    let due = super::course(&acts).at(t(closing - 60), &known).unwrap().reaction.due_at;
    assert_eq!(due, Some(t(closing)));
}

#[test]
fn a_ticket_reopened_after_its_close_counts_on_in_the_calendar_it_then_has() {
    let known = known([
        TestHours::Shift { period: 100, from: 0, to: 10 },
        TestHours::Shift { period: 100, from: 0, to: 50 },
    ]);
    let plan = |calendar| under(ChangePolicy::CarryOver, within(calendar, terms(0, 0, 900)));
    let acts = [
        (100, Act::Start),
        (200, Act::Resolve),
        (250, Act::Close),
        (300, Act::Terms(Some(plan(2)))),
        (400, Act::Reopen { held: true }),
    ];
    let course = story(plan(1), acts);
    assert_eq!(deadline(&course, 399, &known), 20);
    assert_eq!((deadline(&course, 400, &known), deadline(&course, 500, &known)), (40, 90));
}

#[test]
fn merged_away_all_clocks_stop_and_none_has_an_outcome() {
    let course = story(terms(600, 600, 600), [(50, Act::Start), (100, Act::Merge)]);
    let it = at(&course, 9_000);
    assert_eq!(used(&course, 9_000), (50, 50, 100));
    assert_eq!((it.work.state, it.work.met), (ClockState::Stopped, None));
    assert_eq!((it.deadline.state, it.deadline.met), (ClockState::Stopped, None));
    assert_eq!(told(&course, ClockKind::Deadline), []);
    let unheld = at(&story(terms(600, 600, 600), [(100, Act::Merge)]), 9_000).reaction;
    assert_eq!((unheld.used_seconds, unheld.state, unheld.met), (100, ClockState::Stopped, None));
    let solved = story(terms(600, 600, 600), [(60, Act::ResolveWithParent), (100, Act::Merge)]);
    assert_eq!((used(&solved, 9_000).2, at(&solved, 9_000).deadline.met), (60, None));
}

#[test]
fn a_cascade_resolves_a_paused_child_and_its_clocks() {
    let plan = pausing(paused(), terms(600, 600, 600));
    let course = story(plan, [(100, Act::Pend), (500, Act::ResolveWithParent)]);
    let it = at(&course, 9_000);
    assert_eq!(used(&course, 9_000), (100, 0, 100));
    assert_eq!(
        (it.reaction.met, it.work.met, it.deadline.met),
        (Some(true), Some(true), Some(true))
    );
}

#[test]
fn a_clock_that_goes_back_adds_nothing_and_takes_nothing_away() {
    let acts = [(100, Act::Start), (40, Act::Stop), (30, Act::Start), (150, Act::Resolve)];
    let course = story(terms(600, 600, 600), acts);
    assert_eq!(used(&course, 500), (100, 50, 150));
    let starts: Vec<_> = course.marks().iter().map(|mark| after(mark.at)).collect();
    assert_eq!(starts, [0, 100, 100, 100, 150]);
}

#[test]
fn of_two_events_at_one_instant_the_later_one_in_the_stream_is_the_later_one() {
    let plan = || pausing(paused(), terms(600, 600, 600));
    let acts = [(100, Act::Start), (100, Act::Pend), (100, Act::Resume), (100, Act::Start)];
    let course = story(plan(), acts);
    assert_eq!(
        (used(&course, 130), at(&course, 130).work.state),
        ((100, 30, 130), ClockState::Running)
    );
    let acts = [(50, Act::Start), (100, Act::Stop), (100, Act::Pend)];
    let course = story(plan(), acts);
    assert_eq!(used(&course, 130), (50, 50, 100));
}

#[test]
fn seconds_are_compared_never_percentages() {
    let course = story(terms(0, 0, 10_000), []);
    let almost = at(&course, 9_995).deadline;
    assert_eq!((almost.used_percent, almost.remaining_percent), (Some(99), Some(1)));
    assert_eq!((almost.breached_at, almost.met), (None, None));
    let equal = at(&course, 10_000).deadline;
    assert_eq!(
        (equal.used_percent, equal.remaining_percent, equal.met),
        (Some(100), Some(0), None)
    );
    let beyond = at(&course, 10_001).deadline;
    assert_eq!((beyond.used_percent, beyond.met), (Some(100), Some(false)));
    assert_eq!(beyond.breached_at, Some(t(10_001)));
    let odd = story(terms(0, 0, 7), []);
    // 75 % of 7 is 5.25: the sixth second is the first one beyond.
    assert_eq!(told(&odd, ClockKind::Deadline), [(75, 1, 6), (100, 1, 8)]);
}

#[test]
fn what_other_clocks_do_does_not_hide_an_open_reaction() {
    let course = story(terms(600, 100, 200), [(300, Act::Pend), (400, Act::Resume)]);
    let it = at(&course, 500).reaction;
    assert_eq!((it.state, it.due_at), (ClockState::Running, Some(t(600))));
}

#[test]
fn the_first_resolution_does_not_hide_later_ones() {
    let acts = [
        (10, Act::Start),
        (20, Act::Resolve),
        (25, Act::Close),
        (700, Act::Reopen { held: true }),
        (800, Act::Resolve),
    ];
    let course = story(terms(600, 600, 600), acts);
    assert_eq!(at(&course, 50).deadline.met, Some(true));
    let it = at(&course, 900).deadline;
    assert_eq!((it.used_seconds, it.met, it.breached_at), (800, Some(false), Some(t(700))));
}

#[test]
fn terms_are_those_of_the_event_not_those_of_today() {
    let known = known([
        TestHours::Shift { period: 100, from: 0, to: 10 },
        TestHours::Shift { period: 100, from: 0, to: 100 },
    ]);
    let plan: Terms = within(1, terms(0, 0, 900));
    let course = story(plan, [(1_000, Act::Start)]);
    // The second version exists, but nothing says yet that it applies to this ticket.
    assert_eq!(deadline(&course, 2_000, &known), 200);
}

#[test]
fn a_breach_that_a_pause_would_have_hidden_stays_one() {
    let plan = pausing(paused(), terms(0, 0, 100));
    let course = story(plan, [(200, Act::Pend)]);
    let it = at(&course, 5_000).deadline;
    assert_eq!((it.state, it.due_at), (ClockState::Paused, None));
    assert_eq!((it.breached_at, it.used_seconds), (Some(t(101)), 200));
}
