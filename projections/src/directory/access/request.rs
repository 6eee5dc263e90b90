//! What a request depends on: the policy, the role, what would break, and the people who may decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::known::Rulebook;
use domain::access::model::{AccessSubject, Grant, GrantState, Human, Level, RiskTier};
use domain::access_policy::Approver;
use domain::access_request::known::{RequestFacts, RequestQuery, RoleTerms};
use domain::access_request::stage::{Span, Steps};
use domain::access_request::wanted::What;
use domain::kernel::{AccessGroupId, CalendarId, PersonId, RoleId};
use domain::sla::CalendarVersion;
use sqlx::Row;
use uuid::Uuid;

use super::facts::{Doing, Sources};
use super::findings::findings;
use super::holders::above;
use super::scene::{Scene, Whom};
use super::settled::Settled;
use super::voters::Voters;
use crate::error::ReadError;

/// The people and groups whom the request's approvers may be.
pub(super) fn whom(settled: &Settled, query: &RequestQuery) -> Whom {
    let approvers = approvers(settled);
    let named = approvers.iter().flat_map(|approver| match approver {
        Approver::Group(id) => vec![*id],
        Approver::Governance => settled.policy.governance.into_iter().collect(),
        Approver::Holders(role) => settled.holding_groups(*role),
        Approver::RoleOwner | Approver::Superior | Approver::Person(_) => Vec::new(),
    });
    let (groups, people) = (named.collect(), query.requester.into_iter().collect());
    Whom { subjects: [query.beneficiary].into(), groups, people, ..Whom::default() }
}

/// All of it; in some more statements.
pub(super) async fn request(
    sources: Sources<'_>,
    (scene, query): (&Scene, &RequestQuery),
    doing: Doing<'_>,
    now: DateTime<Utc>,
) -> Result<RequestFacts, ReadError> {
    let settled = &scene.settled;
    let behind = people_behind(sources, (scene, query), now).await?;
    let parties = parties(scene, query);
    let doer = match doing {
        Doing::Person(world) => world.subject().person(),
        Doing::Service(_) | Doing::Nobody => None,
    };
    let mut asked: BTreeSet<PersonId> = behind.values().flatten().copied().collect();
    asked.extend(query.people.iter().copied().chain(doer));
    let humans = &settled.humans;
    asked.extend(parties.iter().flat_map(|human| humans.people(*human)));
    let about = answering(scene, query.beneficiary);
    let units = about.and_then(|person| scene.crowd.attributes(person));
    let units = units.map(|(is, _)| is.units.clone()).unwrap_or_default();
    let voters = Voters::read(sources, (asked, settled), now).await?;
    let role = role(&query.wanted.what, &settled.book);
    Ok(RequestFacts {
        policy: Arc::clone(&settled.policy),
        role,
        risk: risk(role),
        findings: findings(scene, query, now),
        beneficiary_active: scene.holder(query.beneficiary).is_some_and(|it| it.active),
        subordinates: voters.subordinates(&parties),
        parties,
        approvers: behind,
        deciders: voters.deciders(about.map(|person| (person, &units))),
        steps: steps(sources, spans(settled, query), now).await?,
    })
}

/// Whoever some rule of the policy names, and those who are asked without one.
fn approvers(settled: &Settled) -> BTreeSet<Approver> {
    let named = settled.policy.rules.iter().flat_map(|rule| rule.approvers().cloned());
    named.chain([Approver::RoleOwner, Approver::Superior, Approver::Governance]).collect()
}

async fn people_behind(
    sources: Sources<'_>,
    (scene, query): (&Scene, &RequestQuery),
    now: DateTime<Utc>,
) -> Result<BTreeMap<Approver, BTreeSet<PersonId>>, ReadError> {
    let settled = &scene.settled;
    let approvers = approvers(settled);
    let roles = approvers.iter().filter_map(|approver| match approver {
        Approver::Holders(role) => Some(*role),
        _ => None,
    });
    let holders = people_of(sources, (settled, roles.collect()), now).await?;
    let superiors = match answering(scene, query.beneficiary) {
        Some(person) => superiors(sources, person).await?,
        None => BTreeSet::new(),
    };
    let people = |groups: &mut dyn Iterator<Item = AccessGroupId>| {
        groups.flat_map(|group| scene.people(group)).collect::<BTreeSet<_>>()
    };
    let behind = |approver: &Approver| match approver {
        Approver::RoleOwner => owner(&query.wanted.what, settled).into_iter().collect(),
        Approver::Superior => superiors.clone(),
        Approver::Governance => people(&mut settled.policy.governance.into_iter()),
        Approver::Person(person) => [*person].into(),
        Approver::Group(group) => people(&mut [*group].into_iter()),
        Approver::Holders(role) => {
            let by_group = people(&mut settled.holding_groups(*role).into_iter());
            holders.get(role).into_iter().flatten().copied().chain(by_group).collect()
        }
    };
    Ok(approvers.iter().map(|approver| (approver.clone(), behind(approver))).collect())
}

/// Whoever answers for the role; for what is nobody's, whom the policy names.
fn owner(what: &What, settled: &Settled) -> Option<PersonId> {
    let role = match what {
        What::Role { role } => settled.book.roles.definition(*role),
        What::Exception { .. } => None,
    };
    role.and_then(|role| role.owner).or(settled.policy.owner)
}

