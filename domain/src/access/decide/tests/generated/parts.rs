//! What generated worlds are made of.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use crate::access::decide::{Held, Holdings, SubjectState};
use crate::access::model::{
    AccessSubject, ActionPattern, Condition, Deny, Duty, Entry, Exception, FieldSet, Grant,
    GrantSource, GrantState, Granted, Human, Level, Lifted, Matcher, Obligation, ObligationSet,
    RelationName, RelationRule, RelationSet, RiskTier, RoleDefinition, Scope, SodAction, SodKind,
    SodRule, Strength, Weight, Zone,
};
use crate::kernel::testing::world::noon;
use crate::kernel::{
    AccessGroupId, CiId, DenyRuleId, ExceptionId, GrantId, PersonId, RoleId, ServiceAccountId,
    SodRuleId,
};

pub(super) const ACTIONS: [&str; 6] = [
    "ticket.view",
    "ticket.update",
    "ticket.export",
    "change.raise",
    "change.approve",
    "change.view",
];
pub(super) const PATTERNS: [&str; 10] = [
    "*",
    "ticket.*",
    "*.view",
    "*.use",
    "ticket.view",
    "ticket.update",
    "ticket.export",
    "change.raise",
    "change.approve",
    "change.view",
];
pub(super) const PLACES: [&str; 7] = ["all", "a", "a/b", "a/b/c", "a/bb", "d", "d/e"];
pub(super) const FIELDS: [&str; 4] = ["status", "notes", "salary", "priority"];

/// Who asks, who delegates to them, and somebody else.
pub(in crate::access) const PEOPLE: [PersonId; 3] =
    [PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)), PersonId(Uuid::from_u128(3))];

pub(super) fn one_of<
    T: std::str::FromStr<Err: std::fmt::Debug> + std::fmt::Debug + Clone + 'static,
>(
    texts: &'static [&'static str],
) -> impl Strategy<Value = T> {
    prop::sample::select(texts).prop_map(|text| text.parse().unwrap())
}

/// Within a few hours of noon.
pub(super) fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (-3i64..4).prop_map(|hours| noon() + TimeDelta::hours(hours))
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        6 => one_of::<Scope>(&PLACES),
        1 => (0u128..2).prop_map(|item| Scope::Item(CiId(Uuid::from_u128(item)))),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let value = || prop::sample::select(&["x", "y"][..]).prop_map(str::to_owned);
    let clock = || (9u32..16).prop_map(|hour| format!("{hour:02}:00").parse().unwrap());
    let leaf = prop_oneof![
        (clock(), clock()).prop_map(|(from, until)| Condition::TimeWindow {
            zone: Zone(chrono_tz::UTC),
            from,
            until
        }),
        (one_of(&FIELDS), btree_set(value(), 1..3))
            .prop_map(|(name, values)| Condition::AttributeIn { name, values }),
        (0u8..4).prop_map(Condition::RiskAtMost),
    ];
    leaf.prop_recursive(2, 4, 3, |part| vec(part, 0..3).prop_map(Condition::All))
}

pub(super) fn relations() -> impl Strategy<Value = RelationSet> {
    let name = prop::sample::select(
        &[RelationName::Own, RelationName::Assigned, RelationName::Member, RelationName::Watches][..],
    );
    vec(name, 0..4).prop_map(RelationSet::from_iter)
}

fn obligations() -> impl Strategy<Value = ObligationSet> {
    let one = prop::sample::select(
        &[Obligation::StepUpMfa, Obligation::ReasonRequired, Obligation::Watch][..],
    );
    vec(one, 0..2).prop_map(ObligationSet::from_iter)
}

fn field_set() -> impl Strategy<Value = FieldSet> {
    prop_oneof![
        Just(FieldSet::Plain),
        Just(FieldSet::All),
        btree_set(one_of(&FIELDS), 0..3).prop_map(FieldSet::Only),
    ]
}

