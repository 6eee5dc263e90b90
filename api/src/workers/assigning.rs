//! Gives what rules that grant by themselves say, and takes it back: whoever comes to be of a rule's
//! population has its roles, whoever is no more has them no more.
//!
//! It follows the settled log. What may change whom a rule means, or what it gives, makes it look at
//! all rules again, as does a new day, because certificates end with one. What is due is worked out
//! as simulations are, so that what was seen before a rule came into force is what comes of it.
//! Whom a rule of duties stops is left out, and looked at again with the next change. A rule that is
//! retired takes back all that it gave.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::NaiveDate;
use domain::Fact;
use domain::access::model::{AccessSubject, GrantSource, Granted};
use domain::assignment_rule::AssignmentRule;
use domain::assignment_rule::event::Definition;
use domain::assignment_rule::simulation::SimulationQuery;
use domain::assignment_rule::state::Body;
use domain::kernel::{AssignmentRuleId, GrantId, PersonId};
use domain::person::PersonEvent;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::{Grant, Revoke};
use domain::subject_access::event::Pattern;
use domain::unit::UnitEvent;
use projections::access_definitions::{self, Listing};
use projections::runner::Waiter;
use projections::worker::WorkerLease;
use sqlx::PgPool;

use super::WorkerError;
use super::following::Page;
use super::lease::Worker;
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// The view that tells which rules there are.
const VIEW: &str = "access_definitions";
/// How long it may take to come as far as the log before the lease is looked at again.
const PATIENCE: Duration = Duration::from_secs(5);
/// When it is looked again whether the view goes on.
const AGAIN: Duration = Duration::from_secs(2);
/// Rules read in one go.
const RULES: i64 = 100;

/// The follower.
#[derive(Debug)]
pub(crate) struct Assigning {
    gateway: Gateway,
    reads: PgPool,
    waiter: Waiter,
    /// The day on which all rules were looked at last.
    looked_on: Option<NaiveDate>,
}

/// A rule, as far as it is in force.
struct Rule {
    id: AssignmentRuleId,
    definition: Definition,
    version: u32,
}

impl Assigning {
    /// `reads`' connections search the read models' schemas; `waiter` knows how far these are.
    pub(crate) fn new(gateway: Gateway, reads: PgPool, waiter: Waiter) -> Self {
        Self { gateway, reads, waiter, looked_on: None }
    }

    /// Every rule that is in force, or was.
    async fn rules(&self) -> Result<Vec<Rule>, WorkerError> {
        let listing = Listing { with_retired: true, ..Listing::default() };
        let (mut rules, mut after) = (Vec::new(), None);
        loop {
            let page =
                access_definitions::page::<AssignmentRule>(&self.reads, &listing, RULES, after);
            let page = page.await?;
            after = page.last().map(|rule| rule.id);
            let more = i64::try_from(page.len()).is_ok_and(|read| read == RULES);
            rules.extend(
                page.into_iter().filter_map(|it| Rule::of(AssignmentRuleId(it.id), it.body)),
            );
            if !more {
                return Ok(rules);
            }
        }
    }

    /// Does what is due by all rules.
    async fn settle(&self) -> Result<(), WorkerError> {
        for rule in self.rules().await? {
            let query = SimulationQuery { rule: rule.id, definition: rule.definition.clone() };
            let due = self.gateway.directory().by_rule(&query, self.gateway.now()).await?;
            for (person, grant) in due.loses {
                let revoke = SubjectAccessCommand::Revoke(Revoke { grant });
                self.draw(person, revoke).await?;
            }
            let stopped: BTreeSet<PersonId> = due.breaches.iter().map(|(it, _)| *it).collect();
            for (person, given) in due.gains.into_iter().filter(|it| !stopped.contains(&it.0)) {
                let grant = SubjectAccessCommand::Grant(Box::new(Grant {
                    subject: AccessSubject::Person(person),
                    grant: GrantId(self.gateway.new_id()),
                    what: Granted::Role(given.role),
                    scope: given.scope,
                    from: None,
                    until: None,
                    source: GrantSource::Rule,
                    request: None,
                    pierces: false,
                    pattern: Some(Pattern::Rule { rule: rule.id, version: rule.version }),
                }));
                self.draw(person, grant).await?;
            }
        }
        Ok(())
    }

    /// What is refused, because somebody is suspended for now or has changed meanwhile, is looked at
    /// again with the next change.
    async fn draw(
        &self,
        person: PersonId,
        command: SubjectAccessCommand,
    ) -> Result<(), WorkerError> {
        let request = Request::new(command, person.0).correlated(self.gateway.new_id());
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Rule {
    /// A rule that is retired gives nothing to anybody.
    fn of(id: AssignmentRuleId, body: Body) -> Option<Self> {
        let mut definition = body.current?;
        if body.retired {
            definition.gives.clear();
        }
        Some(Self { id, definition, version: body.version })
    }
}

/// Whether it may change what is due by a rule.
fn matters(fact: &Fact) -> bool {
    match fact {
        Fact::AssignmentRule(..) | Fact::SubjectAccess(..) => true,
        Fact::Person(_, event) => matches!(
            event,
            PersonEvent::Registered(_)
                | PersonEvent::RoleChanged(_)
                | PersonEvent::OrganizationChanged(_)
                | PersonEvent::SkillCertified(_)
                | PersonEvent::SkillWithdrawn(_)
                | PersonEvent::TierAssigned(_)
                | PersonEvent::PositionTaken(_)
                | PersonEvent::Restored(_)
                | PersonEvent::Left(_)
        ),
        Fact::Unit(_, event) => matches!(event, UnitEvent::Joined(_) | UnitEvent::Left(_)),
        _ => false,
    }
}

impl Worker for Assigning {
    fn name(&self) -> &'static str {
        "assigning"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let today = self.gateway.now().date_naive();
        let page = Page::next(self.gateway.journal(), lease).await?;
        let through = page.as_ref().map(|page| page.through);
        let changed = page.iter().flat_map(|page| &page.events).any(|it| matters(&it.fact));
        if changed || self.looked_on != Some(today) {
            if let Some(through) = through
                && self.waiter.passed_number(VIEW, through, PATIENCE).await.is_err()
            {
                return Ok(AGAIN);
            }
            self.settle().await?;
            self.looked_on = Some(today);
        }
        match page {
            Some(page) => page.is_done(self.name(), lease).await,
            None => Ok(Duration::ZERO),
        }
    }
}
