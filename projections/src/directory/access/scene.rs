//! Whoever commands on rights ask about, read together: as what they are, with what they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::known::{Beside, GroupFacts, HolderFacts};
use domain::access::model::{AccessSubject, Grant, Granted, Human};
use domain::access::population::Population;
use domain::access::sod::{Origin, Tenure};
use domain::access_request::wanted::{Wanted, What};
use domain::kernel::{AccessGroupId, AccessRequestId, PersonId};
use serde::Deserialize;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::crowd::Crowd;
use super::held::{Account, held};
use super::settled::Settled;
use crate::directory::read::state;
use crate::error::ReadError;

/// Who is asked about.
#[derive(Debug, Default)]
pub(super) struct Whom {
    /// Whose access changes, with all that counts together with it.
    pub(super) subjects: BTreeSet<AccessSubject>,
    /// Whose people are asked for.
    pub(super) groups: BTreeSet<AccessGroupId>,
    /// As what they are.
    pub(super) people: BTreeSet<PersonId>,
    /// Everybody who is of this, like the subjects.
    pub(super) population: Option<Population>,
}

impl Whom {
    /// These and those.
    pub(super) fn extend(&mut self, more: Self) {
        self.subjects.extend(more.subjects);
        self.groups.extend(more.groups);
        self.people.extend(more.people);
        self.population = more.population.or_else(|| self.population.take());
    }
}

/// All that was read of them, under the rules.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) settled: Arc<Settled>,
    pub(super) crowd: Crowd,
    /// Whose access changes.
    pub(super) subjects: BTreeSet<AccessSubject>,
    accounts: BTreeMap<Uuid, Account>,
    asked_for: BTreeMap<AccessSubject, Vec<Tenure>>,
}

#[derive(Deserialize)]
struct RequestState {
    beneficiary: AccessSubject,
    wanted: Wanted,
}

impl Scene {
    /// In three statements at most: the people, what they have, what was asked for.
    pub(super) async fn read(
        pool: &PgPool,
        settled: &Arc<Settled>,
        whom: &Whom,
        at: DateTime<Utc>,
    ) -> Result<Self, ReadError> {
        let (people, populations) = settled.meant(whom);
        let crowd = Crowd::read(pool, (&people, &populations), at.date_naive()).await?;
        let meant = whom.population.iter().flat_map(|population| crowd.of(population));
        let meant: BTreeSet<_> = meant.map(AccessSubject::Person).collect();
        let subjects = &whom.subjects | &meant;
        let (accounts, asked_for) = (BTreeMap::new(), BTreeMap::new());
        let settled = Arc::clone(settled);
        let mut scene = Self { settled, crowd, subjects, accounts, asked_for };
        if !scene.subjects.is_empty() {
            let concerned = scene.concerned(&scene.subjects);
            let streams: BTreeSet<Uuid> = concerned.iter().map(stream).collect();
            scene.accounts = held(pool, &streams.into_iter().collect::<Vec<_>>()).await?;
            scene.asked_for = asked_for_by(pool, &scene.with_groups(concerned), at).await?;
        }
        Ok(scene)
    }

    /// The subjects, and every account of the humans behind them.
    fn concerned(&self, subjects: &BTreeSet<AccessSubject>) -> BTreeSet<AccessSubject> {
        let humans = subjects.iter().flat_map(|subject| self.humans(*subject));
        let accounts = humans.flat_map(|human| self.accounts_of(human));
        subjects.iter().copied().chain(accounts).collect()
    }

    /// The same and all groups around them.
    fn with_groups(&self, mut subjects: BTreeSet<AccessSubject>) -> BTreeSet<AccessSubject> {
        let around: Vec<_> = subjects.iter().flat_map(|subject| self.around(*subject)).collect();
        subjects.extend(around.into_iter().map(AccessSubject::Group));
        subjects
    }

    /// These groups, and all that the humans behind these subjects are in by whichever account.
    pub(super) fn groups_near(
        &self,
        subjects: impl Iterator<Item = AccessSubject>,
    ) -> BTreeSet<AccessGroupId> {
        let near = self.with_groups(self.concerned(&subjects.collect()));
        let groups = near.into_iter().filter_map(|subject| match subject {
            AccessSubject::Group(id) => Some(id),
            AccessSubject::Person(_) | AccessSubject::Service(_) => None,
        });
        groups.collect()
    }

