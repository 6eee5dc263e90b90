//! What commands on rights are told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::Premise;
use domain::access::decide::World;
use domain::access::known::{AccessFacts, AccessNeeds};
use domain::access::model::{AccessSubject, Human};
use domain::assignment_rule::simulation::SimulationQuery;
use domain::kernel::{AccessGroupId, ServiceAccountId};
use sqlx::PgPool;

use super::crowd::Crowd;
use super::held::held;
use super::holders::Where;
use super::scene::{Scene, Whom, stream};
use super::settled::Settled;
use super::simulation::Outcome;
use super::{Worlds, holders, leaning, request, simulation};
use crate::almanac::Almanac;
use crate::error::ReadError;

/// Whoever does it.
#[derive(Debug, Clone, Copy)]
pub enum Doing<'a> {
    /// A person, as they are known.
    Person(&'a World),
    /// A program.
    Service(ServiceAccountId),
    /// Annals itself, or an import on nobody's behalf.
    Nobody,
}

/// Where the answers come from.
#[derive(Debug, Clone, Copy)]
pub(in crate::directory) struct Sources<'a> {
    pub(in crate::directory) pool: &'a PgPool,
    pub(in crate::directory) worlds: &'a Worlds,
    pub(in crate::directory) almanac: &'a Almanac,
}

/// The answers to these needs, in as few statements as there are sorts of questions.
pub(in crate::directory) async fn access(
    sources: Sources<'_>,
    (needs, doing): (&AccessNeeds, Doing<'_>),
    now: DateTime<Utc>,
) -> Result<AccessFacts, ReadError> {
    let Sources { pool, worlds, .. } = sources;
    if *needs == AccessNeeds::default() {
        return Ok(AccessFacts::default());
    }
    let (settled, moves) =
        worlds.leaning(pool, |settled| leaning::premises(settled, needs)).await?;
    let mut facts = AccessFacts::default();
    if needs.rules {
        facts.rules = Some(Arc::clone(&settled.book));
        add_doer(&mut facts, pool, &settled, (doing, now)).await?;
    }
    if needs.policy {
        facts.policy = Some(Arc::clone(&settled.policy));
    }
    let mut whom =
        Whom { subjects: needs.subjects.clone(), groups: needs.groups.clone(), ..Whom::default() };
    let everywhere = needs.keepers.then_some(Where::Everywhere);
    let places = everywhere.into_iter().chain(needs.behind.iter().copied().map(Where::Behind));
    let keeping: Vec<(Where, Vec<_>)> =
        places.map(|it| (it, holders::keeping_groups(&settled, it, now))).collect();
    let manned: BTreeSet<AccessGroupId> =
        keeping.iter().flat_map(|(_, groups)| groups).map(|(group, _)| *group).collect();
    whom.groups.extend(&manned);
    if let Some(query) = &needs.request {
        whom.extend(request::whom(&settled, query));
    }
    if let Some(query) = &needs.simulation {
        whom.extend(simulation::whom(pool, query).await?);
    }
    let scene = Scene::read(pool, &settled, &whom, now).await?;
    let known = |subject: &AccessSubject| Some((*subject, scene.holder(*subject)?));
    facts.subjects = needs.subjects.iter().filter_map(known).collect();
    facts.groups = needs.groups.iter().filter_map(|id| Some((*id, scene.group(*id)?))).collect();
    if !needs.holders.is_empty() {
        facts.holders = holders::holders(pool, (&settled, &needs.holders), now).await?;
    }
    facts.lean(leaning::concerning(&scene, (needs, &manned), moves));
    for (place, groups) in keeping {
        let keepers = holders::keepers(pool, (&settled, place), now).await?;
        let manned = groups.iter().filter_map(|(id, grant)| Some((*grant, scene.manning(*id)?)));
        let found: BTreeMap<_, _> = keepers.into_iter().chain(manned).collect();
        facts.lean(found.values().map(|(person, moved)| (Premise::Person(*person), *moved)));
        match place {
            Where::Everywhere => facts.keepers.extend(found.into_keys()),
            Where::Behind(unit) => facts.behind.entry(unit).or_default().extend(found.into_keys()),
        }
    }
    if let Some(query) = &needs.request {
        let request = request::request(sources, (&scene, query), doing, now).await?;
        facts.request = Some(Arc::new(request));
    }
    facts.simulation =
        needs.simulation.as_ref().map(|query| simulation::simulation(&scene, query, now));
    Ok(facts)
}

/// What a rule gives and takes now, if it is in force as it is asked about.
pub(in crate::directory) async fn by_rule(
    Sources { pool, worlds, .. }: Sources<'_>,
    query: &SimulationQuery,
    now: DateTime<Utc>,
) -> Result<Outcome, ReadError> {
    let settled = worlds.current(pool).await?;
    let whom = simulation::whom(pool, query).await?;
    let scene = Scene::read(pool, &settled, &whom, now).await?;
    Ok(simulation::outcome(&scene, query, now))
}

/// What whoever does it has, with this account and with the human's others, and as whom rules mean
/// them.
async fn add_doer(
    facts: &mut AccessFacts,
    pool: &PgPool,
    settled: &Settled,
    (doing, now): (Doing<'_>, DateTime<Utc>),
) -> Result<(), ReadError> {
    let (subject, person, groups) = match doing {
        Doing::Person(world) => {
            facts.held = world.held().iter().map(|held| held.grant.clone()).collect();
            (world.subject(), world.subject().person(), world.groups().clone())
        }
        Doing::Service(id) => {
            let subject = AccessSubject::Service(id);
            let account = held(pool, &[id.0]).await?.remove(&id.0).unwrap_or_default();
            let groups = settled.groups_of(subject, None, &account);
            facts.held = settled.grants(account, &groups);
            (subject, settled.services.get(&id).copied(), groups)
        }
        Doing::Nobody => return Ok(()),
    };
    facts.doer = person.map(|person| settled.humans.behind(person));
    facts.acts_as = groups.into_iter().map(AccessSubject::Group).chain([subject]).collect();
    if let Some(human) = facts.doer {
        add_elsewhere(facts, pool, (settled, human, subject), now).await?;
    }
    Ok(())
}

/// What the human has with other accounts than this one; nobody is asked for who has no other.
async fn add_elsewhere(
    facts: &mut AccessFacts,
    pool: &PgPool,
    (settled, human, this): (&Settled, Human, AccessSubject),
    now: DateTime<Utc>,
) -> Result<(), ReadError> {
    let people = settled.humans.people(human);
    let accounts = people.iter().flat_map(|person| settled.humans.accounts(*person));
    let others: Vec<AccessSubject> = accounts.filter(|account| *account != this).collect();
    if others.is_empty() {
        return Ok(());
    }
    let crowd = Crowd::read(pool, (&people, &[]), now.date_naive()).await?;
    let streams: Vec<_> = others.iter().map(stream).collect();
    let mut held = held(pool, &streams).await?;
    for other in others {
        if other.person().is_some_and(|person| !crowd.is_here(person)) {
            continue;
        }
        let account = held.remove(&stream(&other)).unwrap_or_default();
        let person = other.person().and_then(|person| crowd.attributes(person));
        let groups = settled.groups_of(other, person, &account);
        facts.held_elsewhere.extend(settled.grants(account, &groups));
        let groups = groups.into_iter().map(AccessSubject::Group);
        facts.acts_as.extend(groups.chain([other]));
    }
    Ok(())
}
