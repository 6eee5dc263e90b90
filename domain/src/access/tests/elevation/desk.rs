//! Everything about access at once, in memory: the streams, and what commands are told of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::access::decide::{
    Asked, Held, Holdings, ObjectView, RuleSet, Rules, Session, World, decide,
};
use crate::access::known::{AccessFacts, Beside, GroupFacts, HolderFacts, Rulebook};
use crate::access::model::{
    AccessSubject, ActionName, Entry, Grant, Human, Level, Registry, RelationName, RiskTier,
    RoleDefinition, Roles, ScopePath, ScopeTree,
};
use crate::access::population::Attributes;
use crate::access::sod::Tenure;
use crate::access::testing::pattern;
use crate::access_group::AccessGroup;
use crate::access_policy::Approver;
use crate::access_policy::state::AccessPolicy;
use crate::access_request::AccessRequest;
use crate::access_request::known::{Decider, RequestFacts, RequestQuery, RoleTerms};
use crate::access_request::wanted::What;
use crate::assignment_rule::AssignmentRule;
use crate::assignment_rule::simulation::{Simulation, SimulationQuery};
use crate::deny_rule::DenyRule;
use crate::kernel::testing::access::role as named;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, NORA, noon};
use crate::kernel::{
    AccessGroupId, AccessRequestId, AssignmentRuleId, DenyRuleId, GrantId, PersonId, RoleId,
    ServiceAccountId, UnitId,
};
use crate::person::{Person, PersonKind, Role as Post};
use crate::role::Role;
use crate::subject_access::SubjectAccess;
use crate::unit::Unit;

/// Whoever tries.
pub(super) const ME: AccessSubject = AccessSubject::Person(ANNA);
/// A program that they answer for.
pub(super) const BOT: AccessSubject =
    AccessSubject::Service(ServiceAccountId(Uuid::from_u128(0x601)));
/// A group that they belong to.
pub(super) const CREW: AccessGroupId = AccessGroupId(Uuid::from_u128(0x602));
/// A group that they do not belong to.
pub(super) const TEAM: AccessGroupId = AccessGroupId(Uuid::from_u128(0x603));

/// A unit behind a barrier: nothing that is granted above it reaches what lies there.
pub(super) const VAULT: UnitId = UnitId(Uuid::from_u128(0x604));

pub(super) const PEOPLE: [PersonId; 4] = [ANNA, BEN, NORA, HEIDI];

/// All streams about access.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    pub(super) roles: BTreeMap<RoleId, Role>,
    pub(super) access: BTreeMap<AccessSubject, SubjectAccess>,
    pub(super) groups: BTreeMap<AccessGroupId, AccessGroup>,
    pub(super) denies: BTreeMap<DenyRuleId, DenyRule>,
    pub(super) policy: AccessPolicy,
    pub(super) requests: BTreeMap<AccessRequestId, AccessRequest>,
    pub(super) rules: BTreeMap<AssignmentRuleId, AssignmentRule>,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) units: BTreeMap<UnitId, Unit>,
}

impl Desk {
    /// Those who belong to a group, groups among them, at any depth.
    fn within(&self, group: AccessGroupId) -> BTreeSet<AccessSubject> {
        let (mut found, mut left) = (BTreeSet::new(), vec![group]);
        while let Some(group) = left.pop() {
            let body = self.groups.get(&group).and_then(|it| it.0.as_deref());
            let Some(body) = body.filter(|body| !body.retired) else { continue };
            let meant = body.population.iter().flat_map(|population| {
                PEOPLE.into_iter().filter(|it| population.includes(&self.attributes(*it), today()))
            });
            let meant = meant.map(AccessSubject::Person);
            for member in body.members.iter().copied().chain(meant) {
                if let (true, AccessSubject::Group(inner)) = (found.insert(member), member) {
                    left.push(inner);
                }
            }
        }
        found
    }

    fn live(&self) -> impl Iterator<Item = AccessGroupId> {
        let live = self.groups.iter().filter(|(_, it)| it.0.as_ref().is_some_and(|it| !it.retired));
        live.map(|(id, _)| *id)
    }

