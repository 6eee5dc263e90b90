//! What would come of a rule that grants by itself.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::access::known::HolderFacts;
use domain::access::model::{AccessSubject, Grant, GrantState, Granted, SodAction};
use domain::access::sod::{Origin, Tenure};
use domain::assignment_rule::event::Given;
use domain::assignment_rule::simulation::{Simulation, SimulationQuery};
use domain::kernel::{AssignmentRuleId, GrantId, PersonId, SodRuleId};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::findings::together;
use super::scene::{Scene, Whom};
use crate::error::ReadError;

/// Whoever has something by the rule, and whoever it would be for.
pub(super) async fn whom(pool: &PgPool, query: &SimulationQuery) -> Result<Whom, ReadError> {
    let rows = sqlx::query(include_str!("../sql/ruled.sql"))
        .bind(query.rule.to_string())
        .fetch_all(pool)
        .await?;
    let mut subjects = BTreeSet::new();
    for row in &rows {
        subjects.insert(AccessSubject::Person(PersonId(row.try_get("subject_id")?)));
    }
    let population = Some(query.definition.population.clone());
    Ok(Whom { subjects, population, ..Whom::default() })
}

/// What a rule gives and takes, by name; the figures and the digest of a simulation tell of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whoever has not what they should have by the rule.
    pub gains: BTreeSet<(PersonId, Given)>,
    /// Whoever has by the rule what they should not have.
    pub loses: BTreeSet<(PersonId, GrantId)>,
    /// Whoever would break a rule of duties by it.
    pub breaches: BTreeSet<(PersonId, SodRuleId)>,
}

pub(super) fn simulation(scene: &Scene, query: &SimulationQuery, now: DateTime<Utc>) -> Simulation {
    let outcome = outcome(scene, query, now);
    let people = |of: BTreeSet<PersonId>| u32::try_from(of.len()).unwrap_or(u32::MAX);
    Simulation {
        gains: people(outcome.gains.iter().map(|(person, _)| *person).collect()),
        loses: people(outcome.loses.iter().map(|(person, _)| *person).collect()),
        breaches: people(outcome.breaches.iter().map(|(person, _)| *person).collect()),
        digest: outcome.digest(query),
    }
}

/// What the rule gives and takes now, if it is in force.
pub(super) fn outcome(scene: &Scene, query: &SimulationQuery, now: DateTime<Utc>) -> Outcome {
    let meant: BTreeSet<PersonId> = scene.crowd.of(&query.definition.population).collect();
    let has = scene.subjects.iter().filter_map(|subject| subject.person());
    let everybody: BTreeSet<PersonId> = has.chain(meant.iter().copied()).collect();
    let mut outcome = Outcome::default();
    for person in everybody {
        let gives: &BTreeSet<Given> = match meant.contains(&person) {
            true => &query.definition.gives,
            false => &BTreeSet::new(),
        };
        outcome.add(scene, (person, query.rule), gives, now);
    }
    outcome
}

impl Outcome {
    /// What becomes of one person to whom the rule would give this.
    fn add(
        &mut self,
        scene: &Scene,
        (person, rule): (PersonId, AssignmentRuleId),
        gives: &BTreeSet<Given>,
        now: DateTime<Utc>,
    ) {
        let subject = AccessSubject::Person(person);
        let account = scene.account(subject);
        let stands = |grant: &&Grant| grant.state == GrantState::Active && !grant.is_over(now);
        let held: Vec<_> = scene.grants(subject).into_iter().filter(|it| stands(&it)).collect();
        let lost = account.grants.iter().filter(stands).filter(|grant| {
            let kept =
                |given: &Given| grant.role() == Some(given.role) && grant.scope == given.scope;
            account.by_rule.get(&grant.id) == Some(&rule) && !gives.iter().any(kept)
        });
        let lost: BTreeSet<GrantId> = lost.map(|grant| grant.id).collect();
        let has = |given: &&Given| {
            held.iter().any(|grant| {
                grant.role() == Some(given.role)
                    && grant.until.is_none()
                    && grant.scope.includes(&given.scope)
                    && !lost.contains(&grant.id)
            })
        };
        let gained: Vec<&Given> = gives.iter().filter(|given| !has(given)).collect();
        self.add_breaches(scene, (person, &gained, &lost), now);
        self.gains.extend(gained.into_iter().map(|given| (person, given.clone())));
        self.loses.extend(lost.into_iter().map(|grant| (person, grant)));
    }

    fn add_breaches(
        &mut self,
        scene: &Scene,
        (person, gained, lost): (PersonId, &[&Given], &BTreeSet<GrantId>),
        now: DateTime<Utc>,
    ) {
        if gained.is_empty() {
            return;
        }
        let HolderFacts { own, beside, .. } =
            scene.holder(AccessSubject::Person(person)).unwrap_or_default();
        let separation = &scene.settled.separation;
        for beside in beside.values() {
            let (mut others, lifting) = together(&own, beside);
            others.retain(|tenure| match tenure.origin {
                Origin::Grant(id) => !lost.contains(&id),
                Origin::Request(_) => true,
            });
            for given in gained {
                let what = Granted::Role(given.role);
                let origin = Origin::Grant(GrantId(Uuid::nil()));
                let new = Tenure { what, from: now, until: None, origin };
                let breaches = separation.brought_by(&new, &others, &lifting).into_iter();
                let parted = breaches.filter(|breach| breach.action != SodAction::Record);
                self.breaches.extend(parted.map(|breach| (person, breach.rule)));
                others.push(new);
            }
        }
    }

    /// The same outcome of the same rule, the same text.
    fn digest(&self, query: &SimulationQuery) -> String {
        let mut hash = Sha256::new();
        let mut line = |text: String| hash.update(format!("{text}\n"));
        // Not of which rule: one that is new has no identity yet when it is simulated.
        line(json!(query.definition).to_string());
        for (person, Given { role, scope }) in &self.gains {
            line(format!("gain {person} {role} {scope}"));
        }
        for (person, grant) in &self.loses {
            line(format!("loss {person} {grant}"));
        }
        for (person, rule) in &self.breaches {
            line(format!("breach {person} {rule}"));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
