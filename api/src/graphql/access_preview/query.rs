//! Asking what a grant would come to.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::World;
use domain::access::known::{AccessFacts, AccessNeeds, HolderFacts};
use domain::access::model::{AccessSubject, Grant, GrantSource, GrantState, Granted, Scope};
use domain::access::preview::{Preview, Standpoint, with};
use domain::access::sod::Separation;
use domain::access_policy::AccessPolicy;
use domain::kernel::{GrantId, PersonId};
use projections::directory::{Doing, Principal};
use projections::tickets::{self, Scope as TicketScope, TicketFilter};

use super::types::{AccessPreview, PersonPreview};
use crate::graphql::access::{MayRead, now};
use crate::graphql::access_grant::granted;
use crate::graphql::access_template::AccessGrantedInput;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, bad_request, unread};
use crate::graphql::permission::{AccessScopeInput, scope, subject_of};
use crate::graphql::refusal::UserError;

/// Of so many people of a group it is told what it comes to.
const SHOWN: usize = 20;

/// Blast radius.
#[derive(Default)]
pub(in crate::graphql) struct AccessPreviewQuery;

/// What would be given, from now on.
struct Gift {
    what: Granted,
    scope: Scope,
    until: Option<DateTime<Utc>>,
}

/// Blast radius.
#[Object]
impl AccessPreviewQuery {
    /// What a grant would come to before it is given: what becomes reachable, which rules of duties it
    /// breaks, which steps to more rights it opens that take no second person. Nothing is written.
    #[graphql(guard = "MayRead(Permission::AccessExplain)")]
    async fn access_preview(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who would have it: a person, or a group of those who have access.")]
        subject_id: ID,
        #[graphql(desc = "What.")] what: AccessGrantedInput,
        #[graphql(desc = "Where; absent: everywhere.")] scope: Option<AccessScopeInput>,
        #[graphql(desc = "Until when; absent: until it is revoked.")] until: Option<DateTime<Utc>>,
    ) -> Result<AccessPreview> {
        let subject = subject_of(&subject_id).map_err(bad_id)?;
        let fault = |error: UserError| bad_request(error.message);
        let gift = Gift {
            what: granted("what", what).map_err(fault)?,
            scope: place(scope).map_err(fault)?,
            until,
        };
        Asked::read(cx, subject).await?.preview(cx, &gift).await
    }
}

fn place(input: Option<AccessScopeInput>) -> std::result::Result<Scope, UserError> {
    scope("scope", input)
}

/// What is known of those concerned.
struct Asked {
    facts: AccessFacts,
    concerned: BTreeSet<PersonId>,
    at: DateTime<Utc>,
}

impl Asked {
    async fn read(cx: &Context<'_>, subject: AccessSubject) -> Result<Self> {
        let (directory, at) = (services(cx)?.gateway.directory(), now(cx)?);
        let mut needs = AccessNeeds { policy: true, ..AccessNeeds::rules() };
        needs.subjects.insert(subject);
        if let AccessSubject::Group(group) = subject {
            needs.groups.insert(group);
        }
        let facts = directory.access(&needs, Doing::Nobody, at).await.map_err(unread)?;
        let concerned: BTreeSet<PersonId> = match subject {
            AccessSubject::Group(group) => {
                let people = facts.groups.get(&group).into_iter().flat_map(|it| &it.people);
                people.copied().collect()
            }
            AccessSubject::Person(person) => [person].into(),
            AccessSubject::Service(_) => {
                return Err(bad_request("a person or an access group is asked about"));
            }
        };
        let shown = concerned.iter().take(SHOWN).copied().map(AccessSubject::Person);
        let more = AccessNeeds { subjects: shown.collect(), ..AccessNeeds::default() };
        let more = directory.access(&more, Doing::Nobody, at).await.map_err(unread)?;
        let mut facts = facts;
        facts.extend(more);
        Ok(Self { facts, concerned, at })
    }

    async fn preview(self, cx: &Context<'_>, gift: &Gift) -> Result<AccessPreview> {
        let mut shown = Vec::new();
        for person in self.concerned.iter().take(SHOWN) {
            if let Some(holder) = self.facts.subjects.get(&AccessSubject::Person(*person)) {
                shown.extend(self.of_person(cx, (*person, holder), gift).await?);
            }
        }
        Ok(AccessPreview { concerned: self.concerned.len(), shown })
    }

    async fn of_person(
        &self,
        cx: &Context<'_>,
        (person, holder): (PersonId, &HolderFacts),
        gift: &Gift,
    ) -> Result<Option<PersonPreview>> {
        let services = services(cx)?;
        let known = services.gateway.directory().principal(person, self.at).await;
        let Some(Principal { who, world, .. }) = known.map_err(unread)? else { return Ok(None) };
        let Some(book) = &self.facts.rules else { return Ok(None) };
        let separation = Separation::of(book.duties.values(), &book.roles, &book.registry);
        let beside = holder.beside.values().next();
        let all = |tenures: &[_]| {
            let others = beside.into_iter().flat_map(|it| it.tenures.iter());
            tenures.iter().chain(others).cloned().collect::<Vec<_>>()
        };
        let exceptions = beside.into_iter().flat_map(|it| &it.exceptions);
        let before = Standpoint {
            tenures: all(&holder.own.tenures),
            exceptions: holder.own.exceptions.iter().chain(exceptions).cloned().collect(),
            separation: Arc::new(separation),
            world,
        };
        let grant = gift.as_grant(GrantId(services.gateway.new_id()), self.at);
        let after: Arc<World> = Arc::new(before.world.with(grant.clone()));
        let after =
            Standpoint { tenures: with(&before.tenures, &grant), world: after, ..before.clone() };
        let policy = self.facts.policy.clone().unwrap_or_else(|| Arc::new(AccessPolicy::default()));
        let told = Preview::of(&before, &after, &policy, self.at);
        let readable = |world: &Arc<World>| {
            let scope = TicketScope::of(world, &who, Permission::TicketRead, self.at);
            (scope, TicketFilter::And(Vec::new()))
        };
        let lists = [readable(&before.world), readable(&after.world)];
        let counts = tickets::counts(&services.reads, &lists).await.map_err(unread)?;
        let [before, after] = counts[..] else { return Ok(None) };
        Ok(Some(PersonPreview { person, told, tickets: (before, after) }))
    }
}

impl Gift {
    fn as_grant(&self, id: GrantId, at: DateTime<Utc>) -> Grant {
        Grant {
            id,
            what: self.what.clone(),
            scope: self.scope.clone(),
            from: at,
            until: self.until,
            source: GrantSource::Administrator,
            request: None,
            delegated_by: None,
            pierces: false,
            state: GrantState::Active,
        }
    }
}