pub(in crate::access) fn entry() -> impl Strategy<Value = Entry> {
    let when = prop_oneof![
        2 => Just(RelationRule::ALWAYS),
        1 => vec(relations(), 1..3).prop_map(RelationRule),
    ];
    let standing = prop_oneof![Just(Weight::Ordinary), Just(Weight::Steering)];
    (
        vec(one_of::<ActionPattern>(&PATTERNS), 1..3),
        when,
        standing,
        field_set(),
        option::of((0u8..4).prop_map(Level)),
        option::weighted(0.2, condition()),
        prop_oneof![3 => Just(ObligationSet::NONE), 1 => obligations()],
    )
        .prop_map(|(actions, when, standing, fields, level, condition, obligations)| Entry {
            actions,
            when,
            standing,
            fields,
            level,
            condition,
            obligations,
        })
}

/// Whatever the standing and the circumstances.
pub(super) fn plain_entry() -> impl Strategy<Value = Entry> {
    (
        field_set(),
        (0u8..4).prop_map(Level),
        prop_oneof![4 => Just(ObligationSet::NONE), 1 => obligations()],
    )
        .prop_map(|(fields, level, obligations)| Entry {
            fields,
            level: Some(level),
            obligations,
            ..Entry::of([])
        })
}

pub(super) fn role_id(number: usize) -> RoleId {
    RoleId(Uuid::from_u128(100 + number as u128))
}

/// Each inherits from some of those before it, whose identities are higher as often as lower.
pub(super) fn roles() -> impl Strategy<Value = Vec<RoleDefinition>> {
    let role = |number: usize| {
        let before = prop::collection::btree_set(0..number.max(1), 0..3);
        let mask = vec(one_of::<ActionPattern>(&PATTERNS[4..]), 0..2);
        (
            vec(entry(), 0..3),
            before,
            mask,
            prop_oneof![4 => Just(ObligationSet::NONE), 1 => obligations()],
        )
            .prop_map(move |(entries, before, mask, obligations)| RoleDefinition {
                id: role_id(number ^ 1),
                name: format!("role {number}"),
                owner: None,
                risk: RiskTier::Standard,
                entries,
                juniors: before
                    .into_iter()
                    .filter(|it| *it < number)
                    .map(|it| role_id(it ^ 1))
                    .collect(),
                mask,
                requestable: true,
                max_hours: None,
                obligations,
            })
    };
    (role(0), role(1), role(2), role(3)).prop_map(|roles| vec![roles.0, roles.1, roles.2, roles.3])
}

pub(in crate::access) fn grant() -> impl Strategy<Value = Grant> {
    let what = prop_oneof![
        // One of the roles is not there.
        2 => (0usize..5).prop_map(|number| Granted::Role(role_id(number))),
        1 => entry().prop_map(|entry| Granted::Entry(Box::new(entry))),
    ];
    let state = prop_oneof![
        8 => Just(GrantState::Active),
        1 => Just(GrantState::Revoked),
        1 => Just(GrantState::Expired),
    ];
    let delegated =
        prop_oneof![3 => Just(None), 1 => Just(Some(PEOPLE[1])), 1 => Just(Some(PEOPLE[2]))];
    let from = prop_oneof![3 => Just(noon() - TimeDelta::hours(4)), 1 => instant()];
    (
        0u128..1 << 20,
        what,
        scope(),
        from,
        option::weighted(0.3, instant()),
        delegated,
        prop::bool::weighted(0.2),
        state,
    )
        .prop_map(|(id, what, scope, from, until, delegated_by, pierces, state)| Grant {
            id: GrantId(Uuid::from_u128(id)),
            what,
            scope,
            from,
            until,
            source: GrantSource::Administrator,
            request: None,
            delegated_by,
            pierces,
            state,
        })
}

fn group() -> impl Strategy<Value = AccessGroupId> {
    (0u128..2).prop_map(|id| AccessGroupId(Uuid::from_u128(id)))
}

fn rule_id() -> impl Strategy<Value = Uuid> {
    (0u128..4).prop_map(Uuid::from_u128)
}

