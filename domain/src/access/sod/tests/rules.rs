//! What rules count, and what lifts them.

use super::{
    APPROVER, BOTH, DEPUTY, GRANTER, MASKED, OTHER_RULE, READER, RETIRED, RULE, by, by_action,
    by_role, day, exception, grant, had, pattern, rule, separation,
};
use crate::access::model::{Counted, Entry, Granted, SodAction, SodKind, SodRule};
use crate::access::sod::Breach;

/// A part that the rule counts.
fn counted(text: &str) -> Counted {
    Counted::Actions(pattern(text))
}

fn whens(breaches: &[Breach]) -> Vec<(i64, Option<i64>)> {
    let days = |at: chrono::DateTime<chrono::Utc>| (at - day(0)).num_days();
    breaches.iter().map(|breach| (days(breach.from), breach.until.map(days))).collect()
}

#[test]
fn a_breach_says_what_is_had_together_and_by_what() {
    let separation = separation([by_role()]);
    let all = [
        had(1, APPROVER, (0, None)),
        had(2, GRANTER, (5, Some(9))),
        had(3, READER, (0, None)),
        had(4, DEPUTY, (7, Some(8))),
    ];
    let breach = Breach {
        rule: RULE,
        action: SodAction::Block,
        from: day(5),
        until: Some(day(9)),
        counted: [Counted::Role(APPROVER), Counted::Role(GRANTER)].into(),
        by: [by(1), by(2), by(4)].into(),
    };
    assert_eq!(separation.conflicts(&all, &[]), [breach], "the reader has nothing to do with it");
}

#[test]
fn one_after_the_other_on_the_same_side_is_one_breach() {
    let separation = separation([by_role()]);
    let all = [
        had(1, APPROVER, (0, None)),
        had(2, GRANTER, (1, Some(3))),
        had(3, GRANTER, (3, Some(6))),
        had(4, GRANTER, (8, Some(9))),
    ];
    assert_eq!(whens(&separation.conflicts(&all, &[])), [(1, Some(6)), (8, Some(9))]);
}

#[test]
fn twice_the_same_is_one_and_an_empty_time_is_none() {
    let separation = separation([by_role()]);
    let twice = [had(1, APPROVER, (0, None)), had(2, DEPUTY, (0, None))];
    assert_eq!(separation.conflicts(&twice, &[]), []);
    for days in [(3, Some(3)), (4, Some(2))] {
        let none = [had(1, APPROVER, (0, None)), had(2, GRANTER, days)];
        assert_eq!(separation.conflicts(&none, &[]), [], "{days:?}");
    }
}

#[test]
fn a_rule_can_let_two_of_three_pass() {
    let set = ["access.decide", "access.grant", "decision_log.read"].map(counted);
    let separation = separation([rule(RULE, set, 3)]);
    let all = [
        had(1, APPROVER, (0, Some(10))),
        had(2, GRANTER, (2, Some(8))),
        had(3, READER, (4, Some(20))),
    ];
    assert_eq!(separation.conflicts(&all[..2], &[]), []);
    assert_eq!(whens(&separation.conflicts(&all, &[])), [(4, Some(8))]);
}

#[test]
fn a_pattern_counts_once_and_not_what_merely_lets_in() {
    let set = ["access.*", "decision_log.*"].map(counted);
    let separation = separation([rule(RULE, set, 2)]);
    let granter = had(1, GRANTER, (0, None));
    let approver = had(2, APPROVER, (0, None));
    assert_eq!(separation.conflicts(&[granter.clone(), approver], &[]), []);
    assert_eq!(separation.conflicts(&[granter, had(3, READER, (0, None))], &[]).len(), 1);

    let function = Granted::Entry(Box::new(Entry::of([pattern("access.use")])));
    let lets_in = super::Tenure { what: function, ..had(4, READER, (0, None)) };
    let reader = had(3, READER, (0, None));
    assert_eq!(separation.conflicts(&[lets_in.clone(), reader.clone()], &[]), []);
    let set = ["access.use", "decision_log.*"].map(counted);
    let said = super::separation([rule(RULE, set, 2)]);
    assert_eq!(said.conflicts(&[lets_in, reader], &[]).len(), 1, "unless the rule says just that");
}