    fn around(&self, subject: AccessSubject) -> BTreeSet<AccessGroupId> {
        self.live().filter(|group| self.within(*group).contains(&subject)).collect()
    }

    pub(super) fn own(&self, subject: AccessSubject) -> impl Iterator<Item = &Grant> {
        self.access.get(&subject).into_iter().flat_map(SubjectAccess::grants)
    }

    /// What somebody holds, through which group.
    fn held(&self, subject: AccessSubject) -> Vec<Held> {
        let own = self.own(subject).map(|grant| Held { grant: grant.clone(), through: None });
        let groups = self.around(subject).into_iter().flat_map(|group| {
            let grants = self.own(AccessSubject::Group(group));
            grants.map(move |grant| Held { grant: grant.clone(), through: Some(group) })
        });
        own.chain(groups).collect()
    }

    fn grants(&self, subject: AccessSubject) -> Vec<Grant> {
        self.held(subject).into_iter().map(|held| held.grant).collect()
    }

    fn definitions(&self) -> impl Iterator<Item = (&RoleDefinition, bool)> {
        let defined = self.roles.values().filter_map(|role| role.0.as_deref());
        defined.map(|body| (&body.definition, body.retired))
    }

    fn rulebook(&self) -> Rulebook {
        let registry = Registry::ours();
        let retired: BTreeSet<RoleId> =
            self.definitions().filter(|(_, over)| *over).map(|(role, _)| role.id).collect();
        let roles = self.definitions().map(|(role, _)| role.clone());
        let denies = self.denies.iter().filter_map(|(id, rule)| {
            let body = rule.0.as_deref().filter(|body| !body.retired)?;
            Some((*id, body.definition.deny(*id)))
        });
        Rulebook {
            roles: Roles::of(roles, &registry).expect("no role is above itself"),
            retired,
            duties: BTreeMap::new(),
            denies: denies.collect(),
            tree: self.tree(),
            registry,
        }
    }

    /// The vault is the only place besides the root.
    fn tree(&self) -> ScopeTree {
        let vault = self.units.get(&VAULT).and_then(|unit| unit.0.as_ref());
        vault.into_iter().map(|body| (vaulted(), body.barrier)).collect()
    }

    /// What is asked about this subject is answered by this.
    pub(super) fn world(&self, subject: AccessSubject) -> World {
        let Rulebook { registry, denies, .. } = self.rulebook();
        let live = self.definitions().filter(|(_, over)| !over).map(|(role, _)| role.clone());
        let roles = Roles::of(live, &registry).expect("nobody inherits from what is retired");
        let rules = Rules::of(RuleSet {
            registry,
            roles,
            tree: self.tree(),
            denies: denies.into_values().collect(),
            sod: vec![],
            boundaries: self.policy.boundaries.clone(),
            revision: 0,
        });
        let access = self.access.get(&subject);
        let lenders = self.own(subject).filter_map(|grant| grant.delegated_by);
        let lenders: BTreeSet<PersonId> = lenders.collect();
        let of = |subject| Holdings {
            groups: self.around(subject),
            grants: self.held(subject),
            ..Holdings::none(subject)
        };
        let holdings = Holdings {
            exceptions: access.into_iter().flat_map(|it| it.exceptions().cloned()).collect(),
            delegators: lenders.into_iter().map(|it| of(AccessSubject::Person(it))).collect(),
            ..of(subject)
        };
        World::of(holdings, Arc::new(rules))
    }

    /// Whose account it is.
    fn human(&self, account: PersonId) -> Human {
        let body = self.people.get(&account).and_then(|person| person.0.as_deref());
        body.and_then(|body| body.human).unwrap_or(Human(account))
    }

    /// What groups and rules look at.
    fn attributes(&self, person: PersonId) -> Attributes {
        let body = self.people.get(&person).and_then(|person| person.0.as_deref());
        let units = self
            .units
            .iter()
            .filter(|(_, unit)| unit.0.as_ref().is_some_and(|body| body.people.contains(&person)));
        Attributes {
            kind: PersonKind::Staff,
            role: Post::Agent,
            organization: None,
            units: units.map(|(id, _)| *id).collect(),
            tier: body.and_then(|body| body.tier),
            position: body.and_then(|body| body.position.clone()),
            skills: body.map(|body| body.skills.clone()).unwrap_or_default(),
        }
    }

