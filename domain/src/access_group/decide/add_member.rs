//! Add member: one more belongs to it.

use super::{DEPTH_MAX, Decided, MEMBERS_MAX, known, must_hold};
use crate::access::giving::is_oneself;
use crate::access::known::{AccessNeeds, GroupFacts, HolderFacts, Rulebook};
use crate::access::model::{AccessSubject, SodAction};
use crate::access::sod::{Separation, Tenure};
use crate::access_group::event::{AccessGroupEvent, MemberAdded};
use crate::access_group::refusal::AccessGroupRefusal as No;
use crate::access_group::state::AccessGroup;
use crate::kernel::{AccessGroupId, Context, Needs};

/// AG2 to AG5. One more belongs to the group. Whoever does already, does.
#[derive(Debug, Clone, PartialEq)]
pub struct AddMember {
    /// This group.
    pub group: AccessGroupId,
    /// A person, a program, or a group.
    pub member: AccessSubject,
}

impl AddMember {
    pub(in crate::access_group) fn needs(&self) -> Needs {
        let inner = match self.member {
            AccessSubject::Group(inner) => Some(inner),
            AccessSubject::Person(_) | AccessSubject::Service(_) => None,
        };
        let groups = inner.into_iter().chain([self.group]).collect();
        let subjects = [self.member].into();
        Needs {
            access: AccessNeeds {
                rules: true,
                policy: true,
                groups,
                subjects,
                ..AccessNeeds::default()
            },
            ..Needs::default()
        }
    }

    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        let body = group.open()?;
        if body.members.contains(&self.member) {
            return Ok(vec![]);
        }
        if body.members.len() >= MEMBERS_MAX {
            return Err(No::TooManyMembers);
        }
        let member = cx.facts.access.subjects.get(&self.member).filter(|member| member.active);
        let member = member.ok_or(No::MemberUnfit)?;
        let (around, rules) = known(self.group, cx)?;
        if let AccessSubject::Group(inner) = self.member {
            let within = cx.facts.access.groups.get(&inner).filter(|inner| !inner.retired);
            must_nest((self.group, around), (inner, within.ok_or(No::MemberUnfit)?))?;
        }
        if is_oneself(cx, self.member, member) {
            return Err(No::OwnMembership);
        }
        must_hold((self.group, around), rules, cx)?;
        must_separate(around, member, rules)?;
        Ok(vec![AccessGroupEvent::MemberAdded(MemberAdded { member: self.member })])
    }
}

/// AG3
fn must_nest(
    (outer, around): (AccessGroupId, &GroupFacts),
    (inner, within): (AccessGroupId, &GroupFacts),
) -> Result<(), No> {
    if inner == outer || within.within.contains(&outer) {
        return Err(No::Cycle);
    }
    // Those around, the two themselves, and those within.
    let groups = around.height.saturating_add(within.depth).saturating_add(2);
    if groups > DEPTH_MAX { Err(No::TooDeep) } else { Ok(()) }
}

/// AG5
fn must_separate(around: &GroupFacts, member: &HolderFacts, rules: &Rulebook) -> Result<(), No> {
    let separation = Separation::of(rules.duties.values(), &rules.roles, &rules.registry);
    let brought: Vec<Tenure> = around.held.iter().filter_map(Tenure::of).collect();
    for beside in member.beside.values() {
        let both = [beside, &member.own];
        let mut others: Vec<Tenure> = both.iter().flat_map(|it| it.tenures.clone()).collect();
        let lifting: Vec<_> = both.iter().flat_map(|it| it.exceptions.clone()).collect();
        for new in &brought {
            let breaches = separation.brought_by(new, &others, &lifting).into_iter();
            let stops = |action| matches!(action, SodAction::Block | SodAction::Approve);
            if let Some(breach) = breaches.into_iter().find(|breach| stops(breach.action)) {
                return Err(No::Duties { rule: breach.rule });
            }
            others.push(new.clone());
        }
    }
    Ok(())
}