#[test]
fn a_masked_permission_is_not_had_but_the_role_is() {
    let all = [had(1, MASKED, (0, None)), had(2, GRANTER, (0, None))];
    assert_eq!(separation([by_action()]).conflicts(&all, &[]), []);
    assert_eq!(separation([by_role()]).conflicts(&all, &[]).len(), 1);
}

#[test]
fn a_role_that_is_not_there_any_more_gives_nothing() {
    let retired = rule(RULE, [Counted::Role(RETIRED), Counted::Role(GRANTER)], 2);
    let all = [had(1, RETIRED, (0, None)), had(2, GRANTER, (0, None))];
    assert_eq!(separation([retired]).conflicts(&all, &[]), []);
}

#[test]
fn every_rule_is_asked_and_answers_by_its_action() {
    let record = SodRule { action: SodAction::Record, ..by_role() };
    let other = SodRule { id: OTHER_RULE, action: SodAction::Prune, ..by_action() };
    let separation = separation([other, record]);
    let all = [had(1, APPROVER, (0, None)), had(2, GRANTER, (0, None))];
    let found = separation.conflicts(&all, &[]);
    let found: Vec<_> = found.iter().map(|breach| (breach.rule, breach.action)).collect();
    assert_eq!(found, [(RULE, SodAction::Record), (OTHER_RULE, SodAction::Prune)]);
}

#[test]
fn an_exception_lifts_its_rule_for_its_time() {
    let separation = separation([by_role()]);
    let all = [had(1, APPROVER, (0, Some(20))), had(2, GRANTER, (0, Some(20)))];
    let left = |exceptions: &[_]| whens(&separation.conflicts(&all, exceptions));
    assert_eq!(left(&[exception(RULE, (0, 20))]), []);
    assert_eq!(left(&[exception(RULE, (5, 8))]), [(0, Some(5)), (8, Some(20))]);
    let two = [exception(RULE, (0, 12)), exception(RULE, (10, 20))];
    assert_eq!(left(&two), [], "two that overlap");
    assert_eq!(left(&[exception(OTHER_RULE, (0, 20))]), [(0, Some(20))]);
    assert_eq!(left(&[exception(RULE, (9, 3))]), [(0, Some(20))], "one that never is");
}

#[test]
fn what_is_broken_already_hinders_nothing_else() {
    let separation = separation([by_role()]);
    let there = [had(1, APPROVER, (0, None)), had(2, GRANTER, (0, None))];
    assert_eq!(separation.brought_by(&had(3, READER, (0, None)), &there, &[]), []);
    let more = separation.brought_by(&had(3, DEPUTY, (4, Some(6))), &there, &[]);
    assert_eq!(whens(&more), [(4, Some(6))], "as much of it as the new one lasts");
    // Two approvers one after the other: the breach of the first ends where the second begins.
    let there = [had(1, APPROVER, (0, Some(4))), had(2, GRANTER, (0, Some(4)))];
    let next = had(3, APPROVER, (4, None));
    assert_eq!(separation.brought_by(&next, &there, &[]), [], "over when it begins");
}

#[test]
fn a_role_above_both_breaks_the_rule_by_itself() {
    let separation = separation([by_role()]);
    let breaks = |what: Granted| separation.inherent(&what);
    assert_eq!(breaks(Granted::Role(BOTH)), [RULE]);
    assert_eq!(breaks(Granted::Role(DEPUTY)), []);
    assert_eq!(separation.conflicts(&[had(1, BOTH, (0, None))], &[]).len(), 1);
    let both = Entry::of(["access.grant", "*.decide"].map(pattern));
    let entry = Granted::Entry(Box::new(both));
    assert_eq!(super::separation([by_action()]).inherent(&entry), [RULE]);
}

#[test]
fn a_rule_of_single_objects_says_nothing_of_what_is_had() {
    let kind = SodKind::Dynamic { object_type: "access_request".to_owned(), duties: Vec::new() };
    let separation = separation([SodRule { kind, ..by_role() }]);
    let all = [had(1, APPROVER, (0, None)), had(2, GRANTER, (0, None))];
    assert_eq!(separation.conflicts(&all, &[]), []);
    assert_eq!(separation.inherent(&grant(1, BOTH, (0, None)).what), []);
}
