//! What many ask of the directory at the same time shares statements.
//!
//! Nothing is remembered: a question is answered by a statement that starts after it was asked, so
//! that what has changed before a request binds it. Called by whoever recognises callers, by the
//! gateway and by routing; reads that are one request's own ask the functions beside.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::decide::World;
use domain::access::known::{AccessFacts, AccessNeeds};
use domain::access::model::AccessSubject;
use domain::assignment_rule::simulation::SimulationQuery;
use domain::cmdb::Catalogue;
use domain::kernel::{Needs, PersonId, ServiceAccountId, UnitId};
use domain::routing::RoutedUnit;
use journal::postgres::connect::planning_once;
use journal::sharing::{Question, Sharing};
use sqlx::PgPool;
use uuid::Uuid;

use super::access::{
    Doing, LeftBehind, Outcome, Sources, Worlds, access, by_rule, held, left_behind,
};
use super::catalogue::Catalogues;
use super::principal::{Principal, Speaker, everybody, principal_in, principals, speakers};
use super::read::{Known, known, team};
use crate::almanac::Almanac;
use crate::error::ReadError;

/// Statements of one sort on their way at once; more would take fewer along each.
const LANES: usize = 2;
/// For all lanes.
const CONNECTIONS: u32 = 4;

/// Asks on behalf of many; cheap to clone.
#[derive(Debug, Clone)]
pub struct Asking {
    known: Sharing<OfKnown>,
    speakers: Sharing<OfSpeakers>,
    teams: Sharing<OfTeams>,
    catalogue: Sharing<OfCatalogue>,
    worlds: Arc<Worlds>,
    almanac: Almanac,
    pool: PgPool,
}

impl Asking {
    /// Has to be called within a runtime, which asks. `reads`' connections search the directory.
    pub fn new(reads: &PgPool) -> Self {
        // Planning these would take longer than answering them.
        let pool = planning_once(reads, CONNECTIONS);
        let worlds = Arc::new(Worlds::default());
        Self {
            known: Sharing::new(OfKnown(pool.clone()), LANES),
            speakers: Sharing::new(OfSpeakers(pool.clone(), Arc::clone(&worlds)), LANES),
            teams: Sharing::new(OfTeams(pool.clone()), LANES),
            catalogue: Sharing::new(OfCatalogue(pool.clone(), Catalogues::default()), LANES),
            worlds,
            almanac: Almanac::default(),
            pool,
        }
    }

    /// Like [`known`].
    pub async fn known(&self, needs: &Needs) -> Result<Known, ReadError> {
        self.known.ask(needs.clone()).await
    }