    /// Somebody of the group who may act, and how often what they have had been taken from.
    pub(super) fn manning(&self, group: AccessGroupId) -> Option<(PersonId, i64)> {
        let mut people = self.people(group).into_iter();
        let person = people.find(|person| self.crowd.is_active(*person))?;
        Some((person, self.crowd.moved(person)?))
    }

    /// Everybody who is meant by a group, at any depth, and has not left.
    pub(super) fn people(&self, group: AccessGroupId) -> BTreeSet<PersonId> {
        let whole = self.settled.groups.whole(group);
        let people = whole.flat_map(|group| {
            let added = group.members.iter().filter_map(|member| member.person());
            let added = added.filter(|person| self.crowd.is_here(*person));
            let meant = group.population.iter().flat_map(|meant| self.crowd.of(meant));
            added.chain(meant).collect::<Vec<_>>()
        });
        people.collect()
    }

    /// The humans behind a subject.
    pub(super) fn humans(&self, subject: AccessSubject) -> BTreeSet<Human> {
        match subject {
            AccessSubject::Person(id) => [self.settled.humans.behind(id)].into(),
            AccessSubject::Service(id) => {
                let owner = self.settled.services.get(&id);
                owner.map(|owner| self.settled.humans.behind(*owner)).into_iter().collect()
            }
            AccessSubject::Group(id) => {
                let owners = self.settled.groups.whole(id).flat_map(|group| &group.members);
                let owners = owners.filter_map(|member| match member {
                    AccessSubject::Service(id) => self.settled.services.get(id).copied(),
                    AccessSubject::Person(_) | AccessSubject::Group(_) => None,
                });
                let people = self.people(id).into_iter().chain(owners);
                people.map(|person| self.settled.humans.behind(person)).collect()
            }
        }
    }

    /// What is known of a subject, if it is there.
    pub(super) fn holder(&self, subject: AccessSubject) -> Option<HolderFacts> {
        let active = match subject {
            AccessSubject::Person(id) => {
                self.crowd.attributes(id)?;
                self.crowd.is_active(id)
            }
            AccessSubject::Service(id) => self.settled.services.contains_key(&id),
            AccessSubject::Group(id) => self.settled.groups.get(id).is_some(),
        };
        let known = active || matches!(subject, AccessSubject::Person(_));
        known.then(|| {
            let humans = self.humans(subject);
            let beside = humans.iter().map(|human| (*human, self.beside(*human, subject)));
            let beside = beside.collect();
            HolderFacts { active, own: self.own(subject), beside, humans }
        })
    }

    /// What is known of a group, if it was ever there.
    pub(super) fn group(&self, id: AccessGroupId) -> Option<GroupFacts> {
        let groups = &self.settled.groups;
        if groups.is_over(id) {
            return Some(GroupFacts { retired: true, ..GroupFacts::default() });
        }
        groups.get(id)?;
        let around = groups.around(AccessSubject::Group(id), None);
        let held = around.iter().chain([&id]).filter_map(|id| groups.get(*id));
        Some(GroupFacts {
            retired: false,
            within: groups.within(id),
            depth: groups.depth(id),
            height: groups.height(id),
            people: self.people(id),
            held: held.flat_map(|group| group.held.iter().cloned()).collect(),
            around,
        })
    }

    /// Every account that a human acts with. Who left acts no more, nor does a program of theirs.
    fn accounts_of(&self, human: Human) -> Vec<AccessSubject> {
        let humans = &self.settled.humans;
        let here = humans.people(human).into_iter().filter(|person| self.crowd.is_here(*person));
        here.flat_map(|person| humans.accounts(person)).collect()
    }

    /// Every group that counts for it.
    pub(super) fn around(&self, subject: AccessSubject) -> BTreeSet<AccessGroupId> {
        let person = subject.person().and_then(|person| self.crowd.attributes(person));
        match self.accounts.get(&stream(&subject)) {
            Some(account) => self.settled.groups_of(subject, person, account),
            None => self.settled.groups.around(subject, person),
        }
    }

