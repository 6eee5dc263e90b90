//! What commands on rights need to know, and the answers; fetched before they are decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{
    AccessSubject, Deny, Exception, Grant, Human, Registry, Roles, ScopeTree, SodRule,
};
use super::premise::Premise;
use super::sod::Tenure;
use crate::access_policy::state::AccessPolicy;
use crate::access_request::known::{RequestFacts, RequestQuery};
use crate::assignment_rule::simulation::{Simulation, SimulationQuery};
use crate::kernel::facts::answers;
use crate::kernel::{
    AccessGroupId, DenyRuleId, GrantId, Needs, PersonId, RoleId, SodRuleId, UnitId,
};

/// What must be known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessNeeds {
    /// The roles, the actions and the rules there are, and what whoever does it holds.
    pub rules: bool,
    /// What these hold, and all that counts together with it.
    pub subjects: BTreeSet<AccessSubject>,
    /// Who belongs to these groups.
    pub groups: BTreeSet<AccessGroupId>,
    /// Who holds these roles, and those that inherit from them.
    pub holders: BTreeSet<RoleId>,
    /// By which grants somebody may give access, everywhere and for good.
    pub keepers: bool,
    /// Who may give access at these units, if nothing reached them from above.
    pub behind: BTreeSet<UnitId>,
    /// The policy of access.
    pub policy: bool,
    /// All that a request depends on.
    pub request: Option<RequestQuery>,
    /// What would come of a rule that grants by itself.
    pub simulation: Option<SimulationQuery>,
}

/// The answers; what is absent does not exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessFacts {
    /// The rules there are.
    pub rules: Option<Arc<Rulebook>>,
    /// What whoever does it holds, through groups too.
    pub held: Vec<Grant>,
    /// What the human's other accounts hold likewise.
    pub held_elsewhere: Vec<Grant>,
    /// Which human that is; none: no second account of anybody.
    pub doer: Option<Human>,
    /// As whom rules mean them: every account of that human, and every group of these.
    pub acts_as: BTreeSet<AccessSubject>,
    /// Subjects of access.
    pub subjects: BTreeMap<AccessSubject, HolderFacts>,
    /// Groups of those who have access.
    pub groups: BTreeMap<AccessGroupId, GroupFacts>,
    /// Who holds a role, inherited or not.
    pub holders: BTreeMap<RoleId, Holders>,
    /// The grants by which somebody active may give access, everywhere and for good.
    pub keepers: BTreeSet<GrantId>,
    /// The grants by which somebody active may give access at a unit, for good, and which no barrier
    /// there stops.
    pub behind: BTreeMap<UnitId, BTreeSet<GrantId>>,
    /// The policy of access.
    pub policy: Option<Arc<AccessPolicy>>,
    /// All that a request depends on.
    pub request: Option<Arc<RequestFacts>>,
    /// What would come of a rule that grants by itself.
    pub simulation: Option<Simulation>,
    /// What these answers lean on, and how often each of it had moved: the append is refused when one
    /// has moved since.
    pub leans: BTreeMap<Premise, i64>,
}

/// Every rule there is.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// What can be done.
    pub registry: Registry,
    /// The roles, retired ones among them.
    pub roles: Roles,
    /// Of these, the ones that are given to nobody any more.
    pub retired: BTreeSet<RoleId>,
    /// The rules of duties.
    pub duties: BTreeMap<SodRuleId, SodRule>,
    /// The rules that deny.
    pub denies: BTreeMap<DenyRuleId, Deny>,
    /// Where units lie.
    pub tree: ScopeTree,
}

impl AccessNeeds {
    /// The rules, and what whoever does it holds.
    pub fn rules() -> Self {
        Self { rules: true, ..Self::default() }
    }

    /// The same and these.
    pub fn extend(&mut self, more: &Self) {
        self.rules |= more.rules;
        self.subjects.extend(&more.subjects);
        self.groups.extend(&more.groups);
        self.holders.extend(&more.holders);
        self.keepers |= more.keepers;
        self.behind.extend(&more.behind);
        self.policy |= more.policy;
        self.request = more.request.clone().or_else(|| self.request.take());
        self.simulation = more.simulation.clone().or_else(|| self.simulation.take());
    }

    /// What is left when these are known.
    #[must_use]
    pub fn without(&self, known: &Self) -> Self {
        Self {
            rules: self.rules && !known.rules,
            subjects: &self.subjects - &known.subjects,
            groups: &self.groups - &known.groups,
            holders: &self.holders - &known.holders,
            keepers: self.keepers && !known.keepers,
            behind: &self.behind - &known.behind,
            policy: self.policy && !known.policy,
            request: self.request.clone().filter(|query| known.request.as_ref() != Some(query)),
            simulation: self
                .simulation
                .clone()
                .filter(|query| known.simulation.as_ref() != Some(query)),
        }
    }
}

