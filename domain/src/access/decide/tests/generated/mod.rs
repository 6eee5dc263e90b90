//! Worlds of all sorts, small enough that things meet in them.

mod parts;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use self::parts::{
    ACTIONS, FIELDS, PATTERNS, PLACES, holdings, instant, one_of, plain_entry, relations, role_id,
    roles, sod_rule,
};
pub(in crate::access) use self::parts::{PEOPLE, deny, entry, functions, grant};
use crate::access::decide::{
    Asked, Decision, Held, Holdings, ObjectView, RuleSet, Rules, Session, World, decide,
};
use crate::access::model::{
    ActionClass, ActionInfo, ActionName, ActionPattern, Ceiling, ClassSet, Deny, DoneDuty, Entry,
    FieldName, Grant, Granted, Human, Level, Obligation, Registry, RoleDefinition, Roles,
    ScopePath, SodRule, SubjectKind,
};
use crate::kernel::{CiId, GrantId};

/// A question, and all it depends on.
#[derive(Debug, Clone)]
pub(in crate::access) struct Generated {
    pub(in crate::access) roles: Vec<RoleDefinition>,
    pub(in crate::access) barriers: Vec<(ScopePath, ClassSet)>,
    pub(in crate::access) denies: Vec<Deny>,
    pub(in crate::access) sod: Vec<SodRule>,
    pub(in crate::access) boundaries: BTreeMap<SubjectKind, Ceiling>,
    pub(in crate::access) holdings: Holdings,
    pub(in crate::access) action: ActionName,
    pub(in crate::access) object: ObjectView,
    pub(in crate::access) fields: Vec<FieldName>,
    pub(in crate::access) at: DateTime<Utc>,
    pub(in crate::access) session: Session,
}

impl Generated {
    pub(in crate::access) fn world(&self) -> World {
        let registry = REGISTRY.clone();
        let roles = Roles::of(self.roles.clone(), &registry).unwrap();
        let rules = Rules::of(RuleSet {
            registry,
            roles,
            tree: self.barriers.iter().cloned().collect(),
            denies: self.denies.clone(),
            sod: self.sod.clone(),
            boundaries: self.boundaries.clone(),
            revision: 0,
        });
        World::of(self.holdings.clone(), Arc::new(rules))
    }

    pub(in crate::access) fn decision(&self) -> Decision {
        decide(&self.world(), &self.asked(&self.object))
    }

    pub(in crate::access) fn asked<'a>(&'a self, object: &'a ObjectView) -> Asked<'a> {
        Asked {
            action: &self.action,
            object,
            fields: &self.fields,
            at: self.at,
            session: &self.session,
        }
    }

    pub(in crate::access) fn grants(&mut self) -> impl Iterator<Item = &mut Grant> {
        self.holdings.grants.iter_mut().map(|held| &mut held.grant)
    }
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let known = ACTIONS.map(|name| {
        let name: ActionName = name.parse().unwrap();
        let class = match name.verb() {
            "view" | "export" => ActionClass::Data,
            "approve" => ActionClass::Approval,
            _ => ActionClass::Operation,
        };
        ActionInfo { name, class, is_read: class == ActionClass::Data, high_risk: false }
    });
    Registry::ours().with(known).unwrap()
});

pub(in crate::access) fn object() -> impl Strategy<Value = ObjectView> {
    let value = prop::sample::select(&["x", "z"][..]).prop_map(str::to_owned);
    let done = (
        prop::sample::select(&["raise", "approve", "benefit"][..]),
        prop::sample::select(&PEOPLE[..]),
        option::of(prop::sample::select(&PEOPLE[..]).prop_map(Human)),
    )
        .prop_map(|(name, human, acting_for)| DoneDuty {
            duty: name.parse().unwrap(),
            human: Human(human),
            acting_for,
        });
    (
        one_of(&PLACES),
        option::of((0u128..2).prop_map(|item| CiId(Uuid::from_u128(item)))),
        relations(),
        prop::collection::btree_map(prop::sample::select(&PEOPLE[1..]), relations(), 0..3),
        prop::collection::btree_map(one_of(&FIELDS), value, 0..4),
        option::of(0u8..4),
        btree_set(one_of(&FIELDS), 0..2),
        vec(done, 0..2),
        (0u8..3).prop_map(Level),
    )
        .prop_map(
            |(
                place,
                item,
                relation,
                delegators,
                attributes,
                risk,
                personal,
                done,
                required_level,
            )| {
                ObjectView {
                    place,
                    item,
                    relation,
                    delegators,
                    attributes,
                    risk,
                    personal,
                    done,
                    required_level,
                }
            },
        )
}

fn session() -> impl Strategy<Value = Session> {
    let ceiling = || vec(one_of::<ActionPattern>(&PATTERNS), 1..4).prop_map(Ceiling);
    (
        prop::bool::weighted(0.02),
        option::weighted(0.15, ceiling()),
        option::weighted(0.15, btree_set((0usize..4).prop_map(role_id), 1..4)),
        option::weighted(0.1, prop::sample::select(&PEOPLE[..]).prop_map(Human)),
        vec(prop::sample::select(&[Obligation::StepUpMfa, Obligation::ReasonRequired][..]), 0..3),
    )
        .prop_map(|(revoked, token, roles, acting_for, met)| Session {
            revoked,
            token,
            roles,
            acting_for,
            met: met.into_iter().collect(),
        })
}

/// A world and a question of any kind.
pub(in crate::access) fn any_case() -> impl Strategy<Value = Generated> {
    let class = prop::sample::select(
        &[ActionClass::Data, ActionClass::Operation, ActionClass::Approval][..],
    );
    let barrier = (one_of(&PLACES), vec(class, 1..3).prop_map(ClassSet::from_iter));
    let ceiling = vec(one_of::<ActionPattern>(&PATTERNS), 1..4).prop_map(Ceiling);
    let kind = prop_oneof![Just(SubjectKind::Person), Just(SubjectKind::Service)];
    let boundaries = prop_oneof![
        5 => Just(BTreeMap::new()),
        1 => prop::collection::btree_map(kind, ceiling, 1..2),
    ];
    let rules = (roles(), vec(barrier, 0..2), vec(deny(), 0..5), vec(sod_rule(), 0..3), boundaries);
    let lucky = || option::weighted(0.7, plain_entry());
    let delegators = (option::of((holdings(1), lucky())), option::of((holdings(2), lucky())));
    let asked = (
        one_of::<ActionName>(&ACTIONS),
        object(),
        vec(one_of(&FIELDS), 0..3),
        instant(),
        session(),
    );
    (rules, (holdings(0), lucky()), delegators, asked).prop_map(
        |((roles, barriers, denies, sod, boundaries), holdings, delegators, asked)| {
            let (action, object, fields, at, session) = asked;
            let likely = |(mut holdings, entry): (Holdings, Option<Entry>)| {
                let entry = entry.map(|entry| Entry { actions: vec![(&action).into()], ..entry });
                let what = entry.map(|entry| Granted::Entry(Box::new(entry)));
                let id = GrantId(Uuid::from_u128(1 << 22));
                let grant = what.map(|what| Grant { id, what, ..functions() });
                let held = grant.map(|grant| Held { grant, through: None });
                holdings.grants.extend(held);
                holdings
            };
            let delegators = [delegators.0, delegators.1].into_iter().flatten();
            let delegators = delegators.map(likely).collect();
            let holdings = Holdings { delegators, ..likely(holdings) };
            Generated {
                roles,
                barriers,
                denies,
                sod,
                boundaries,
                holdings,
                action,
                object,
                fields,
                at,
                session,
            }
        },
    )
}
