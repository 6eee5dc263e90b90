//! What something would be done to, as of a moment: read once, seen by each subject as they stand to it.

use std::collections::BTreeSet;

use async_graphql::{Context, Result};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::access::decide::{Asked, ObjectView, Session, decide};
use domain::access::model::ActionName;
use domain::access::{Permission, Relation};
use domain::ci::Ci;
use domain::kernel::{CiId, PersonId, UnitId};
use domain::ticket::Ticket;
use domain::ticket::state::Body;
use domain::ticket_dossier::Dossier;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::cis::At;
use uuid::Uuid;

use super::input::{External, Named};
use super::standpoint::{Standpoint, Subject};
use crate::gateway::ticket_object;
use crate::graphql::ci::catalogue;
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, internal};

/// What something would be done to.
#[derive(Debug)]
pub(super) enum Thing {
    Nothing,
    Ticket(Box<(Body, Dossier)>),
    Item(CiId, BTreeSet<domain::access::model::FieldName>),
    Unit(UnitId),
    Person(PersonId, BTreeSet<UnitId>),
    External(Box<External>),
}

impl Thing {
    /// As it was; none: it was not there. Whether a person or a unit was is found out when they are
    /// known.
    pub(super) fn read<'c>(
        cx: &'c Context<'_>,
        named: Named,
        at: At,
    ) -> BoxFuture<'c, Result<Option<Self>>> {
        async move {
            Ok(match named {
                Named::Nothing => Some(Self::Nothing),
                Named::External(it) => Some(Self::External(it)),
                Named::Unit(id) => Some(Self::Unit(id)),
                Named::Person(id) => Some(Self::Person(id, BTreeSet::new())),
                Named::Ticket(id) => {
                    let ticket: Ticket = state(cx, (id.0, at), |fact| match fact {
                        Fact::Ticket(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    let dossier: Dossier = state(cx, (id.0, at), |fact| match fact {
                        Fact::TicketDossier(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    ticket.0.map(|body| Self::Ticket(Box::new((*body, dossier))))
                }
                Named::Item(id) => {
                    let item: Ci = state(cx, (id.0, at), |fact| match fact {
                        Fact::Ci(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    match item.0 {
                        None => None,
                        Some(body) => Some(Self::Item(id, personal(cx, &body, at).await?)),
                    }
                }
            })
        }
        .boxed()
    }

    /// Whose relations to the subject count.
    pub(super) fn people(&self) -> BTreeSet<PersonId> {
        match self {
            Self::Ticket(it) => [it.0.author, it.0.requester].into(),
            Self::Person(id, _) => [*id].into(),
            Self::Nothing | Self::Item(..) | Self::Unit(_) | Self::External(_) => BTreeSet::new(),
        }
    }

    /// The same with what the directory knows of it; none: it was not there.
    pub(super) async fn known(self, cx: &Context<'_>, from: &Standpoint) -> Result<Option<Self>> {
        let Self::Person(id, _) = self else { return Ok(Some(self)) };
        let found = from.persons(cx, &[id]).await?.into_iter().next();
        Ok(found.map(|person| Self::Person(id, person.who.units)))
    }

    /// As the subject stands to it who would do this; none: it was not there.
    pub(super) fn seen_by(
        &self,
        subject: &Subject,
        from: &Standpoint,
        action: &ActionName,
    ) -> Result<Option<ObjectView>> {
        let world = &subject.world;
        let object = match (self, &subject.who) {
            (Self::Nothing, _) => ObjectView::default(),
            (Self::External(it), _) => it.object.clone().at(world, it.unit),
            (_, None) => return Err(bad_request(NO_PROGRAM)),
            (Self::Ticket(it), Some(who)) => ticket_object((world, who), &it.0, Some(&it.1)),
            (Self::Item(id, personal), Some(_)) => {
                ObjectView { item: Some(*id), personal: personal.clone(), ..ObjectView::default() }
            }
            (Self::Unit(id), Some(who)) => {
                if !from.has_unit(world, *id) {
                    return Ok(None);
                }
                ObjectView::of_unit(world, who, *id).for_unit(action)
            }
            (Self::Person(id, units), Some(who)) => {
                ObjectView::as_seen(who, |who| Relation::to_person(who, *id, units))
            }
        };
        Ok(Some(object))
    }

    /// Whether the subject may see that it is there.
    pub(super) fn is_visible(
        &self,
        subject: &Subject,
        object: &ObjectView,
        from: &Standpoint,
    ) -> bool {
        let read = match self {
            Self::Nothing | Self::External(_) => return true,
            Self::Ticket(_) => Permission::TicketRead,
            Self::Item(..) => Permission::CiRead,
            Self::Unit(_) => Permission::UnitRead,
            Self::Person(..) => Permission::PersonRead,
        };
        let (action, session) = (read.into(), Session::default());
        let object = match self {
            Self::Unit(_) => &object.clone().for_unit(&action),
            _ => object,
        };
        let asked =
            Asked { action: &action, object, fields: &[], at: from.instant, session: &session };
        decide(&subject.world, &asked).is_allowed()
    }
}

/// What a program may do here is said by its tokens.
const NO_PROGRAM: &str =
    "a program is asked about for other systems' resources; here its rights count";

/// The fields of an item that its class flags as personal.
async fn personal(
    cx: &Context<'_>,
    body: &domain::ci::state::Body,
    at: At,
) -> Result<BTreeSet<domain::access::model::FieldName>> {
    let catalogue = catalogue(cx, at).await?;
    let attributes = catalogue.by_id(body.class).into_iter().flat_map(|class| &class.attributes);
    let flagged = attributes.filter(|attribute| attribute.personal);
    Ok(flagged.filter_map(|attribute| attribute.name.parse().ok()).collect())
}

/// An aggregate as it is, or as a fold of its events up to a place of the log.
async fn state<A: Aggregate>(
    cx: &Context<'_>,
    (id, at): (Uuid, At),
    event: fn(Fact) -> Option<A::Event>,
) -> Result<A> {
    let services = services(cx)?;
    let journal = services.gateway.journal();
    let At::After(position) = at else {
        return Ok(journal.load::<A>(id).await.map_err(internal)?.state);
    };
    let mut conn = services.reads.acquire().await.map_err(internal)?;
    let from = (journal.keyring(), journal.upcasters());
    let told = journal::read::several(&mut conn, from, &[A::TYPE], &[id], position).await;
    let mut state = A::default();
    for recorded in told.map_err(internal)? {
        if let Some(event) = event(recorded.fact) {
            state.apply(event);
        }
    }
    Ok(state)
}
