//! From where it is asked: what the append keeps, or a fold of the log.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use domain::access::Who;
use domain::access::decide::World;
use domain::access::model::AccessSubject;
use domain::kernel::{PersonId, UnitId};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::cis::At;
use projections::directory::{Past, Principal};

use crate::graphql::access::now;
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, internal, unread};
use crate::graphql::moment::Moment;

/// What shows the grants and rules that an answer names.
const MODELS: [&str; 2] = ["access_definitions", "access_grants"];

/// A moment that is asked about, before anything is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub(super) at: At,
    /// What was said of the instant, by the moment or beside it.
    instant: Option<DateTime<Utc>>,
}

/// A moment, and what was known then.
#[derive(Debug)]
pub(super) struct Standpoint {
    pub(super) at: At,
    /// The instant that grants are looked at.
    pub(super) instant: DateTime<Utc>,
    past: Option<Past>,
}

/// Somebody of whom it is asked.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) subject: AccessSubject,
    pub(super) world: Arc<World>,
    /// Of a person: how they stand to things.
    pub(super) who: Option<Who>,
}

impl From<Principal> for Subject {
    fn from(person: Principal) -> Self {
        let subject = AccessSubject::Person(person.who.person);
        Self { subject, world: person.world, who: Some(person.who) }
    }
}

impl When {
    /// The moment that is named; now, if none is.
    pub(super) fn read<'c>(
        cx: &'c Context<'_>,
        moment: Option<Moment>,
        instant: Option<DateTime<Utc>>,
    ) -> BoxFuture<'c, Result<Self>> {
        async move {
            let moment = moment.unwrap_or_default();
            let instant = instant.or(moment.as_of);
            Ok(Self { at: moment.of(cx, &MODELS).await?, instant })
        }
        .boxed()
    }

    /// What was known then of these people, or of everybody.
    pub(super) fn standpoint<'c>(
        self,
        cx: &'c Context<'_>,
        people: Option<BTreeSet<PersonId>>,
    ) -> BoxFuture<'c, Result<Standpoint>> {
        async move {
            let At::After(position) = self.at else {
                let instant = self.instant.map_or_else(|| now(cx), Ok)?;
                return Ok(Standpoint { at: self.at, instant, past: None });
            };
            let services = services(cx)?;
            let mut conn = services.reads.acquire().await.map_err(internal)?;
            let upcasters = services.gateway.journal().upcasters();
            let past = Past::read(&mut conn, upcasters, (position, self.instant), people);
            let past = past.await.map_err(unread)?;
            Ok(Standpoint { at: self.at, instant: past.at(), past: Some(past) })
        }
        .boxed()
    }
}

impl Standpoint {
    /// Who that is; none: nobody, as of then. A group does nothing by itself.
    pub(super) fn subject<'c>(
        &'c self,
        cx: &'c Context<'_>,
        subject: AccessSubject,
    ) -> BoxFuture<'c, Result<Option<Subject>>> {
        async move {
            match subject {
                AccessSubject::Person(id) => {
                    Ok(self.persons(cx, &[id]).await?.into_iter().next().map(Into::into))
                }
                AccessSubject::Service(id) => {
                    let world = match &self.past {
                        Some(past) => past.program(id).map_err(unread)?,
                        None => {
                            let directory = services(cx)?.gateway.directory();
                            directory.program(id).await.map_err(unread)?
                        }
                    };
                    let known = |world| Subject { subject, world: Arc::new(world), who: None };
                    Ok(world.map(known))
                }
                AccessSubject::Group(_) => {
                    Err(bad_request("a person or a service account is asked about"))
                }
            }
        }
        .boxed()
    }

    /// Several people; who was not registered is left out.
    pub(super) fn persons<'c>(
        &'c self,
        cx: &'c Context<'_>,
        ids: &'c [PersonId],
    ) -> BoxFuture<'c, Result<Vec<Principal>>> {
        async move {
            match &self.past {
                Some(past) => {
                    let each = ids.iter().filter_map(|id| past.principal(*id).transpose());
                    each.collect::<std::result::Result<_, _>>().map_err(unread)
                }
                None => {
                    let directory = services(cx)?.gateway.directory();
                    directory.principals(ids, self.instant).await.map_err(unread)
                }
            }
        }
        .boxed()
    }

    /// So many people behind this one, in the order of their identities.
    pub(super) fn people<'c>(
        &'c self,
        cx: &'c Context<'_>,
        (after, limit): (Option<PersonId>, usize),
    ) -> BoxFuture<'c, Result<Vec<PersonId>>> {
        async move {
            match &self.past {
                Some(past) => {
                    let behind = past.people().filter(|id| after.is_none_or(|after| *id > after));
                    Ok(behind.take(limit).collect())
                }
                None => {
                    let directory = services(cx)?.gateway.directory();
                    directory.people(after, limit as i64).await.map_err(unread)
                }
            }
        }
        .boxed()
    }

    /// Whether there was such a unit; now every unit that is known to the tree of places.
    pub(super) fn has_unit(&self, world: &World, unit: UnitId) -> bool {
        match &self.past {
            Some(past) => past.has_unit(unit),
            None => !world.rules().tree().place_of(unit).is_root(),
        }
    }
}
