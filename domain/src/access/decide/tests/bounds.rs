//! What the worked cases leave open, from the ceiling on.

use super::gates::{answers, obligations, view};
use super::world::{ANN, Case, PAT, at, direct, exception, field, grant, id, permit, person};
use crate::access::decide::{Held, SubjectState};
use crate::access::model::{
    AccessSubject, Ceiling, DoneDuty, Entry, FieldSet, Grant, Human, Level, Lifted, Matcher,
    Obligation, ObligationSet, RelationName, RelationRule, SodAction, SodKind, Strength,
    SubjectKind, Weight,
};
use crate::kernel::{DenyRuleId, GrantId, SodRuleId};

#[test]
fn k_no_subject_gets_beyond_the_boundary_of_its_sort() {
    let bound = |kind, pattern: &str| {
        let ceiling = Ceiling(vec![pattern.parse().unwrap()]);
        view().with(|case| drop(case.rules.boundaries.insert(kind, ceiling)))
    };
    answers([
        (bound(SubjectKind::Person, "change.*"), "DENY ceiling"),
        (bound(SubjectKind::Person, "ticket.*"), "ALLOW"),
        (bound(SubjectKind::Service, "change.*"), "ALLOW"),
        (bound(SubjectKind::Service, "change.*").by_a_program(), "DENY ceiling"),
    ]);
}

/// PAT does in the place of ANN, who has these, what this entry permits.
fn delegated<const N: usize>(entry: Entry, action: &str, above: [Grant; N]) -> Case {
    let mine = Grant { delegated_by: Some(ANN), ..direct("mine", entry, "emea") };
    Case::new([mine], action, "emea/sd")
        .with(|case| case.holdings.delegators = vec![person(ANN, above)])
}

#[test]
fn k_a_delegated_grant_reaches_no_further_than_each_right_of_its_delegator() {
    let all = || Entry { fields: FieldSet::All, ..permit("ticket.update") };
    let only = |name| Entry { fields: FieldSet::Only([field(name)].into()), ..all() };
    let update = |above: Entry| {
        delegated(all(), "ticket.update", [direct("above", above, "emea")]).fields(["status"])
    };
    let approve = |level| Entry { level: Some(Level(level)), ..permit("change.approve") };
    let approval = |mine, above| {
        delegated(approve(mine), "change.approve", [direct("above", approve(above), "all")])
            .with(|case| case.object.required_level = Level(3))
    };
    let proven = Entry { obligations: obligations([Obligation::StepUpMfa]), ..all() };
    answers([
        (update(only("status")), "ALLOW"),
        (update(only("notes")), "DENY fields:status"),
        (update(proven.clone()), "DENY obligation:step_up_mfa"),
        (update(proven).with(|it| it.session.met = obligations([Obligation::StepUpMfa])), "ALLOW"),
        (approval(3, 3), "ALLOW"),
        (approval(3, 2), "DENY level"),
        (approval(2, 3), "DENY level"),
        (update(all()).with(|it| it.holdings.delegators.clear()), "DENY ceiling"),
    ]);
}

#[test]
fn k_a_delegator_is_bound_as_if_they_asked_themselves() {
    let case = || {
        let view = || permit("ticket.view");
        delegated(view(), "ticket.view", [direct("above", view(), "emea")]).fields(["status"])
    };
    let above = |change: fn(&mut crate::access::decide::Holdings)| {
        case().with(|case| change(&mut case.holdings.delegators[0]))
    };
    let rule_for_ann = |strength, fields: &[&str]| {
        let fields = fields.iter().copied().map(field).collect();
        case().with(|case| {
            let rule = &mut case.rules.denies[0];
            rule.whom = Matcher::Subject(AccessSubject::Person(ANN));
            rule.actions = vec!["ticket.view".parse().unwrap()];
            (rule.strength, rule.fields) = (strength, fields);
        })
    };
    answers([
        (case(), "ALLOW"),
        (above(|ann| ann.state = SubjectState::Suspended), "DENY ceiling"),
        (above(|ann| drop(ann.grants.remove(0))), "DENY ceiling"),
        // What was delegated to them is not theirs to delegate.
        (above(|ann| ann.grants[1].grant.delegated_by = Some(PAT)), "DENY ceiling"),
        (rule_for_ann(Strength::Hard, &[]), "DENY ceiling"),
        (rule_for_ann(Strength::Soft, &[]), "DENY ceiling"),
        (rule_for_ann(Strength::Hard, &["status"]), "ALLOW, status masked"),
    ]);
}

