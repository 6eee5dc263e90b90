//! Worlds, kept as long as nothing has changed that they follow from.
//!
//! Asked with revisions that were read just now: what is kept serves if it is of these, so that a
//! request without a change in between asks the database nothing more. Else the rules are read again
//! if they have changed, and what the subjects have; one statement each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use domain::access::Premise;
use domain::access::decide::{Held, Holdings, SubjectState, World};
use domain::access::model::{AccessSubject, Grant};
use domain::access::population::Attributes;
use domain::kernel::{AccessGroupId, PersonId, ServiceAccountId};
use domain::person::Life;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::held::{Account, held};
use super::settled::{Settled, settled};
use crate::error::ReadError;

/// How many worlds are kept before the ones that nobody asks for are let go; twice that at most.
const KEPT: usize = 4_096;

/// What a world follows from, the rules apart: somebody as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::directory) struct Bearing {
    pub(in crate::directory) person: PersonId,
    pub(in crate::directory) life: Life,
    pub(in crate::directory) attributes: Attributes,
    /// How many events told of their access.
    pub(in crate::directory) revision: i64,
}

/// Whose world is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::directory) struct Wanted {
    pub(in crate::directory) of: Bearing,
    /// In whose place they act.
    pub(in crate::directory) lenders: Vec<Bearing>,
    /// Certificates end with a day.
    pub(in crate::directory) on: NaiveDate,
    /// Of the rules, and of what groups have.
    pub(in crate::directory) rules: i64,
}

/// The worlds of all who asked lately, and the rules they stand under.
#[derive(Debug, Default)]
pub(in crate::directory) struct Worlds(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    settled: Option<Arc<Settled>>,
    /// Those of before are let go when there are enough newer ones.
    newer: HashMap<PersonId, (Wanted, Arc<World>)>,
    older: HashMap<PersonId, (Wanted, Arc<World>)>,
}

