//! What is asked of each subject, and of everybody.

use std::collections::BTreeMap;

use domain::access::decide::{Asked, Decision, Session, decide};
use domain::access::model::{AccessSubject, ActionName, FieldName, SubjectKind};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::{AskingError, Standpoint, Subject, Thing};
use crate::graphql::Services;

/// So many subjects are asked about at once.
const AT_ONCE: usize = 250;
/// Of so many one question is answered, whoever may.
const LOOKED_AT: usize = 5_000;

/// What is asked of each subject.
#[derive(Debug)]
pub(crate) struct Question {
    /// What they would do.
    pub(crate) action: ActionName,
    /// Which fields they would read or set.
    pub(crate) fields: Vec<FieldName>,
    /// How they would be here.
    pub(crate) session: Session,
}

/// Some of those who may.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Each with the decision.
    pub(crate) found: Vec<(AccessSubject, Decision)>,
    /// How many were asked about.
    pub(crate) looked_at: usize,
    /// Behind whom to go on; none: nobody is left.
    pub(crate) next: Option<AccessSubject>,
}

impl Question {
    /// The decision on one subject; none: the thing was not there.
    ///
    /// # Errors
    /// A program is asked about for something of ours.
    pub(crate) fn of(
        &self,
        (subject, thing): (&Subject, &Thing),
        from: &Standpoint,
    ) -> Result<Option<Decision>, AskingError> {
        let Some(object) = thing.seen_by(subject, from, &self.action)? else { return Ok(None) };
        let (action, fields, session) = (&self.action, self.fields.as_slice(), &self.session);
        let asked = Asked { action, object: &object, fields, at: from.instant, session };
        Ok(Some(decide(&subject.world, &asked)))
    }

    /// Of so many who may, behind this one: people in the order of their identities, then, where they
    /// can be asked about, programs likewise; of one kind, if one is said.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) fn of_all<'c>(
        &'c self,
        services: &'c Services,
        (thing, from): (&'c Thing, &'c Standpoint),
        (size, mut after): (usize, Option<AccessSubject>),
        kind: Option<SubjectKind>,
    ) -> BoxFuture<'c, Result<Found, AskingError>> {
        async move {
            let mut told = Found::default();
            loop {
                let (subjects, are_last) = self.behind(services, from, (after, kind)).await?;
                let known = from.subjects(services, &subjects).await?;
                let known = known.into_iter().map(|subject| (subject.subject, subject));
                let mut known: BTreeMap<AccessSubject, Subject> = known.collect();
                for subject in &subjects {
                    if told.found.len() == size || told.looked_at == LOOKED_AT {
                        told.next = after;
                        return Ok(told);
                    }
                    (after, told.looked_at) = (Some(*subject), told.looked_at + 1);
                    let Some(known) = known.remove(subject) else { continue };
                    let decision = self.of((&known, thing), from)?;
                    let allowed = decision.filter(Decision::is_allowed);
                    told.found.extend(allowed.map(|decision| (*subject, decision)));
                }
                if are_last {
                    return Ok(told);
                }
            }
        }
        .boxed()
    }

    /// The next ones to ask about, and whether nobody is left behind them.
    async fn behind(
        &self,
        services: &Services,
        from: &Standpoint,
        (after, kind): (Option<AccessSubject>, Option<SubjectKind>),
    ) -> Result<(Vec<AccessSubject>, bool), AskingError> {
        let (person, program) = match after {
            None | Some(AccessSubject::Group(_)) => (None, None),
            Some(AccessSubject::Person(id)) => (Some(id), None),
            Some(AccessSubject::Service(id)) => (None, Some(id)),
        };
        let mut subjects = Vec::new();
        if program.is_none() && kind != Some(SubjectKind::Service) {
            let people = from.people(services, (person, AT_ONCE)).await?;
            subjects.extend(people.into_iter().map(AccessSubject::Person));
        }
        // What a program may do here is said by its account's rights.
        let takes_programs = self.action.system().is_some() && kind != Some(SubjectKind::Person);
        if subjects.len() == AT_ONCE || !takes_programs {
            let are_last = subjects.len() < AT_ONCE;
            return Ok((subjects, are_last));
        }
        let programs = from.programs(services, (program, AT_ONCE)).await?;
        let are_last = programs.len() < AT_ONCE;
        subjects.extend(programs.into_iter().map(AccessSubject::Service));
        Ok((subjects, are_last))
    }
}
