//! From a world to a predicate, gate by gate in the order of the decision.

use chrono::{DateTime, Utc};

use super::Filter;
use super::predicate::Predicate;
use crate::access::decide::{Given, Session, SubjectState, World};
use crate::access::model::{
    ActionClass, ActionId, ActionName, Condition, Deny, Lifted, ObligationSet, RelationRule,
    RelationSet, Scope, ScopePath, SubjectKind, window,
};
use crate::kernel::PersonId;

/// For which objects the subject of this world may do this.
pub fn compile(world: &World, action: &ActionName, at: DateTime<Utc>, session: &Session) -> Filter {
    let registry = world.rules().registry();
    let Some(action) = registry.find(action) else { return Filter(Predicate::never()) };
    let info = registry.info(action);
    let token = session.token.as_ref();
    // G1 and K, as far as they do not look at the object.
    let may = !session.revoked
        && world.state == SubjectState::Active
        && (info.class != ActionClass::Approval || world.subject.kind() == SubjectKind::Person)
        && token.is_none_or(|token| token.permits(&info.name));
    let compiler = Compiler { world, action, at, session, delegator: None };
    Filter(Predicate::all([Predicate::constant(may), compiler.rights(ObligationSet::NONE)]))
}

/// One action in one world.
#[derive(Clone, Copy)]
struct Compiler<'a> {
    world: &'a World,
    action: ActionId,
    at: DateTime<Utc>,
    session: &'a Session,
    /// In whose world this is, if that is not the asker's.
    delegator: Option<PersonId>,
}

impl<'a> Compiler<'a> {
    /// Every gate that looks at the object; `obligations` come from what is delegated.
    fn rights(self, obligations: ObligationSet) -> Predicate {
        let rules = self.world.rules();
        let name = &rules.registry().info(self.action).name;
        if !rules.within_boundary(self.world.subject.kind(), name) {
            return Predicate::never();
        }
        let candidates =
            self.world.giving(self.action).map(|given| self.candidate(given, obligations));
        Predicate::all([self.function(), Predicate::any(candidates), Predicate::not(self.denied())])
    }

    /// The same in the world of somebody who delegated, and may do anything at all.
    fn at_delegator(self, person: PersonId) -> Option<Self> {
        let may = |world: &&World| world.state == SubjectState::Active;
        let world =
            self.world.delegator(person).filter(may).filter(|_| self.delegator.is_none())?;
        Some(Self { world, delegator: Some(person), ..self })
    }

    /// G2.
    fn function(self) -> Predicate {
        let function = self.world.rules().registry().function(self.action);
        let live = self.world.giving(function).filter(|given| self.is_live(given));
        Predicate::any(live.map(|given| {
            let above = given.grant.delegated_by.map(|person| {
                self.at_delegator(person).map_or_else(Predicate::never, Self::function)
            });
            Predicate::all([self.permits(given), above.unwrap_or_else(Predicate::always)])
        }))
    }

    /// H and S: which of them comes first makes no difference to what is left.
    fn denied(self) -> Predicate {
        let whole =
            |deny: &&Deny| deny.fields.is_empty() && self.world.is_meant_by(&deny.whom, self.at);
        let lifted = |deny: &Deny| {
            let rule = Lifted::Deny(deny.id);
            deny.takes_exceptions() && self.world.is_excepted(rule, self.at)
        };
        let rules = self.world.rules().denies(self.action).filter(whole);
        Predicate::any(rules.filter(|deny| !lifted(deny)).map(|deny| {
            let matches = match &deny.condition {
                None => Predicate::always(),
                Some(condition) => Predicate::any([
                    unanswered(condition, self.at),
                    answered_so(condition, self.at),
                ]),
            };
            Predicate::all([within(&deny.scope), matches])
        }))
    }

    /// C, the delegator's part of K, and O, of one grant.
    fn candidate(self, given: Given<'_>, obligations: ObligationSet) -> Predicate {
        let grant = given.grant;
        let obligations = given.obligations.and(obligations);
        let unmet = obligations.demands().without(self.session.met);
        if !self.is_live(&given) || unmet != ObligationSet::NONE {
            return Predicate::never();
        }
        let class = self.world.rules().registry().info(self.action).class;
        let behind = |place| Predicate::not(Predicate::within(place));
        let barriers = self.world.rules().tree().barriers(class);
        let barriers = barriers.filter(|_| !grant.pierces).filter(|it| stops(it, &grant.scope));
        let above = grant.delegated_by.map(|person| {
            let compiler = self.at_delegator(person);
            compiler.map_or_else(Predicate::never, |compiler| compiler.rights(obligations))
        });
        let parts = [
            within(&grant.scope),
            stands(&given.entry.when, self.delegator.or(grant.delegated_by)),
            self.permits(given),
            above.unwrap_or_else(Predicate::always),
        ];
        Predicate::all(parts.into_iter().chain(barriers.map(behind)))
    }

    /// Whether it counts here and now, whatever the object.
    fn is_live(self, given: &Given<'_>) -> bool {
        let counts = match self.delegator {
            None => self.session.activates(given.grant.role()),
            Some(_) => given.grant.delegated_by.is_none(),
        };
        counts && given.grant.is_live(self.at)
    }

    /// What cannot be answered permits nothing.
    fn permits(self, given: Given<'_>) -> Predicate {
        let condition = given.entry.condition.as_ref();
        condition.map_or_else(Predicate::always, |condition| answered_so(condition, self.at))
    }
}

/// Whether the barrier stands between what holds there and objects below.
fn stops(barrier: &ScopePath, scope: &Scope) -> bool {
    match scope {
        Scope::Everywhere => !barrier.is_root(),
        Scope::Node(node) => node.contains(barrier) && node != barrier,
        Scope::Item(_) => false,
    }
}

fn within(scope: &Scope) -> Predicate {
    match scope {
        Scope::Everywhere => Predicate::always(),
        Scope::Node(place) => Predicate::within(place),
        Scope::Item(id) => Predicate::Item(*id),
    }
}

fn stands(rule: &RelationRule, delegator: Option<PersonId>) -> Predicate {
    if rule.holds(RelationSet::NONE) {
        return Predicate::always();
    }
    Predicate::any(rule.0.iter().map(|all| Predicate::Stands { delegator, all: *all }))
}

/// Whether some part of it looks at what is not there.
fn unanswered(condition: &Condition, at: DateTime<Utc>) -> Predicate {
    match condition {
        Condition::TimeWindow { zone, from, until } => {
            Predicate::constant(window(*zone, *from, *until, at).is_err())
        }
        Condition::AttributeIn { name, .. } => Predicate::not(Predicate::Has(name.clone())),
        Condition::RiskAtMost(_) => Predicate::not(Predicate::HasRisk),
        Condition::All(parts) => Predicate::any(parts.iter().map(|part| unanswered(part, at))),
    }
}

/// Whether all that it looks at is there and so.
fn answered_so(condition: &Condition, at: DateTime<Utc>) -> Predicate {
    match condition {
        Condition::TimeWindow { zone, from, until } => {
            Predicate::constant(window(*zone, *from, *until, at).unwrap_or(false))
        }
        Condition::AttributeIn { name, values } => {
            Predicate::AttributeIn { name: name.clone(), values: values.clone() }
        }
        Condition::RiskAtMost(most) => Predicate::RiskAtMost(*most),
        Condition::All(parts) => Predicate::all(parts.iter().map(|part| answered_so(part, at))),
    }
}
