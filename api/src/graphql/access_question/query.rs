//! Asking.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::{Decision, Effect, FieldAnswer};
use domain::access::effective::{Effective, effective};
use domain::access::model::{AccessSubject, ActionPattern, ObligationSet, Weight};

use super::input::{AccessCircumstancesInput, AccessResourceInput, named, word, words};
use super::types::{AccessDecision, AccessSubjects, EffectiveAccess, LIST};
use super::when::{When, unanswered};
use crate::asking::{Question, Standpoint, Subject, Thing};
use crate::graphql::access::{MayRead, SignedIn, reads_all, reads_some, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, forbidden};
use crate::graphql::moment::Moment;
use crate::graphql::page::{PageSize, place, rows};
use crate::graphql::permission::subject_of;
use crate::graphql::scalar::Cursor;

/// So many actions are told.
const PERMISSIONS_MAX: usize = 500;

/// Questions about access.
#[derive(Default)]
pub(in crate::graphql) struct AccessQuestionQuery;

/// Questions about access.
#[Object]
impl AccessQuestionQuery {
    /// Whether somebody may do something, now or as of any moment, by the decision that the guard
    /// takes. Everybody may ask about themselves and is told whether, and which fields; why, and about
    /// others, is told to those who may have access explained. Null to these when the subject or the
    /// resource was not there; nobody else can tell what is not there from what they may not see.
    #[graphql(guard = "SignedIn")]
    #[expect(clippy::too_many_arguments, reason = "each is one part of the question")]
    async fn can(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who: a person, or a service account; absent: you.")] subject_id: Option<
            ID,
        >,
        #[graphql(desc = "What, such as ticket.resolve or erp:invoice.pay.")] action: String,
        #[graphql(desc = "To what; absent: to nothing in particular.")] resource: Option<
            AccessResourceInput,
        >,
        #[graphql(desc = "Which of its fields would be read or set, at most 100.")] fields: Option<
            Vec<String>,
        >,
        #[graphql(desc = "How they would be here.")] circumstances: Option<
            AccessCircumstancesInput,
        >,
        #[graphql(desc = "The instant that grants are looked at; absent: the moment's.")]
        instant: Option<DateTime<Utc>>,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<Option<AccessDecision>> {
        let (subject, explained) = subject(cx, subject_id)?;
        let question = question(action, fields, circumstances)?;
        let named = named(resource)?;
        named.takes(&question.action).map_err(unanswered)?;
        let when = When::read(cx, at, instant).await?;
        let services = services(cx)?;
        let thing = Thing::read(services, named, when.at).await.map_err(unanswered)?;
        let mut people = thing.as_ref().map(Thing::people).unwrap_or_default();
        people.extend(subject.person());
        let from = when.standpoint(cx, Some(people)).await?;
        let known = match thing {
            Some(thing) => thing.known(services, &from).await.map_err(unanswered)?,
            None => None,
        };
        let asked = from.subject(services, subject).await.map_err(unanswered)?;
        let told = |decision| AccessDecision {
            subject,
            instant: from.instant,
            at: from.at,
            decision,
            explained,
        };
        let decided = match asked.zip(known) {
            Some((asked, thing)) => decided(&question, (&asked, &thing), (&from, explained))?,
            None => None,
        };
        // What is not there is told to nobody who could learn from it that something is.
        Ok(decided.or_else(|| (!explained).then(nothing)).map(told))
    }

    /// Who may do something, now or as of any moment, with the grants that permit it: of any record, who
    /// could see it when. People are asked about in the order of their identities, and behind them, for
    /// actions of other systems, service accounts; at most 5,000 for one answer: it may have fewer rows
    /// than were asked for and still say that there is more. What a service account may do here is said
    /// by its rights.
    #[graphql(guard = "MayRead(Permission::AccessExplain)")]
    #[expect(clippy::too_many_arguments, reason = "each is one part of the question")]
    async fn who_can(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What, such as ticket.read or erp:invoice.pay.")] action: String,
        #[graphql(desc = "To what; absent: to nothing in particular.")] resource: Option<
            AccessResourceInput,
        >,
        #[graphql(desc = "The instant that grants are looked at; absent: the moment's.")]
        instant: Option<DateTime<Utc>>,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
        #[graphql(
            desc = "Rows of the answer, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the answer before ended.")] after: Option<Cursor>,
    ) -> Result<Option<AccessSubjects>> {
        let question = question(action, None, None)?;
        let named = named(resource)?;
        named.takes(&question.action).map_err(unanswered)?;
        let after = after.map(|after| place(LIST, &after)).transpose()?;
        let when = When::read(cx, at, instant).await?;
        let services = services(cx)?;
        let thing = Thing::read(services, named, when.at).await.map_err(unanswered)?;
        let Some(thing) = thing else { return Ok(None) };
        let from = when.standpoint(cx, None).await?;
        let thing = thing.known(services, &from).await.map_err(unanswered)?;
        let Some(thing) = thing else { return Ok(None) };
        let asked = question.of_all(services, (&thing, &from), (rows(first) as usize, after), None);
        Ok(Some(AccessSubjects::of(asked.await.map_err(unanswered)?, &from)))
    }

    /// What somebody may do, now or as of any moment: every action with what it reaches, and the grants
    /// it comes from; null when they were not there. Of yourself you may ask if you may have access
    /// explained, like of anybody.
    #[graphql(guard = "MayRead(Permission::AccessExplain)")]
    async fn effective_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who: a person, or a service account.")] subject_id: ID,
        #[graphql(desc = "Only actions of these patterns, such as ticket.*, at most 100.")]
        actions: Option<Vec<String>>,
        #[graphql(desc = "The instant that grants are looked at; absent: the moment's.")]
        instant: Option<DateTime<Utc>>,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<Option<EffectiveAccess>> {
        let subject = subject_of(&subject_id).map_err(bad_id)?;
        let asked = actions.is_some();
        let patterns: Vec<ActionPattern> = words("actions", actions)?;
        let when = When::read(cx, at, instant).await?;
        let from = when.standpoint(cx, Some(subject.person().into_iter().collect())).await?;
        let Some(known) = from.subject(services(cx)?, subject).await.map_err(unanswered)? else {
            return Ok(None);
        };
        let mut permissions: Vec<Effective> = effective(&known.world, from.instant);
        permissions
            .retain(|it| !asked || patterns.iter().any(|pattern| pattern.matches(&it.action.name)));
        let more = permissions.len() > PERMISSIONS_MAX;
        permissions.truncate(PERMISSIONS_MAX);
        Ok(Some(EffectiveAccess {
            subject,
            instant: from.instant,
            at: from.at,
            groups: known.world.groups().iter().copied().collect(),
            permissions,
            more,
        }))
    }
}

