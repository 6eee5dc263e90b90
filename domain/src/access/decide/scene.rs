//! A question put to a world: what the gates look at more than once.

use super::asked::{Asked, ObjectView};
use super::candidate::Candidate;
use super::decision::{Fault, Reason, Source};
use super::world::{Given, SubjectState, World};
use crate::access::model::{
    ActionId, ActionInfo, Condition, Deny, GrantState, Lifted, Strength, Wall,
};
use crate::kernel::PersonId;

/// One world, one question.
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) asked: Asked<'a>,
    pub(super) action: ActionId,
    pub(super) info: &'a ActionInfo,
    wall: Wall,
    /// In whose world this is, if that is not the asker's: only what is that person's own counts
    /// there, and no session bounds it.
    delegator: Option<PersonId>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(world: &'a World, asked: Asked<'a>, action: ActionId) -> Self {
        let info = world.rules.registry.info(action);
        let wall = world.rules.tree.wall(&asked.object.place, info.class);
        Self { world, asked, action, info, wall, delegator: None }
    }

    /// The same question in the world of somebody who delegated, and may do anything at all.
    pub(super) fn at_delegator(&self, person: PersonId) -> Option<Self> {
        // What was delegated to them is not theirs to delegate.
        let may = |world: &&World| world.state == SubjectState::Active;
        let world =
            self.world.delegator(person).filter(may).filter(|_| self.delegator.is_none())?;
        Some(Self { world, delegator: Some(person), ..*self })
    }

    pub(super) fn object(&self) -> &'a ObjectView {
        self.asked.object
    }

    /// G2. A delegated grant does as far as whoever delegated it has the function.
    pub(super) fn has_function(&self, faults: &mut Vec<Fault>) -> bool {
        let function = self.world.rules.registry.function(self.action);
        let mut met = Vec::new();
        let found = self.world.giving(function).any(|given| {
            self.counts(&given)
                && given.grant.is_live(self.asked.at)
                && self.permits(&given, &mut met)
                && given.grant.delegated_by.is_none_or(|person| {
                    let above = self.at_delegator(person);
                    above.is_some_and(|scene| scene.has_function(&mut met))
                })
        });
        // Which were met before the first that does is chance.
        if !found {
            faults.append(&mut met);
        }
        found
    }

    /// The first rule of this strength that denies the action as a whole.
    pub(super) fn denied(&self, strength: Strength, faults: &mut Vec<Fault>) -> Option<&'a Deny> {
        let rules: &'a _ = &self.world.rules;
        let whole = |deny: &&Deny| deny.strength == strength && deny.fields.is_empty();
        rules.denies(self.action).filter(whole).find(|deny| self.denies(deny, faults))
    }

    /// The rules that deny some fields.
    pub(super) fn field_denies(&self, faults: &mut Vec<Fault>) -> Vec<&'a Deny> {
        let rules: &'a _ = &self.world.rules;
        let of_fields = |deny: &&Deny| !deny.fields.is_empty();
        rules.denies(self.action).filter(of_fields).filter(|it| self.denies(it, faults)).collect()
    }

    fn denies(&self, deny: &Deny, faults: &mut Vec<Fault>) -> bool {
        let (object, at) = (self.object(), self.asked.at);
        if !deny.scope.contains(&object.place, object.item)
            || !self.world.is_meant_by(&deny.whom, at)
        {
            return false;
        }
        // What cannot be answered denies.
        let source = Source::Deny(deny.id);
        let matches = self.holds(deny.condition.as_ref(), source, faults).unwrap_or(true);
        let lifted =
            || deny.takes_exceptions() && self.world.is_excepted(Lifted::Deny(deny.id), at);
        matches && !lifted()
    }

    /// C. Otherwise the nearest miss.
    pub(super) fn candidates(&self, faults: &mut Vec<Fault>) -> Result<Vec<Candidate<'a>>, Reason> {
        let mut found = Vec::with_capacity(16);
        let mut nearest = Miss::Grant;
        for given in self.world.giving(self.action) {
            match self.reached_by(&given, faults) {
                Ok(()) => found.push(Candidate::of(given)),
                Err(miss) => nearest = nearest.min(miss),
            }
        }
        if found.is_empty() { Err(nearest.reason()) } else { Ok(found) }
    }

    /// Whether it gives the action here and now; else what it lacks, if that is one thing.
    fn reached_by(&self, given: &Given<'_>, faults: &mut Vec<Fault>) -> Result<(), Miss> {
        let (grant, object, at) = (given.grant, self.object(), self.asked.at);
        if !self.counts(given) || at < grant.from {
            return Err(Miss::Grant);
        }
        let reaches = grant.scope.contains(&object.place, object.item)
            && (grant.pierces || !self.wall.stops(&grant.scope))
            && given.entry.when.holds(object.relation_of(self.delegator.or(grant.delegated_by)));
        match (grant.state, reaches) {
            (GrantState::Revoked, true) => Err(Miss::Revocation),
            (GrantState::Expired, true) => Err(Miss::End),
            (GrantState::Active, true) if grant.is_over(at) => Err(Miss::End),
            (GrantState::Active, true) if self.permits(given, faults) => Ok(()),
            (GrantState::Active, false) if !grant.is_over(at) => Err(Miss::Scope),
            _ => Err(Miss::Grant),
        }
    }

    /// Whether it counts here at all.
    fn counts(&self, given: &Given<'_>) -> bool {
        match self.delegator {
            None => self.asked.session.activates(given.grant.role()),
            Some(_) => given.grant.delegated_by.is_none(),
        }
    }

    /// Whether it permits under these circumstances: what cannot be answered does not.
    fn permits(&self, given: &Given<'_>, faults: &mut Vec<Fault>) -> bool {
        let source = Source::Grant(given.grant.id);
        self.holds(given.entry.condition.as_ref(), source, faults).unwrap_or(false)
    }

    fn holds(
        &self,
        condition: Option<&Condition>,
        source: Source,
        faults: &mut Vec<Fault>,
    ) -> Option<bool> {
        let Some(condition) = condition else { return Some(true) };
        match condition.holds(self.object().surroundings(self.asked.at)) {
            Ok(holds) => Some(holds),
            Err(fault) => {
                faults.push(Fault { source, fault });
                None
            }
        }
    }

    /// Whether subjects of this sort may get so far.
    pub(super) fn is_within_boundary(&self) -> bool {
        self.world.rules.within_boundary(self.world.subject.kind(), &self.info.name)
    }

    /// Of whoever delegated: all that permits what is asked, as if they asked themselves.
    pub(super) fn own_rights(&self, faults: &mut Vec<Fault>) -> Vec<Candidate<'a>> {
        let may = self.has_function(faults)
            && self.is_within_boundary()
            && self.denied(Strength::Hard, faults).is_none()
            && self.denied(Strength::Soft, faults).is_none();
        if may { self.candidates(faults).unwrap_or_default() } else { Vec::new() }
    }
}

/// What a grant lacks to be one that permits; the nearer, the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Miss {
    Revocation,
    End,
    Scope,
    /// More than one thing, or any other.
    Grant,
}

impl Miss {
    fn reason(self) -> Reason {
        match self {
            Self::Revocation => Reason::Revoked,
            Self::End => Reason::Expired,
            Self::Scope => Reason::OutOfScope,
            Self::Grant => Reason::NoGrant,
        }
    }
}
