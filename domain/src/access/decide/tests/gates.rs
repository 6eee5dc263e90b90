//! What the worked cases leave open, gate by gate.

use uuid::Uuid;

use super::world::{ANN, Case, PAT, at, direct, exception, field, grant, id, permit, person};
use crate::access::decide::{Held, Holdings, Source, SubjectState};
use crate::access::model::{
    AccessSubject, Ceiling, Condition, DoneDuty, Entry, FieldSet, Grant, GrantState, Human, Level,
    Lifted, Matcher, Obligation, ObligationSet, RelationName, RelationRule, Scope, SodAction,
    Strength, SubjectKind, Weight,
};
use crate::kernel::{AccessGroupId, CiId, DenyRuleId, GrantId, RoleId, SodRuleId};

/// PAT, an agent of the region, looks at a ticket of its desk.
fn view() -> Case {
    Case::new([grant("agent", "emea")], "ticket.view", "emea/sd")
}

fn obligations<const N: usize>(all: [Obligation; N]) -> ObligationSet {
    all.into_iter().collect()
}

fn group(name: &str) -> AccessGroupId {
    AccessGroupId(id(name))
}

#[track_caller]
fn answers<const N: usize>(cases: [(Case, &str); N]) {
    for (number, (case, expected)) in cases.into_iter().enumerate() {
        assert_eq!(case.answer(), expected, "number {number}");
    }
}

#[test]
fn g1_who_asks_what_in_which_session() {
    let state = |state| view().with(|it| it.holdings.state = state);
    answers([
        (Case::new([grant("agent", "all")], "ticket.burn", "emea"), "DENY gate.unknown_action"),
        (view().with(|it| it.session.revoked = true), "DENY gate.credential"),
        (state(SubjectState::Suspended), "DENY gate.subject_state"),
        (view().by_a_program(), "ALLOW"),
        (
            view().by_a_program().with(|it| {
                let group = AccessSubject::Group(group("g"));
                it.holdings.subject = group;
            }),
            "ALLOW",
        ),
    ]);
}

#[test]
fn g2_the_function_is_needed_live_wherever_it_holds() {
    let base =
        |change: fn(&mut Grant)| view().with(|case| change(&mut case.holdings.grants[0].grant));
    answers([
        (base(|base| base.scope = "apac".parse().unwrap()), "ALLOW"),
        (base(|base| base.until = Some(at("12:00:00"))), "DENY no_function"),
        (base(|base| base.from = at("12:00:01")), "DENY no_function"),
        (base(|base| base.state = GrantState::Revoked), "DENY no_function"),
        (
            view().with(|case| case.session.roles = Some([RoleId(id("agent"))].into())),
            "DENY no_function",
        ),
        // Delegated, it is worth what whoever delegated has of it.
        (base(|base| base.delegated_by = Some(ANN)), "DENY no_function"),
        (
            base(|base| base.delegated_by = Some(ANN))
                .with(|case| case.holdings.delegators = vec![person(ANN, [])]),
            "ALLOW",
        ),
        (
            base(|base| base.delegated_by = Some(ANN)).with(|case| {
                let state = SubjectState::Suspended;
                case.holdings.delegators = vec![Holdings { state, ..person(ANN, []) }];
            }),
            "DENY no_function",
        ),
    ]);
}

#[test]
fn g2_what_cannot_be_answered_is_no_function() {
    let faulty = Entry { condition: Some(Condition::RiskAtMost(1)), ..permit("ticket.use") };
    let case = view().with(|case| {
        case.holdings.grants[0].grant = direct("use", faulty, "all");
    });
    let decision = case.decision();
    assert_eq!(decision.reason_code().unwrap(), "no_function");
    assert_eq!(decision.faults[0].source, Source::Grant(GrantId(id("use@all"))));
    assert_eq!(case.with(|case| case.object.risk = Some(1)).answer(), "ALLOW");
}

#[test]
fn h_rules_are_for_those_they_name() {
    let under = |whom: Matcher| {
        view().with(|case| {
            case.rules.denies[0].whom = whom;
            case.rules.denies[0].actions = vec!["ticket.view".parse().unwrap()];
            case.holdings.groups = [group("g")].into();
        })
    };
    let (denied, role) = ("DENY hard_deny:D1", |name| Matcher::Role(RoleId(id(name))));
    let lead = |case: &mut Case| case.holdings.grants[1].grant = grant("lead", "emea");
    answers([
        (under(Matcher::Any), denied),
        (under(Matcher::Subject(AccessSubject::Person(PAT))), denied),
        (under(Matcher::Subject(AccessSubject::Person(ANN))), "ALLOW"),
        (under(Matcher::Group(group("g"))), denied),
        (under(Matcher::Subject(AccessSubject::Group(group("g")))), denied),
        (under(Matcher::Group(group("other"))), "ALLOW"),
        (under(role("agent")), denied),
        (under(role("lead")), "ALLOW"),
        (under(role("agent")).with(lead), denied),
        (
            // Whichever roles the session activates.
            under(role("agent")).with(|case| {
                case.session.roles = Some([RoleId(id("base"))].into());
            }),
            denied,
        ),
        (
            under(role("lead")).with(|case| {
                let over = Grant { until: Some(at("12:00:00")), ..grant("lead", "emea") };
                case.holdings.grants.push(Held { grant: over, through: None });
            }),
            "ALLOW",
        ),
    ]);
}