    /// Who speaks in this session, if it lives now.
    pub async fn speaker(
        &self,
        session: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Speaker>, ReadError> {
        self.speakers.ask((session, now)).await
    }

    /// Like [`principal`](super::principal()); seldom asked, and not shared.
    pub async fn principal(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Option<Principal>, ReadError> {
        principal_in(&self.pool, &self.worlds, person, now).await
    }

    /// Several of them; who is not registered is left out.
    pub async fn principals(
        &self,
        people: &[PersonId],
        now: DateTime<Utc>,
    ) -> Result<Vec<Principal>, ReadError> {
        let people: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        principals(&self.pool, &self.worlds, &people, now).await
    }

    /// Those who are registered, in the order of their identities: so many behind this one.
    pub async fn people(
        &self,
        after: Option<PersonId>,
        limit: i64,
    ) -> Result<Vec<PersonId>, ReadError> {
        everybody(&self.pool, after, limit).await
    }

    /// What programs have; one that is not there any more is left out.
    pub async fn programs(
        &self,
        ids: &[ServiceAccountId],
    ) -> Result<Vec<(ServiceAccountId, World)>, ReadError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let settled = self.worlds.current(&self.pool).await?;
        let accounts: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let held = held(&self.pool, &accounts).await?;
        let known = |id: &ServiceAccountId| Some((*id, settled.program(*id, &held)?));
        Ok(ids.iter().filter_map(known).collect())
    }

    /// Every program that is not over, in the order of their identities.
    pub async fn all_programs(&self) -> Result<Vec<ServiceAccountId>, ReadError> {
        Ok(self.worlds.current(&self.pool).await?.programs().collect())
    }

    /// What commands on rights need to know; seldom asked, and not shared.
    pub async fn access(
        &self,
        needs: &AccessNeeds,
        doing: Doing<'_>,
        now: DateTime<Utc>,
    ) -> Result<AccessFacts, ReadError> {
        let Self { pool, worlds, almanac, .. } = self;
        access(Sources { pool, worlds, almanac }, (needs, doing), now).await
    }

    /// What a rule that grants by itself gives and takes now; seldom asked, and not shared.
    pub async fn by_rule(
        &self,
        query: &SimulationQuery,
        now: DateTime<Utc>,
    ) -> Result<Outcome, ReadError> {
        let Self { pool, worlds, almanac, .. } = self;
        by_rule(Sources { pool, worlds, almanac }, query, now).await
    }

    /// What a subject leaves behind that ends now, so many of each at most; seldom asked, and not shared.
    pub async fn left_behind(
        &self,
        subject: AccessSubject,
        most: i64,
    ) -> Result<LeftBehind, ReadError> {
        left_behind(&self.pool, subject, most).await
    }

    /// All classes of configuration items.
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>, ReadError> {
        self.catalogue.ask(()).await
    }

    /// Like [`team`].
    pub async fn team(&self, unit: UnitId) -> Result<Option<RoutedUnit>, ReadError> {
        self.teams.ask(unit).await
    }
}

/// What is known of those that several commands refer to.
#[derive(Debug)]
struct OfKnown(PgPool);

impl Question for OfKnown {
    type Key = Needs;
    type Answer = Known;
    type Error = ReadError;

    async fn ask(&self, all: Vec<Needs>) -> Result<Vec<Known>, ReadError> {
        let mut together = Needs::default();
        for needs in &all {
            together.extend(needs);
        }
        let known = known(&self.0, &together).await?;
        let each = all
            .iter()
            .map(|needs| Known { facts: known.facts.of(needs), policy: known.policy.clone() });
        Ok(each.collect())
    }
}

/// Who speaks in several sessions.
#[derive(Debug)]
struct OfSpeakers(PgPool, Arc<Worlds>);

impl Question for OfSpeakers {
    type Key = (Uuid, DateTime<Utc>);
    type Answer = Option<Speaker>;
    type Error = ReadError;

    async fn ask(&self, keys: Vec<Self::Key>) -> Result<Vec<Option<Speaker>>, ReadError> {
        // All of them asked before this: a session that has ended by the latest has ended.
        let now = keys.iter().map(|(_, now)| *now).max().unwrap_or_default();
        let sessions: Vec<Uuid> = keys.into_iter().map(|(session, _)| session).collect();
        speakers(&self.0, &self.1, &sessions, now).await
    }
}

/// The classes, for several.
#[derive(Debug)]
struct OfCatalogue(PgPool, Catalogues);

impl Question for OfCatalogue {
    type Key = ();
    type Answer = Arc<Catalogue>;
    type Error = ReadError;

    async fn ask(&self, all: Vec<()>) -> Result<Vec<Arc<Catalogue>>, ReadError> {
        let catalogue = self.1.current(&self.0).await?;
        Ok(vec![catalogue; all.len()])
    }
}

/// Whom several tickets can be given to.
#[derive(Debug)]
struct OfTeams(PgPool);

impl Question for OfTeams {
    type Key = UnitId;
    type Answer = Option<RoutedUnit>;
    type Error = ReadError;

    async fn ask(&self, units: Vec<UnitId>) -> Result<Vec<Self::Answer>, ReadError> {
        let mut teams: BTreeMap<UnitId, Self::Answer> = BTreeMap::new();
        for &unit in &units {
            if let Entry::Vacant(place) = teams.entry(unit) {
                place.insert(team(&self.0, unit).await?);
            }
        }
        Ok(units.iter().map(|unit| teams.get(unit).cloned().flatten()).collect())
    }
}