/// The humans who ask and who benefit.
fn parties(scene: &Scene, query: &RequestQuery) -> BTreeSet<Human> {
    let benefit = scene.humans(query.beneficiary);
    let requester = query.requester.map(|person| scene.settled.humans.behind(person));
    requester.into_iter().chain(benefit).collect()
}

/// Whose superiors are asked for a subject.
fn answering(scene: &Scene, subject: AccessSubject) -> Option<PersonId> {
    match subject {
        AccessSubject::Person(id) => Some(id),
        AccessSubject::Service(id) => scene.settled.services.get(&id).copied(),
        AccessSubject::Group(_) => None,
    }
}

fn role(what: &What, book: &Rulebook) -> Option<RoleTerms> {
    let What::Role { role } = what else { return None };
    let definition = book.roles.definition(*role)?;
    Some(RoleTerms {
        tier: definition.risk,
        requestable: definition.requestable,
        max_duration: definition.max_hours.map(|hours| TimeDelta::hours(hours.into())),
        retired: book.retired.contains(role),
    })
}

/// The tiers are the levels; past a rule it takes the highest.
fn risk(role: Option<RoleTerms>) -> Level {
    Level(match role.map(|role| role.tier) {
        Some(RiskTier::Standard) => 1,
        Some(RiskTier::Elevated) => 2,
        Some(RiskTier::Privileged) | None => 3,
    })
}

fn spans(settled: &Settled, query: &RequestQuery) -> BTreeSet<Span> {
    let of_rules = settled.policy.rules.iter().flat_map(|rule| &rule.stages);
    let of_rules = of_rules.map(|stage| stage.span);
    of_rules.chain([settled.policy.span]).chain(query.spans.iter().copied()).collect()
}

/// In the hours of their calendars. What has none is counted by the clock.
async fn steps(
    sources: Sources<'_>,
    spans: BTreeSet<Span>,
    now: DateTime<Utc>,
) -> Result<BTreeMap<Span, Steps>, ReadError> {
    let ids: BTreeSet<CalendarId> = spans.iter().filter_map(|span| span.calendar).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut conn = sources.pool.acquire().await?;
    let rows = sqlx::query(include_str!("../sql/calendar_versions.sql"))
        .bind(ids.iter().map(|id| id.0).collect::<Vec<_>>())
        .fetch_all(&mut *conn)
        .await?;
    let mut versions = BTreeMap::new();
    for row in &rows {
        let id = CalendarId(row.try_get("calendar_id")?);
        versions.insert(id, CalendarVersion { id, version: row.try_get("version")? });
    }
    let hours = sources.almanac.hours(&mut conn, &versions.values().copied().collect()).await?;
    let of = |span: Span| {
        let hours = hours.get(versions.get(&span.calendar?)?)?;
        let after =
            |percent: i64| hours.add_working_seconds(now, i64::from(span.seconds) * percent / 100);
        Some((span, Steps { half_at: after(50)?, most_at: after(90)?, due_at: after(100)? }))
    };
    Ok(spans.into_iter().filter_map(of).collect())
}

async fn superiors(
    sources: Sources<'_>,
    person: PersonId,
) -> Result<BTreeSet<PersonId>, ReadError> {
    let ids = sqlx::query_scalar(include_str!("../sql/superiors.sql"))
        .bind(person.0)
        .fetch_all(sources.pool)
        .await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// The people who have each of these roles of themselves, inherited or not.
async fn people_of(
    sources: Sources<'_>,
    (settled, roles): (&Settled, BTreeSet<RoleId>),
    now: DateTime<Utc>,
) -> Result<BTreeMap<RoleId, Vec<PersonId>>, ReadError> {
    if roles.is_empty() {
        return Ok(BTreeMap::new());
    }
    let pairs = roles.iter().flat_map(|role| above(settled, *role).map(|by| (*role, by)));
    let pairs = pairs.filter(|(_, by)| settled.book.is_live(*by));
    let (roles, by): (Vec<_>, Vec<_>) = pairs.map(|(role, by)| (role.0, by.to_string())).unzip();
    let rows = sqlx::query(include_str!("../sql/people_of_roles.sql"))
        .bind(roles)
        .bind(by)
        .bind(now)
        .fetch_all(sources.pool)
        .await?;
    let mut people = BTreeMap::new();
    for row in &rows {
        let ids: Vec<Uuid> = row.try_get("people")?;
        let role = RoleId(row.try_get("role_id")?);
        people.insert(role, ids.into_iter().map(PersonId).collect());
    }
    Ok(people)
}

impl Settled {
    /// The groups that have this role, inherited or not.
    fn holding_groups(&self, role: RoleId) -> Vec<AccessGroupId> {
        let by: BTreeSet<RoleId> = above(self, role).filter(|by| self.book.is_live(*by)).collect();
        let has = |grant: &Grant| {
            grant.state == GrantState::Active && grant.role().is_some_and(|role| by.contains(&role))
        };
        let holding = self.groups.all().filter(|(_, group)| group.held.iter().any(has));
        holding.map(|(id, _)| id).collect()
    }
}