    /// What it has of itself.
    pub(super) fn account(&self, subject: AccessSubject) -> Account {
        self.accounts.get(&stream(&subject)).cloned().unwrap_or_default()
    }

    /// What it has, by groups too.
    pub(super) fn grants(&self, subject: AccessSubject) -> Vec<Grant> {
        self.settled.grants(self.account(subject), &self.around(subject))
    }

    fn own(&self, subject: AccessSubject) -> Beside {
        let Some(account) = self.accounts.get(&stream(&subject)) else { return Beside::default() };
        let tenures = account.grants.iter().filter_map(Tenure::of).collect();
        Beside { tenures, exceptions: account.exceptions.clone() }
    }

    /// What one human has and has asked for, but for what this stream says.
    fn beside(&self, human: Human, except: AccessSubject) -> Beside {
        let (mut tenures, mut exceptions) = (BTreeSet::new(), Vec::new());
        for account in self.accounts_of(human) {
            if account != except {
                let own = self.own(account);
                tenures.extend(own.tenures);
                exceptions.extend(own.exceptions);
            }
            let around = self.around(account);
            for group in around.iter().filter(|id| AccessSubject::Group(**id) != except) {
                let group = self.settled.groups.get(*group).into_iter();
                tenures.extend(group.flat_map(|group| &group.held).filter_map(Tenure::of));
            }
            let wanting = around.into_iter().map(AccessSubject::Group).chain([account]);
            let wanted = wanting.filter_map(|subject| self.asked_for.get(&subject));
            tenures.extend(wanted.flatten().cloned());
        }
        Beside { tenures: tenures.into_iter().collect(), exceptions }
    }
}

impl Settled {
    /// The people who may be concerned, by name and by what they are, with all accounts of theirs.
    fn meant<'a>(&'a self, whom: &'a Whom) -> (BTreeSet<PersonId>, Vec<&'a Population>) {
        let mut people = whom.people.clone();
        let mut groups = whom.groups.clone();
        for subject in &whom.subjects {
            match subject {
                AccessSubject::Person(id) => drop(people.insert(*id)),
                AccessSubject::Service(id) => people.extend(self.services.get(id)),
                AccessSubject::Group(id) => drop(groups.insert(*id)),
            }
        }
        let mut populations: Vec<&Population> = whom.population.iter().collect();
        for group in groups.iter().flat_map(|id| self.groups.whole(*id)) {
            populations.extend(&group.population);
            for member in &group.members {
                match member {
                    AccessSubject::Person(id) => drop(people.insert(*id)),
                    AccessSubject::Service(id) => people.extend(self.services.get(id)),
                    AccessSubject::Group(_) => {}
                }
            }
        }
        // Whom a population means is not known yet; whoever has several accounts may be among them.
        people = self.humans.all(&people);
        if !populations.is_empty() {
            people.extend(self.humans.linked());
        }
        (people, populations)
    }
}

/// Which stream tells of its access.
pub(super) fn stream(subject: &AccessSubject) -> Uuid {
    match subject {
        AccessSubject::Person(id) => id.0,
        AccessSubject::Service(id) => id.0,
        AccessSubject::Group(id) => id.0,
    }
}

async fn asked_for_by(
    pool: &PgPool,
    subjects: &BTreeSet<AccessSubject>,
    at: DateTime<Utc>,
) -> Result<BTreeMap<AccessSubject, Vec<Tenure>>, ReadError> {
    let names: Vec<String> = subjects.iter().map(AccessSubject::to_string).collect();
    let rows =
        sqlx::query(include_str!("../sql/asked_for.sql")).bind(names).fetch_all(pool).await?;
    let mut asked_for: BTreeMap<AccessSubject, Vec<Tenure>> = BTreeMap::new();
    for row in &rows {
        let RequestState { beneficiary, wanted } = state(row)?;
        // An exception gives nothing by itself.
        if let What::Role { role } = wanted.what {
            asked_for.entry(beneficiary).or_default().push(Tenure {
                what: Granted::Role(role),
                from: wanted.from.unwrap_or(at),
                until: wanted.until,
                origin: Origin::Request(AccessRequestId(row.try_get("request_id")?)),
            });
        }
    }
    Ok(asked_for)
}