    fn active(&self, person: PersonId) -> bool {
        PEOPLE.contains(&person)
    }

    fn humans(&self, subject: AccessSubject) -> BTreeSet<Human> {
        match subject {
            AccessSubject::Person(person) => [self.human(person)].into(),
            AccessSubject::Service(_) => [self.human(ANNA)].into(),
            AccessSubject::Group(group) => {
                let people = self.within(group).into_iter();
                let humans = people.filter(|it| !matches!(it, AccessSubject::Group(_)));
                humans.flat_map(|it| self.humans(it)).collect()
            }
        }
    }

    fn subjects(&self) -> impl Iterator<Item = AccessSubject> {
        let people = PEOPLE.map(AccessSubject::Person).into_iter().chain([BOT]);
        people.chain(self.groups.keys().copied().map(AccessSubject::Group))
    }

    /// All that a command of this person's can ask.
    pub(super) fn facts(&self, doer: PersonId) -> AccessFacts {
        let human = self.human(doer);
        let accounts = self.subjects().filter(|it| match it {
            AccessSubject::Group(_) => false,
            other => self.humans(*other).contains(&human),
        });
        let accounts: BTreeSet<AccessSubject> = accounts.collect();
        let groups = accounts.iter().flat_map(|it| self.around(*it)).map(AccessSubject::Group);
        let me = AccessSubject::Person(doer);
        let elsewhere = accounts.iter().filter(|it| **it != me).flat_map(|it| self.grants(*it));
        AccessFacts {
            rules: Some(Arc::new(self.rulebook())),
            held: self.grants(me),
            held_elsewhere: elsewhere.collect(),
            doer: Some(human),
            acts_as: groups.chain(accounts.iter().copied()).collect(),
            subjects: self.subjects().map(|it| (it, self.holder(it))).collect(),
            groups: self.groups.keys().map(|id| (*id, self.group(*id))).collect(),
            policy: Some(Arc::new(self.policy.clone())),
            // Somebody always keeps access there: it is nobody's way to more.
            behind: [(VAULT, [GrantId(VAULT.0)].into())].into(),
            ..AccessFacts::default()
        }
    }

    fn holder(&self, subject: AccessSubject) -> HolderFacts {
        let active = match subject {
            AccessSubject::Group(group) => self.live().any(|it| it == group),
            AccessSubject::Person(person) => self.active(person),
            AccessSubject::Service(_) => true,
        };
        let humans = self.humans(subject);
        let beside = humans.iter().map(|human| (*human, Beside::default())).collect();
        let own = self.access.get(&subject);
        let own = Beside {
            tenures: own.into_iter().flat_map(|it| it.grants()).filter_map(Tenure::of).collect(),
            exceptions: own.into_iter().flat_map(|it| it.exceptions().cloned()).collect(),
        };
        HolderFacts { active, humans, own, beside }
    }

    fn group(&self, id: AccessGroupId) -> GroupFacts {
        let inside = self.within(id);
        let around = self.around(AccessSubject::Group(id));
        let theirs = around.iter().chain([&id]).flat_map(|it| self.own(AccessSubject::Group(*it)));
        GroupFacts {
            retired: !self.live().any(|it| it == id),
            within: inside.iter().filter_map(group_of).collect(),
            people: inside.iter().filter_map(|it| it.person()).collect(),
            held: theirs.cloned().collect(),
            around,
            ..GroupFacts::default()
        }
    }

