//! Asking.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::{Asked, Decision, Effect, FieldAnswer, Session, decide};
use domain::access::effective::{Effective, effective};
use domain::access::model::{
    AccessSubject, ActionName, ActionPattern, FieldName, ObligationSet, Weight,
};
use domain::kernel::PersonId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::input::{AccessCircumstancesInput, AccessResourceInput, named, word, words};
use super::standpoint::{Standpoint, Subject, When};
use super::thing::Thing;
use super::types::{AccessDecision, AccessSubjects, EffectiveAccess};
use crate::graphql::access::{MayRead, SignedIn, reads_all, reads_some, working_caller};
use crate::graphql::error::{bad_id, forbidden};
use crate::graphql::moment::Moment;
use crate::graphql::page::{PageSize, cursor, place, rows};
use crate::graphql::permission::subject_of;
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "whoCan";
/// So many people are asked about at once.
const AT_ONCE: usize = 250;
/// Of so many people one question is answered, whoever may.
const LOOKED_AT: usize = 5_000;
/// So many actions are told.
const PERMISSIONS_MAX: usize = 500;

/// Questions about access.
#[derive(Default)]
pub(in crate::graphql) struct AccessQuestionQuery;

/// What is asked of each subject.
struct Question {
    action: ActionName,
    fields: Vec<FieldName>,
    session: Session,
}

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
        let question = Question::read(action, fields, circumstances)?;
        let named = named(resource)?;
        named.takes(&question.action)?;
        let when = When::read(cx, at, instant).await?;
        let thing = Thing::read(cx, named, when.at).await?;
        let mut people = thing.as_ref().map(Thing::people).unwrap_or_default();
        people.extend(subject.person());
        let from = when.standpoint(cx, Some(people)).await?;
        let known = match thing {
            Some(thing) => thing.known(cx, &from).await?,
            None => None,
        };
        let asked = from.subject(cx, subject).await?;
        let told = |decision| AccessDecision {
            subject,
            instant: from.instant,
            at: from.at,
            decision,
            explained,
        };
        let decided = match asked.zip(known) {
            Some((asked, thing)) => question.of((&asked, &thing), &from, explained)?,
            None => None,
        };
        // What is not there is told to nobody who could learn from it that something is.
        Ok(decided.or_else(|| (!explained).then(nothing)).map(told))
    }

    /// Who may do something, now or as of any moment, with the grants that permit it: of any record, who
    /// could see it when. People are asked about in the order of their identities, at most 5,000 for one
    /// answer: it may have fewer rows than were asked for and still say that there is more.
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
        let question = Question::read(action, None, None)?;
        let named = named(resource)?;
        named.takes(&question.action)?;
        let after: Option<PersonId> = match after {
            Some(after) => Some(PersonId(place(LIST, &after)?)),
            None => None,
        };
        let when = When::read(cx, at, instant).await?;
        let Some(thing) = Thing::read(cx, named, when.at).await? else { return Ok(None) };
        let from = when.standpoint(cx, None).await?;
        let Some(thing) = thing.known(cx, &from).await? else { return Ok(None) };
        question.of_all(cx, (&thing, &from), (rows(first) as usize, after)).await.map(Some)
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
        let Some(known) = from.subject(cx, subject).await? else { return Ok(None) };
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

impl Question {
    fn read(
        action: String,
        fields: Option<Vec<String>>,
        circumstances: Option<AccessCircumstancesInput>,
    ) -> Result<Self> {
        Ok(Self {
            action: word("action", &action)?,
            fields: words("fields", fields)?,
            session: circumstances.unwrap_or_default().read()?,
        })
    }

    /// The decision on one subject; none: the thing was not there, or they may not know that it is.
    fn of(
        &self,
        (subject, thing): (&Subject, &Thing),
        from: &Standpoint,
        explained: bool,
    ) -> Result<Option<Decision>> {
        let Some(object) = thing.seen_by(subject, from, &self.action)? else { return Ok(None) };
        if !explained && !thing.is_visible(subject, &object, from) {
            return Ok(None);
        }
        let (action, fields, session) = (&self.action, self.fields.as_slice(), &self.session);
        let asked = Asked { action, object: &object, fields, at: from.instant, session };
        Ok(Some(decide(&subject.world, &asked)))
    }

    /// Of so many who may, behind this person.
    fn of_all<'c>(
        &'c self,
        cx: &'c Context<'_>,
        (thing, from): (&'c Thing, &'c Standpoint),
        (size, mut after): (usize, Option<PersonId>),
    ) -> BoxFuture<'c, Result<AccessSubjects>> {
        async move {
            let (mut found, mut looked_at) = (Vec::new(), 0);
            loop {
                let people = from.people(cx, (after, AT_ONCE)).await?;
                let known = from.persons(cx, &people).await?;
                let known = known.into_iter().map(|it| (it.who.person, Subject::from(it)));
                let mut known: BTreeMap<PersonId, Subject> = known.collect();
                for (place, id) in people.iter().enumerate() {
                    (after, looked_at) = (Some(*id), looked_at + 1);
                    let Some(subject) = known.remove(id) else { continue };
                    let decision = self.of((&subject, thing), from, true)?;
                    let allowed = decision.filter(Decision::is_allowed);
                    found.extend(allowed.map(|decision| AccessDecision {
                        subject: subject.subject,
                        instant: from.instant,
                        at: from.at,
                        decision,
                        explained: true,
                    }));
                    let is_last = people.len() < AT_ONCE && place + 1 == people.len();
                    if !is_last && (found.len() == size || looked_at == LOOKED_AT) {
                        let next = Some(cursor(LIST, id));
                        return Ok(AccessSubjects { found, looked_at, next });
                    }
                }
                if people.len() < AT_ONCE {
                    return Ok(AccessSubjects { found, looked_at, next: None });
                }
            }
        }
        .boxed()
    }
}
