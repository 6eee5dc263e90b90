//! Two roles that nobody may have together, in every way and order in which one can come to them.

mod matrix;
mod rules;
mod sweep;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Origin, Separation, Tenure};
use crate::access::model::{
    ActionPattern, Counted, Entry, Exception, Grant, GrantSource, GrantState, Granted, Lifted,
    ObligationSet, Registry, RiskTier, RoleDefinition, Roles, Scope, SodAction, SodKind, SodRule,
};
use crate::kernel::testing::world::{ANNA, noon};
use crate::kernel::{AccessRequestId, ExceptionId, GrantId, RoleId, SodRuleId};

/// Decides on access.
const APPROVER: RoleId = RoleId(Uuid::from_u128(1));
/// Grants it.
const GRANTER: RoleId = RoleId(Uuid::from_u128(2));
/// Has what an approver has, and one that has what this one has.
const DEPUTY: RoleId = RoleId(Uuid::from_u128(3));
const SENIOR: RoleId = RoleId(Uuid::from_u128(4));
/// Stands above both.
const BOTH: RoleId = RoleId(Uuid::from_u128(5));
/// Above an approver, without what an approver does.
const MASKED: RoleId = RoleId(Uuid::from_u128(6));
/// Looks at the log.
const READER: RoleId = RoleId(Uuid::from_u128(7));
/// Is not there any more.
const RETIRED: RoleId = RoleId(Uuid::from_u128(99));

const RULE: SodRuleId = SodRuleId(Uuid::from_u128(11));
const OTHER_RULE: SodRuleId = SodRuleId(Uuid::from_u128(12));

fn role<const N: usize, const M: usize>(
    id: RoleId,
    juniors: [RoleId; N],
    actions: [&str; M],
) -> RoleDefinition {
    let entries = actions.map(|action| Entry::of([pattern(action)])).into();
    RoleDefinition {
        id,
        name: id.to_string(),
        owner: None,
        risk: RiskTier::Standard,
        entries,
        juniors: juniors.into(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

fn pattern(text: &str) -> ActionPattern {
    text.parse().unwrap()
}

fn roles(registry: &Registry) -> Roles {
    let masked = RoleDefinition {
        mask: vec![pattern("access.decide")],
        ..role(MASKED, [APPROVER], ["access.read"])
    };
    let all = [
        role(APPROVER, [], ["access.decide", "access.use"]),
        role(GRANTER, [], ["access.grant", "access.use"]),
        role(DEPUTY, [APPROVER], []),
        role(SENIOR, [DEPUTY], ["ticket.read"]),
        role(BOTH, [SENIOR, GRANTER], []),
        masked,
        role(READER, [], ["decision_log.read"]),
    ];
    Roles::of(all, registry).unwrap()
}

fn separation<const N: usize>(rules: [SodRule; N]) -> Separation {
    let registry = Registry::ours();
    Separation::of(&rules, &roles(&registry), &registry)
}

/// Fewer than `n` of these.
fn rule<const N: usize>(id: SodRuleId, set: [Counted; N], n: u8) -> SodRule {
    let kind = SodKind::Static { set: set.into(), n };
    SodRule { id, name: id.to_string(), action: SodAction::Block, kind }
}

/// Not to decide and to grant.
fn by_role() -> SodRule {
    rule(RULE, [Counted::Role(APPROVER), Counted::Role(GRANTER)], 2)
}

/// The same, said of the actions.
fn by_action() -> SodRule {
    rule(RULE, ["access.decide", "access.grant"].map(|it| Counted::Actions(pattern(it))), 2)
}

/// So many days after the first.
fn day(days: i64) -> DateTime<Utc> {
    noon() + TimeDelta::days(days)
}

/// Of these days, the last excluded.
fn grant(id: u128, role: RoleId, (from, until): (i64, Option<i64>)) -> Grant {
    Grant {
        id: GrantId(Uuid::from_u128(id)),
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: day(from),
        until: until.map(day),
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        state: GrantState::Active,
    }
}

fn had(id: u128, role: RoleId, days: (i64, Option<i64>)) -> Tenure {
    Tenure::of(&grant(id, role, days)).unwrap()
}

fn asked_for(id: u128, role: RoleId, days: (i64, Option<i64>)) -> Tenure {
    Tenure { origin: Origin::Request(AccessRequestId(Uuid::from_u128(id))), ..had(id, role, days) }
}

fn by(id: u128) -> Origin {
    Origin::Grant(GrantId(Uuid::from_u128(id)))
}

fn exception(lifts: SodRuleId, (from, until): (i64, i64)) -> Exception {
    Exception {
        id: ExceptionId(Uuid::from_u128(1)),
        lifts: Lifted::Sod(lifts),
        subject: crate::access::model::AccessSubject::Person(ANNA),
        owner: ANNA,
        from: day(from),
        until: day(until),
    }
}