    /// All that a request depends on.
    pub(super) fn request(&self, query: &RequestQuery, doer: PersonId) -> RequestFacts {
        let role = match query.wanted.what {
            What::Role { role } => self.definitions().find(|(it, _)| it.id == role),
            What::Exception { .. } => None,
        };
        let requester = query.requester.unwrap_or(doer);
        let deciders = PEOPLE.into_iter().filter(|it| self.may(*it, "access.decide"));
        let decider = |person| (person, Decider { human: self.human(person), level: Level(9) });
        let rules = self.policy.rules.iter().flat_map(|rule| rule.approvers());
        let approvers: BTreeSet<&Approver> =
            rules.chain([&Approver::RoleOwner, &Approver::Governance]).collect();
        let behind = |approver: &Approver| -> BTreeSet<PersonId> {
            let people = |group| self.within(group).into_iter().filter_map(|it| it.person());
            match approver {
                Approver::RoleOwner => {
                    let owner = role.and_then(|(role, _)| role.owner);
                    owner.or(self.policy.owner).into_iter().collect()
                }
                Approver::Governance => {
                    self.policy.governance.into_iter().flat_map(people).collect()
                }
                Approver::Person(person) => [*person].into(),
                Approver::Group(group) => people(*group).collect(),
                Approver::Superior | Approver::Holders(_) => BTreeSet::new(),
            }
        };
        let mut parties = self.humans(query.beneficiary);
        parties.insert(self.human(requester));
        RequestFacts {
            policy: Arc::new(self.policy.clone()),
            role: role.map(|(role, retired)| RoleTerms {
                tier: role.risk,
                requestable: role.requestable,
                max_duration: None,
                retired,
            }),
            risk: Level(1),
            findings: BTreeSet::new(),
            beneficiary_active: self.holder(query.beneficiary).active,
            parties,
            subordinates: BTreeSet::new(),
            approvers: approvers.into_iter().map(|it| (it.clone(), behind(it))).collect(),
            deciders: deciders.map(decider).collect(),
            steps: BTreeMap::new(),
        }
    }

    /// What would come of a rule: its digest is always the same, and seen.
    pub(super) fn simulation(&self, query: &SimulationQuery) -> Simulation {
        let population = &query.definition.population;
        let people =
            PEOPLE.iter().filter(|it| population.includes(&self.attributes(**it), today()));
        let gains = u32::try_from(people.count()).unwrap_or(u32::MAX);
        Simulation { gains, loses: 0, breaches: 0, digest: "0".repeat(64) }
    }

    /// Whether this person may do this to whatever they stand in every relation to.
    pub(super) fn may(&self, person: PersonId, action: &str) -> bool {
        let subject = AccessSubject::Person(person);
        may(&self.world(subject), action, ScopePath::ROOT)
    }

    /// Those of the people whom a rule in force means.
    pub(super) fn meant(&self, rule: &AssignmentRule) -> Vec<(PersonId, RoleId)> {
        let current = rule.0.as_deref().filter(|body| !body.retired);
        let Some(current) = current.and_then(|body| body.current.as_ref()) else { return vec![] };
        let people = PEOPLE.into_iter();
        let people =
            people.filter(|it| current.population.includes(&self.attributes(*it), today()));
        people.flat_map(|it| current.gives.iter().map(move |given| (it, given.role))).collect()
    }
}

/// Whether the subject of this world may do this to whatever lies there, and they stand in every
/// relation to.
pub(super) fn may(world: &World, action: &str, place: ScopePath) -> bool {
    let action: ActionName = action.parse().expect("actions are named so");
    let relation = RelationName::iter().collect();
    let object = ObjectView { place, relation, ..ObjectView::default() };
    let session = Session::default();
    let asked =
        Asked { action: &action, object: &object, fields: &[], at: noon(), session: &session };
    decide(world, &asked).is_allowed()
}

fn group_of(subject: &AccessSubject) -> Option<AccessGroupId> {
    match subject {
        AccessSubject::Group(id) => Some(*id),
        AccessSubject::Person(_) | AccessSubject::Service(_) => None,
    }
}

/// Where the vault lies.
pub(super) fn vaulted() -> ScopePath {
    ScopePath::of_units(&[VAULT]).expect("one unit lies not too deep")
}

fn today() -> NaiveDate {
    noon().date_naive()
}

/// A role of the search.
pub(super) fn role(id: RoleId, name: &str, entries: &[&str]) -> RoleDefinition {
    RoleDefinition {
        owner: Some(HEIDI),
        risk: RiskTier::Standard,
        ..named(id, name, [Entry::of(entries.iter().map(|it| pattern(it)))])
    }
}