#[test]
fn k_a_delegated_right_is_used_standing_as_its_delegator() {
    let own = [RelationName::Own].into_iter().collect();
    let entry = || Entry { when: RelationRule(vec![own]), ..permit("ticket.view") };
    let case = delegated(entry(), "ticket.view", [direct("above", entry(), "emea")]);
    answers([
        (case.clone().with(|case| case.object.relation = own), "DENY out_of_scope"),
        (case.with(|case| case.object.delegators = [(ANN, own)].into()), "ALLOW"),
    ]);
}

#[test]
fn s_an_exception_is_for_one_rule_and_one_subject() {
    let case = || {
        Case::new([direct("export", permit("ticket.export"), "emea")], "ticket.export", "emea")
            .at("19:00:00")
            .with(|case| case.holdings.exceptions = vec![exception("D2", "20:00:00")])
    };
    let denied = "DENY soft_deny:D2";
    answers([
        (case(), "ALLOW"),
        (case().with(|it| it.holdings.exceptions[0].from = at("19:00:00.000001")), denied),
        (case().with(|it| it.holdings.exceptions[0].subject = AccessSubject::Person(ANN)), denied),
        (
            case().with(|case| {
                case.holdings.exceptions[0].lifts = Lifted::Deny(DenyRuleId(id("D1")));
            }),
            denied,
        ),
    ]);
}

/// PAT raised the change and would approve it.
fn second_duty() -> Case {
    Case::new([grant("chgmgr", "all")], "change.approve", "emea").with(|case| {
        let duty = "raise".parse().unwrap();
        case.object.done = vec![DoneDuty { duty, human: Human(PAT), acting_for: None }];
    })
}

#[test]
fn d_a_rule_is_lifted_by_an_exception_or_watches() {
    let excepted = |case: &mut Case| {
        let lifts = Lifted::Sod(SodRuleId(id("DS1")));
        case.holdings.exceptions =
            vec![crate::access::model::Exception { lifts, ..exception("DS1", "13:00:00") }];
    };
    answers([
        (second_duty(), "DENY dsod:DS1"),
        (second_duty().with(excepted), "ALLOW"),
        (second_duty().with(excepted).at("13:00:00"), "DENY dsod:DS1"),
        (second_duty().with(|it| it.rules.sod[0].action = SodAction::Approve), "DENY dsod:DS1"),
    ]);
    let watch = obligations([Obligation::Watch]);
    let recorded = second_duty().with(|case| case.rules.sod[0].action = SodAction::Record);
    assert_eq!(recorded.decision().obligations, watch);
    assert_eq!(second_duty().with(excepted).decision().obligations, watch);
    assert_eq!(view().decision().obligations, ObligationSet::NONE);
}

#[test]
fn d_to_read_is_no_duty() {
    let reads = |action: &str| {
        let name = action.parse().unwrap();
        let case = Case::new([direct("all", permit("ticket.*"), "emea")], action, "emea");
        case.with(|case| {
            let SodKind::Dynamic { object_type, duties } = &mut case.rules.sod[0].kind else {
                return;
            };
            *object_type = "ticket".to_owned();
            duties[1].actions = [name].into();
            case.object.done = second_duty().object.done;
        })
    };
    answers([(reads("ticket.view"), "ALLOW"), (reads("ticket.update"), "DENY dsod:DS1")]);
}

#[test]
fn d_a_grant_of_ones_own_does_where_a_delegated_one_does_not() {
    let case = second_duty().with(|case| {
        case.object.done[0].human = Human(ANN);
        let above = Grant { delegated_by: Some(ANN), ..grant("chgmgr", "emea") };
        case.holdings.grants.push(Held { grant: above, through: None });
        case.holdings.delegators = vec![person(ANN, [grant("chgmgr", "all")])];
    });
    let decision = case.decision();
    assert!(decision.is_allowed());
    assert_eq!(decision.grants, [GrantId(id("chgmgr@all"))]);
}