pub(in crate::access) fn deny() -> impl Strategy<Value = Deny> {
    let whom = prop_oneof![
        2 => Just(Matcher::Any),
        1 => prop::sample::select(&PEOPLE[..]).prop_map(|id| Matcher::Subject(AccessSubject::Person(id))),
        1 => group().prop_map(Matcher::Group),
        1 => (0usize..5).prop_map(|number| Matcher::Role(role_id(number))),
    ];
    let strength = prop_oneof![1 => Just(Strength::Hard), 2 => Just(Strength::Soft)];
    let fields = prop_oneof![2 => Just(BTreeSet::new()), 1 => btree_set(one_of(&FIELDS), 1..3)];
    let actions = vec(one_of::<ActionPattern>(&PATTERNS[1..]), 1..2);
    (rule_id(), strength, whom, actions, scope(), option::weighted(0.4, condition()), fields)
        .prop_map(|(id, strength, whom, actions, scope, condition, fields)| Deny {
            id: DenyRuleId(id),
            strength,
            whom,
            actions,
            scope,
            condition,
            fields,
        })
}

fn duty(name: &str) -> Duty {
    let actions = match name {
        "benefit" => BTreeSet::new(),
        _ => [format!("change.{name}").parse().unwrap()].into(),
    };
    Duty { name: name.parse().unwrap(), actions }
}

pub(super) fn sod_rule() -> impl Strategy<Value = SodRule> {
    let action = prop_oneof![3 => Just(SodAction::Block), 1 => Just(SodAction::Record)];
    let duties = btree_set(prop::sample::select(&["raise", "approve", "benefit"][..]), 2..4);
    (rule_id(), action, duties).prop_map(|(id, action, duties)| SodRule {
        id: SodRuleId(id),
        name: id.to_string(),
        action,
        kind: SodKind::Dynamic {
            object_type: "change".to_owned(),
            duties: duties.into_iter().map(duty).collect(),
        },
    })
}

pub(super) fn holdings(who: usize) -> impl Strategy<Value = Holdings> {
    let person = AccessSubject::Person(PEOPLE[who]);
    let subject = prop_oneof![
        9 => Just(person),
        u32::from(who == 0) => Just(AccessSubject::Service(ServiceAccountId(Uuid::from_u128(9)))),
    ];
    let state = prop_oneof![19 => Just(SubjectState::Active), 1 => Just(SubjectState::Suspended)];
    let human = option::weighted(0.9, prop::sample::select(&PEOPLE[..]).prop_map(Human));
    let held = (grant(), option::weighted(0.2, group()))
        .prop_map(|(grant, through)| Held { grant, through });
    let lifted = prop_oneof![
        rule_id().prop_map(|id| Lifted::Deny(DenyRuleId(id))),
        rule_id().prop_map(|id| Lifted::Sod(SodRuleId(id))),
    ];
    let exception = (lifted, instant(), 1i64..4, prop::sample::select(&PEOPLE[..])).prop_map(
        |(lifts, from, hours, subject)| Exception {
            id: ExceptionId(Uuid::nil()),
            lifts,
            subject: AccessSubject::Person(subject),
            owner: PEOPLE[2],
            from,
            until: from + TimeDelta::hours(hours),
        },
    );
    let base = prop::bool::weighted(0.8);
    (subject, human, state, btree_set(group(), 0..2), vec(held, 0..8), vec(exception, 0..3), base)
        .prop_map(|(subject, human, state, groups, mut grants, exceptions, base)| {
            if base {
                grants.push(Held { grant: functions(), through: None });
            }
            Holdings { human, state, groups, grants, exceptions, ..Holdings::none(subject) }
        })
}

/// A grant of the function permissions of all types, everywhere and always.
pub(in crate::access) fn functions() -> Grant {
    Grant {
        id: GrantId(Uuid::from_u128(1 << 21)),
        what: Granted::Entry(Box::new(Entry::of(["*.use".parse().unwrap()]))),
        scope: Scope::Everywhere,
        from: noon() - TimeDelta::days(1),
        until: None,
        source: GrantSource::Birthright,
        request: None,
        delegated_by: None,
        pierces: false,
        state: GrantState::Active,
    }
}