impl From<AccessNeeds> for Needs {
    fn from(access: AccessNeeds) -> Self {
        Self { access, ..Self::default() }
    }
}

impl AccessFacts {
    /// The same and these.
    pub fn extend(&mut self, more: Self) {
        if more.rules.is_some() {
            (self.rules, self.held, self.doer) = (more.rules, more.held, more.doer);
            (self.held_elsewhere, self.acts_as) = (more.held_elsewhere, more.acts_as);
        }
        self.subjects.extend(more.subjects);
        self.groups.extend(more.groups);
        self.holders.extend(more.holders);
        self.keepers.extend(more.keepers);
        self.behind.extend(more.behind);
        self.policy = more.policy.or_else(|| self.policy.take());
        self.request = more.request.or_else(|| self.request.take());
        self.simulation = more.simulation.or_else(|| self.simulation.take());
        self.lean(more.leans);
    }

    /// Leans on these as well: on each as it was first heard of.
    pub fn lean(&mut self, more: impl IntoIterator<Item = (Premise, i64)>) {
        for (premise, moved) in more {
            let known = self.leans.entry(premise).or_insert(moved);
            *known = moved.min(*known);
        }
    }

    /// The answers to these needs alone.
    #[must_use]
    pub fn of(&self, needs: &AccessNeeds) -> Self {
        Self {
            rules: self.rules.clone().filter(|_| needs.rules),
            held: if needs.rules { self.held.clone() } else { Vec::new() },
            held_elsewhere: if needs.rules { self.held_elsewhere.clone() } else { Vec::new() },
            doer: self.doer.filter(|_| needs.rules),
            acts_as: if needs.rules { self.acts_as.clone() } else { BTreeSet::new() },
            subjects: answers(&self.subjects, &needs.subjects),
            groups: answers(&self.groups, &needs.groups),
            // Which roles inherit from which was found out by whoever asked.
            holders: match needs.holders.is_empty() {
                true => BTreeMap::new(),
                false => self.holders.clone(),
            },
            keepers: if needs.keepers { self.keepers.clone() } else { BTreeSet::new() },
            behind: answers(&self.behind, &needs.behind),
            policy: self.policy.clone().filter(|_| needs.policy),
            request: self.request.clone().filter(|_| needs.request.is_some()),
            simulation: self.simulation.clone().filter(|_| needs.simulation.is_some()),
            leans: self.leans.clone(),
        }
    }
}

impl Default for Rulebook {
    /// Nothing but what Annals itself can do, and nobody who may.
    fn default() -> Self {
        Self {
            registry: Registry::ours(),
            roles: Roles::default(),
            retired: BTreeSet::new(),
            duties: BTreeMap::new(),
            denies: BTreeMap::new(),
            tree: ScopeTree::default(),
        }
    }
}

impl PartialEq for Rulebook {
    /// What roles permit in the end follows from what they say and from the actions there are.
    fn eq(&self, other: &Self) -> bool {
        self.registry == other.registry
            && self.roles.definitions().eq(other.roles.definitions())
            && self.retired == other.retired
            && self.duties == other.duties
            && self.denies == other.denies
            && self.tree == other.tree
    }
}

/// What is known of somebody who can have access.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HolderFacts {
    /// Whether it is there and active.
    pub active: bool,
    /// The humans behind it: a person's, whoever answers for a program, a group's people.
    pub humans: BTreeSet<Human>,
    /// What its own stream says.
    pub own: Beside,
    /// For every human behind it, what counts together with what its own stream says: what their
    /// groups and their other accounts hold, and what they have asked for.
    pub beside: BTreeMap<Human, Beside>,
}

/// What counts together with a subject's own grants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// What is had or asked for.
    pub tenures: Vec<Tenure>,
    /// What lets past rules.
    pub exceptions: Vec<Exception>,
}

/// Who holds a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders {
    /// Some of them; of many, not all.
    pub some: Vec<AccessSubject>,
    /// How many there are.
    pub count: u64,
}

/// What is known of a group of those who have access.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFacts {
    /// Whether it is over.
    pub retired: bool,
    /// Every group within it, at any depth.
    pub within: BTreeSet<AccessGroupId>,
    /// Every group that it is in, at any depth.
    pub around: BTreeSet<AccessGroupId>,
    /// How many groups lie within it, one in the other.
    pub depth: u8,
    /// How many it lies in, one in the other.
    pub height: u8,
    /// Its people, at any depth.
    pub people: BTreeSet<PersonId>,
    /// What its members hold through it: its own grants, and those of every group that it is in.
    pub held: Vec<Grant>,
}