#[test]
fn l_only_approvals_have_levels() {
    let required = |case: Case| case.with(|case| case.object.required_level = Level(9));
    answers([
        (required(view()), "ALLOW"),
        (
            required(second_duty().with(|case| {
                case.object.done.clear();
            })),
            "DENY level",
        ),
    ]);
}

#[test]
fn f_rules_deny_fields_without_denying_the_rest() {
    let without_status = |strength| {
        let update = Case::new([grant("agent", "emea")], "ticket.update", "emea/sd");
        update.fields(["notes", "status", "status"]).with(|case| {
            let rule = &mut case.rules.denies[1];
            rule.actions = vec!["ticket.*".parse().unwrap()];
            (rule.strength, rule.condition) = (strength, None);
            rule.fields = [field("status")].into();
        })
    };
    let excepted = |case: &mut Case| case.holdings.exceptions = vec![exception("D2", "20:00:00")];
    answers([
        (without_status(Strength::Hard), "DENY fields:status"),
        (without_status(Strength::Soft), "DENY fields:status"),
        (without_status(Strength::Soft).with(excepted), "ALLOW"),
        (without_status(Strength::Hard).fields(["notes"]), "ALLOW"),
        (without_status(Strength::Hard).fields([]), "ALLOW"),
    ]);
}

#[test]
fn f_fields_are_told_in_the_order_asked_and_refused_in_the_order_of_names() {
    let case = view().fields(["b", "salary", "a"]);
    let case = case.with(|case| case.object.personal = [field("salary")].into());
    let fields = case.decision().fields;
    assert_eq!(fields.allowed, [field("b"), field("a")]);
    assert_eq!(fields.masked, [field("salary")]);
    let write = Case::new([grant("agent", "emea")], "ticket.update", "emea");
    assert_eq!(write.fields(["z", "status", "b"]).answer(), "DENY fields:b,z");
}

#[test]
fn o_a_more_demanding_grant_takes_nothing_away_and_gives_nothing_unmet() {
    let demanding = Entry {
        obligations: obligations([Obligation::StepUpMfa, Obligation::ReasonRequired]),
        standing: Weight::Steering,
        fields: FieldSet::All,
        ..permit("ticket.view")
    };
    let asked =
        Entry { obligations: obligations([Obligation::ReasonRequired]), ..demanding.clone() };
    let watched = Entry { obligations: obligations([Obligation::Watch]), ..demanding.clone() };
    let demanding = || direct("demanding", demanding.clone(), "emea");
    let only = Case::new([demanding()], "ticket.view", "emea/sd");
    let both = Case::new([demanding(), grant("agent", "emea")], "ticket.view", "emea/sd");
    let either = Case::new([demanding(), direct("asked", asked, "emea")], "ticket.view", "emea");
    answers([
        (only.clone(), "DENY obligation:step_up_mfa"),
        (
            only.clone().with(|it| it.session.met = obligations([Obligation::StepUpMfa])),
            "DENY obligation:reason_required",
        ),
        (either, "DENY obligation:reason_required"),
        (
            only.with(|it| it.session.met = obligations([Obligation::Watch])),
            "DENY obligation:step_up_mfa",
        ),
    ]);
    let plain = both.decision();
    assert!(plain.is_allowed());
    assert_eq!((plain.standing, plain.grants.len()), (Weight::Ordinary, 1));
    let met = obligations([Obligation::StepUpMfa, Obligation::ReasonRequired]);
    let proven = both.with(|case| case.session.met = met).decision();
    assert_eq!((proven.standing, proven.grants.len()), (Weight::Steering, 2));
    assert_eq!(proven.obligations, met);
    let heard = Case::new([direct("w", watched, "emea")], "ticket.view", "emea").decision();
    assert!(heard.is_allowed());
    assert_eq!(heard.obligations, obligations([Obligation::Watch]));
}

#[test]
fn the_later_of_the_two_revisions_is_told() {
    let revision = |of| view().with(|case| case.holdings.revision = of).decision().revision;
    assert_eq!([revision(899), revision(901)], [900, 901]);
}