impl Worlds {
    /// The worlds of these, in their order.
    pub(in crate::directory) async fn of(
        &self,
        pool: &PgPool,
        wanted: &[Wanted],
    ) -> Result<Vec<Arc<World>>, ReadError> {
        let mut found: Vec<Option<Arc<World>>> = {
            let mut kept = self.kept();
            wanted.iter().map(|wanted| kept.find(wanted)).collect()
        };
        let missing: Vec<&Wanted> =
            wanted.iter().zip(&found).filter(|(_, is)| is.is_none()).map(|(it, _)| it).collect();
        if let Some(rules) = missing.iter().map(|wanted| wanted.rules).max() {
            let settled = self.settled(pool, rules).await?;
            let everybody = missing.iter().flat_map(|it| it.lenders.iter().chain([&it.of]));
            let everybody: BTreeSet<Uuid> = everybody.map(|it| it.person.0).collect();
            let accounts = held(pool, &everybody.into_iter().collect::<Vec<_>>()).await?;
            for (wanted, found) in wanted.iter().zip(&mut found) {
                if found.is_none() {
                    let world = Arc::new(settled.world(wanted, &accounts));
                    self.kept().keep(wanted.clone(), Arc::clone(&world));
                    *found = Some(world);
                }
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// What holds for everybody, of this revision or a later one.
    pub(in crate::directory) async fn settled(
        &self,
        pool: &PgPool,
        revision: i64,
    ) -> Result<Arc<Settled>, ReadError> {
        let known = self.kept().settled.clone();
        if let Some(known) = known.filter(|known| known.revision >= revision) {
            return Ok(known);
        }
        let read = Arc::new(settled(pool).await?);
        let mut kept = self.kept();
        let known = kept.settled.as_ref().is_some_and(|known| known.revision >= read.revision);
        if !known {
            kept.settled = Some(Arc::clone(&read));
        }
        Ok(read)
    }

    /// The same as it is now.
    pub(in crate::directory) async fn current(
        &self,
        pool: &PgPool,
    ) -> Result<Arc<Settled>, ReadError> {
        Ok(self.leaning(pool, |_| BTreeSet::new()).await?.0)
    }

    /// The same, and how often those premises had moved that follow from it: no later than it stands, and
    /// before anything else is read.
    pub(super) async fn leaning(
        &self,
        pool: &PgPool,
        on: impl Fn(&Settled) -> BTreeSet<Premise>,
    ) -> Result<(Arc<Settled>, BTreeMap<Premise, i64>), ReadError> {
        loop {
            let known = self.kept().settled.clone();
            let premises = known.as_deref().map(&on).unwrap_or_default();
            let row = sqlx::query(include_str!("../sql/rules_revision.sql"))
                .bind(premises.iter().map(Premise::to_string).collect::<Vec<_>>())
                .fetch_one(pool)
                .await?;
            let revision = row.try_get("revision")?;
            if let Some(known) = known.filter(|known| known.revision >= revision) {
                let moves: Vec<i64> = row.try_get("moves")?;
                return Ok((known, premises.into_iter().zip(moves).collect()));
            }
            // Once more, with what follows from what holds now.
            self.settled(pool, revision).await?;
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, wanted: &Wanted) -> Option<Arc<World>> {
        let person = wanted.of.person;
        if let Some((of, world)) = self.newer.get(&person) {
            return (of == wanted).then(|| Arc::clone(world));
        }
        let (of, world) = self.older.remove(&person).filter(|(of, _)| of == wanted)?;
        self.keep(of, Arc::clone(&world));
        Some(world)
    }

    fn keep(&mut self, of: Wanted, world: Arc<World>) {
        if self.newer.len() >= KEPT {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(of.of.person, (of, world));
    }
}

impl Settled {
    /// What somebody has, and those in whose place they act.
    pub(in crate::directory) fn world(
        &self,
        wanted: &Wanted,
        accounts: &BTreeMap<Uuid, Account>,
    ) -> World {
        let mut holdings = self.holdings(&wanted.of, wanted.on, accounts);
        let lenders = wanted.lenders.iter();
        holdings.delegators = lenders.map(|of| self.holdings(of, wanted.on, accounts)).collect();
        World::of(holdings, Arc::clone(&self.rules))
    }

    /// What somebody has, of themselves and by groups.
    fn holdings(
        &self,
        of: &Bearing,
        on: NaiveDate,
        accounts: &BTreeMap<Uuid, Account>,
    ) -> Holdings {
        let subject = AccessSubject::Person(of.person);
        let account = accounts.get(&of.person.0).cloned().unwrap_or_default();
        let groups = self.groups_of(subject, Some((&of.attributes, on)), &account);
        let grants = self.held_by(&account, &groups);
        Holdings {
            human: Some(self.humans.behind(of.person)),
            state: match of.life {
                Life::Active => SubjectState::Active,
                Life::Suspended => SubjectState::Suspended,
                Life::Left => SubjectState::Terminated,
            },
            grants,
            groups,
            exceptions: account.exceptions,
            revision: account.revision.unsigned_abs(),
            ..Holdings::none(subject)
        }
    }

    /// The same of a program that is not over.
    pub(in crate::directory) fn program(
        &self,
        id: ServiceAccountId,
        accounts: &BTreeMap<Uuid, Account>,
    ) -> Option<World> {
        let (owner, subject) = (*self.services.get(&id)?, AccessSubject::Service(id));
        let account = accounts.get(&id.0).cloned().unwrap_or_default();
        let groups = self.groups_of(subject, None, &account);
        let holdings = Holdings {
            human: Some(self.humans.behind(owner)),
            grants: self.held_by(&account, &groups),
            groups,
            revision: account.revision.unsigned_abs(),
            exceptions: account.exceptions,
            ..Holdings::none(subject)
        };
        Some(World::of(holdings, Arc::clone(&self.rules)))
    }

    /// Every program that is not over, in the order of their identities.
    pub(in crate::directory) fn programs(&self) -> impl Iterator<Item = ServiceAccountId> + '_ {
        self.services.keys().copied()
    }

    /// Of its own, and by these groups.
    fn held_by(&self, account: &Account, groups: &BTreeSet<AccessGroupId>) -> Vec<Held> {
        let own = account.grants.iter().cloned().map(|grant| Held { grant, through: None });
        let by_groups = groups.iter().flat_map(|id| {
            let held = self.groups.get(*id).into_iter().flat_map(|group| &group.held);
            held.map(|grant| Held { grant: grant.clone(), through: Some(*id) })
        });
        own.chain(by_groups).collect()
    }

    /// Every group that counts for a subject with this account. Whose access was closed has nothing by
    /// groups either.
    pub(super) fn groups_of(
        &self,
        subject: AccessSubject,
        person: Option<(&Attributes, NaiveDate)>,
        account: &Account,
    ) -> BTreeSet<AccessGroupId> {
        match account.closed {
            true => BTreeSet::new(),
            false => self.groups.around(subject, person),
        }
    }

    /// Every grant of an account that belongs to these groups.
    pub(super) fn grants(&self, account: Account, groups: &BTreeSet<AccessGroupId>) -> Vec<Grant> {
        let by_groups = groups.iter().filter_map(|id| self.groups.get(*id));
        let by_groups = by_groups.flat_map(|group| group.held.iter().cloned());
        account.grants.into_iter().chain(by_groups).collect()
    }
}
