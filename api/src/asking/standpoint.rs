//! From where it is asked: what the append keeps, or a fold of the log.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::Who;
use domain::access::decide::World;
use domain::access::model::AccessSubject;
use domain::kernel::{PersonId, ServiceAccountId, UnitId};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::ReadError;
use projections::cis::At;
use projections::directory::{Past, Principal};

use super::AskingError;
use crate::graphql::Services;

/// A moment, and what was known then.
#[derive(Debug)]
pub(crate) struct Standpoint {
    pub(crate) at: At,
    /// The instant that grants are looked at.
    pub(crate) instant: DateTime<Utc>,
    past: Option<Past>,
}

/// Somebody of whom it is asked.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) subject: AccessSubject,
    pub(crate) world: Arc<World>,
    /// Of a person: how they stand to things.
    pub(crate) who: Option<Who>,
}

impl From<Principal> for Subject {
    fn from(person: Principal) -> Self {
        let subject = AccessSubject::Person(person.who.person);
        Self { subject, world: person.world, who: Some(person.who) }
    }
}

impl Standpoint {
    /// What is known now.
    pub(crate) fn now(services: &Services) -> Self {
        Self { at: At::Now, instant: services.gateway.now(), past: None }
    }

    /// What was known then of these people, or of everybody; grants are looked at as of the instant, if
    /// one is said.
    ///
    /// # Errors
    /// Technical failures, and a past that is too long.
    pub(crate) fn of<'c>(
        services: &'c Services,
        (at, instant): (At, Option<DateTime<Utc>>),
        people: Option<BTreeSet<PersonId>>,
    ) -> BoxFuture<'c, Result<Self, AskingError>> {
        async move {
            let At::After(position) = at else {
                let now = Self::now(services);
                return Ok(Self { instant: instant.unwrap_or(now.instant), ..now });
            };
            let mut conn = services.reads.acquire().await.map_err(ReadError::from)?;
            let upcasters = services.gateway.journal().upcasters();
            let past = Past::read(&mut conn, upcasters, (position, instant), people).await?;
            Ok(Self { at, instant: past.at(), past: Some(past) })
        }
        .boxed()
    }

    /// Who that is; none: nobody, as of then. A group does nothing by itself.
    ///
    /// # Errors
    /// A group; technical failures.
    pub(crate) fn subject<'c>(
        &'c self,
        services: &'c Services,
        subject: AccessSubject,
    ) -> BoxFuture<'c, Result<Option<Subject>, AskingError>> {
        async move {
            if let AccessSubject::Group(_) = subject {
                return Err(AskingError::Unfit("a person or a service account is asked about"));
            }
            Ok(self.subjects(services, &[subject]).await?.into_iter().next())
        }
        .boxed()
    }

    /// Several, in no order; who was not there is left out.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) fn subjects<'c>(
        &'c self,
        services: &'c Services,
        subjects: &'c [AccessSubject],
    ) -> BoxFuture<'c, Result<Vec<Subject>, AskingError>> {
        async move {
            let (mut people, mut programs) = (Vec::new(), Vec::new());
            for subject in subjects {
                match subject {
                    AccessSubject::Person(id) => people.push(*id),
                    AccessSubject::Service(id) => programs.push(*id),
                    AccessSubject::Group(_) => {}
                }
            }
            let people = self.persons(services, &people).await?;
            let worlds = match &self.past {
                Some(past) => {
                    let each = programs.iter().filter_map(|id| {
                        let world = past.program(*id).transpose()?;
                        Some(world.map(|world| (*id, world)))
                    });
                    each.collect::<Result<_, _>>()?
                }
                None => services.gateway.directory().programs(&programs).await?,
            };
            let of_program = |(id, world)| Subject {
                subject: AccessSubject::Service(id),
                world: Arc::new(world),
                who: None,
            };
            let people = people.into_iter().map(Subject::from);
            Ok(people.chain(worlds.into_iter().map(of_program)).collect())
        }
        .boxed()
    }

    /// Several people; who was not registered is left out.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) fn persons<'c>(
        &'c self,
        services: &'c Services,
        ids: &'c [PersonId],
    ) -> BoxFuture<'c, Result<Vec<Principal>, AskingError>> {
        async move {
            match &self.past {
                _ if ids.is_empty() => Ok(Vec::new()),
                Some(past) => {
                    let each = ids.iter().filter_map(|id| past.principal(*id).transpose());
                    Ok(each.collect::<Result<_, _>>()?)
                }
                None => Ok(services.gateway.directory().principals(ids, self.instant).await?),
            }
        }
        .boxed()
    }

    /// So many people behind this one, in the order of their identities.
    pub(super) async fn people(
        &self,
        services: &Services,
        (after, limit): (Option<PersonId>, usize),
    ) -> Result<Vec<PersonId>, AskingError> {
        match &self.past {
            Some(past) => Ok(first(past.people(), after, limit)),
            None => Ok(services.gateway.directory().people(after, limit as i64).await?),
        }
    }

    /// So many programs behind this one, likewise; none that are over.
    pub(super) async fn programs(
        &self,
        services: &Services,
        (after, limit): (Option<ServiceAccountId>, usize),
    ) -> Result<Vec<ServiceAccountId>, AskingError> {
        match &self.past {
            Some(past) => Ok(first(past.programs(), after, limit)),
            None => {
                let all = services.gateway.directory().all_programs().await?;
                Ok(first(all.into_iter(), after, limit))
            }
        }
    }

    /// Whether there was such a unit; now every unit that is known to the tree of places.
    pub(super) fn has_unit(&self, world: &World, unit: UnitId) -> bool {
        match &self.past {
            Some(past) => past.has_unit(unit),
            None => !world.rules().tree().place_of(unit).is_root(),
        }
    }
}

/// So many behind this one of what comes in order.
fn first<T: Ord>(all: impl Iterator<Item = T>, after: Option<T>, limit: usize) -> Vec<T> {
    all.filter(|it| after.as_ref().is_none_or(|after| it > after)).take(limit).collect()
}