#[test]
fn h_rules_hold_where_they_say_whatever_stands_between() {
    let under = |scope: &str, place: &str| {
        Case::new([Grant { pierces: true, ..grant("auditor", "all") }], "ticket.view", place).with(
            |case| {
                case.rules.denies[0].scope = scope.parse().unwrap();
                case.rules.denies[0].actions = vec!["*.view".parse().unwrap()];
                case.object.item = Some(CiId(Uuid::nil()));
            },
        )
    };
    answers([
        (under("emea", "emea/hr"), "DENY hard_deny:D1"),
        (under("emea/hr", "emea"), "ALLOW"),
        (under("ci:00000000-0000-0000-0000-000000000000", "apac"), "DENY hard_deny:D1"),
        (under("ci:00000000-0000-0000-0000-000000000001", "apac"), "ALLOW"),
    ]);
}

#[test]
fn h_and_s_the_first_rule_by_identity_is_the_reason() {
    let case = view().with(|case| {
        let rule = |number, strength| {
            let mut rule = case.rules.denies[0].clone();
            rule.id = DenyRuleId(Uuid::from_u128(number));
            rule.strength = strength;
            rule.actions = vec!["ticket.view".parse().unwrap()];
            rule
        };
        let (hard, soft) = (Strength::Hard, Strength::Soft);
        case.rules.denies = vec![rule(1, soft), rule(3, hard), rule(2, hard), rule(0, soft)];
    });
    let first = |case: &Case| case.decision().reason_code().unwrap();
    assert_eq!(first(&case), format!("hard_deny:{}", Uuid::from_u128(2)));
    let soft = case.with(|case| case.rules.denies.retain(|rule| rule.takes_exceptions()));
    assert_eq!(first(&soft), format!("soft_deny:{}", Uuid::from_u128(0)));
    // What is hard comes before there being no grant, what is soft after it.
    let nothing = soft.with(|case| drop(case.holdings.grants.pop()));
    assert_eq!(first(&nothing), "no_grant");
}

#[test]
fn c_the_nearest_miss_is_the_reason() {
    let agent = || grant("agent", "emea");
    let over = || Grant { until: Some(at("11:00:00")), ..agent() };
    let revoked = || Grant { state: GrantState::Revoked, ..agent() };
    let elsewhere = || grant("agent", "apac");
    let later = Grant { from: at("12:00:00.000001"), ..agent() };
    let over_elsewhere = Grant { until: Some(at("11:00:00")), ..elsewhere() };
    let revoked_elsewhere = Grant { state: GrantState::Revoked, ..elsewhere() };
    let revoked_later = Grant { state: GrantState::Revoked, ..later.clone() };
    let marked = Grant { state: GrantState::Expired, ..agent() };
    let ask = |grants: [Grant; 1]| Case::new(grants, "ticket.view", "emea/sd");
    let two = |grants: [Grant; 2]| Case::new(grants, "ticket.view", "emea/sd");
    answers([
        (two([elsewhere(), over()]), "DENY expired"),
        (two([over(), revoked()]), "DENY revoked"),
        (two([over_elsewhere.clone(), elsewhere()]), "DENY out_of_scope"),
        (ask([marked]), "DENY expired"),
        (ask([later]), "DENY no_grant"),
        (ask([over_elsewhere]), "DENY no_grant"),
        (ask([revoked_elsewhere]), "DENY no_grant"),
        (ask([revoked_later]), "DENY no_grant"),
        (ask([grant("nobody", "all")]), "DENY no_grant"),
        (two([revoked(), agent()]), "ALLOW"),
    ]);
}

#[test]
fn c_standing_otherwise_is_out_of_scope_and_other_circumstances_are_no_grant() {
    let own = [RelationName::Own].into_iter().collect();
    let rule = RelationRule(vec![own]);
    let entry = Entry { when: rule, ..permit("ticket.view") };
    let owners = Case::new([direct("own", entry, "emea")], "ticket.view", "emea/sd");
    let risky = Entry { condition: Some(Condition::RiskAtMost(1)), ..permit("ticket.view") };
    let risky = Case::new([direct("risky", risky, "emea")], "ticket.view", "emea/sd");
    answers([
        (owners.clone(), "DENY out_of_scope"),
        (owners.with(|case| case.object.relation = own), "ALLOW"),
        (risky.clone().with(|case| case.object.risk = Some(2)), "DENY no_grant"),
        (risky.with(|case| case.object.risk = Some(1)), "ALLOW"),
    ]);
}

#[test]
fn c_one_item_is_a_scope_behind_no_barrier() {
    let item = CiId(Uuid::from_u128(5));
    let case = Case::new([grant("agent", "all")], "ticket.view", "emea/hr").with(|case| {
        case.holdings.grants[1].grant.scope = Scope::Item(item);
    });
    answers([
        (case.clone(), "DENY out_of_scope"),
        (case.with(|case| case.object.item = Some(item)), "ALLOW"),
    ]);
}

#[test]
fn c_a_session_leaves_roles_aside_and_no_direct_grant() {
    let only_base = |case: &mut Case| case.session.roles = Some([RoleId(id("base"))].into());
    let direct = direct("view", permit("ticket.view"), "emea");
    answers([
        (view().with(only_base), "DENY no_grant"),
        (Case::new([direct], "ticket.view", "emea/sd").with(only_base), "ALLOW"),
    ]);
}

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
    let above =
        |change: fn(&mut Holdings)| case().with(|case| change(&mut case.holdings.delegators[0]));
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
fn a_grant_of_a_group_is_one_of_its_members() {
    let case = view().with(|case| {
        case.holdings.grants[1].through = Some(group("g"));
        let again = Held { through: None, ..case.holdings.grants[1].clone() };
        case.holdings.grants.push(again);
    });
    let decision = case.decision();
    assert!(decision.is_allowed());
    assert_eq!(decision.grants, [GrantId(id("agent@emea"))]);
}

#[test]
fn the_later_of_the_two_revisions_is_told() {
    let revision = |of| view().with(|case| case.holdings.revision = of).decision().revision;
    assert_eq!([revision(899), revision(901)], [900, 901]);
}