/// Of whom it is asked, and whether the caller is told why. Others are asked about by those alone who
/// are.
fn subject(cx: &Context<'_>, id: Option<ID>) -> Result<(AccessSubject, bool)> {
    let own = working_caller(cx)?.person.as_ref().map(|person| person.who.person);
    let own = own.map(AccessSubject::Person);
    let asked = id.map(|id| subject_of(&id).map_err(bad_id)).transpose()?;
    let explained = reads_all(cx, Permission::AccessExplain);
    let subject = asked.or(own).ok_or_else(forbidden)?;
    let may = explained || (Some(subject) == own && reads_some(cx, Permission::AccessRead));
    may.then_some((subject, explained)).ok_or_else(forbidden)
}

/// No, and nothing about why.
fn nothing() -> Decision {
    Decision {
        effect: Effect::Deny,
        reason: None,
        standing: Weight::Ordinary,
        grants: Vec::new(),
        fields: FieldAnswer::default(),
        obligations: ObligationSet::NONE,
        faults: Vec::new(),
        revision: 0,
    }
}

/// What is asked of each subject.
fn question(
    action: String,
    fields: Option<Vec<String>>,
    circumstances: Option<AccessCircumstancesInput>,
) -> Result<Question> {
    Ok(Question {
        action: word("action", &action)?,
        fields: words("fields", fields)?,
        session: circumstances.unwrap_or_default().read()?,
    })
}

/// The decision on one subject; none: the thing was not there, or they may not know that it is and
/// neither may the caller.
fn decided(
    question: &Question,
    (subject, thing): (&Subject, &Thing),
    (from, explained): (&Standpoint, bool),
) -> Result<Option<Decision>> {
    if !explained {
        let object = thing.seen_by(subject, from, &question.action).map_err(unanswered)?;
        if !object.is_some_and(|object| thing.is_visible(subject, &object, from)) {
            return Ok(None);
        }
    }
    question.of((subject, thing), from).map_err(unanswered)
}
