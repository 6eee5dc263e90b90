//! What something would be done to, as of a moment: read once, seen by each subject as they stand to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::access::decide::{Asked, ObjectView, Session, decide};
use domain::access::model::{ActionName, FieldName};
use domain::access::{Permission, Relation};
use domain::ci::Ci;
use domain::kernel::{CiId, PersonId, TicketId, UnitId};
use domain::ticket::Ticket;
use domain::ticket::state::Body;
use domain::ticket_dossier::Dossier;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::ReadError;
use projections::ci_classes::catalogue_at;
use projections::cis::At;
use uuid::Uuid;

use super::{AskingError, Standpoint, Subject};
use crate::graphql::Services;

/// What something would be done to, before anything is read.
#[derive(Debug)]
pub(crate) enum Named {
    Nothing,
    Ticket(TicketId),
    Item(CiId),
    Unit(UnitId),
    Person(PersonId),
    External(Box<External>),
}

/// A resource of another system, and where it lies.
#[derive(Debug)]
pub(crate) struct External {
    /// `system:type`.
    pub(crate) object_type: String,
    pub(crate) object: ObjectView,
    pub(crate) unit: Option<UnitId>,
}

/// What something would be done to.
#[derive(Debug)]
pub(crate) enum Thing {
    Nothing,
    Ticket(Box<(Body, Dossier)>),
    Item(CiId, BTreeSet<FieldName>),
    Unit(UnitId),
    Person(PersonId, BTreeSet<UnitId>),
    External(Box<External>),
}

impl Named {
    /// An action of another system is done to what is that system's, and ours to what is ours.
    ///
    /// # Errors
    /// It is not.
    pub(crate) fn takes(&self, action: &ActionName) -> Result<(), AskingError> {
        let fits = match self {
            Self::Nothing => true,
            Self::External(it) => action.object_type() == it.object_type,
            Self::Ticket(_) | Self::Item(_) | Self::Unit(_) | Self::Person(_) => {
                action.system().is_none()
            }
        };
        let fault = AskingError::Unfit("the action is not one of this resource's");
        if fits { Ok(()) } else { Err(fault) }
    }
}

impl Thing {
    /// As it was; none: it was not there. Whether a person or a unit was is found out when they are
    /// known.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) fn read<'c>(
        services: &'c Services,
        named: Named,
        at: At,
    ) -> BoxFuture<'c, Result<Option<Self>, AskingError>> {
        async move {
            Ok(match named {
                Named::Nothing => Some(Self::Nothing),
                Named::External(it) => Some(Self::External(it)),
                Named::Unit(id) => Some(Self::Unit(id)),
                Named::Person(id) => Some(Self::Person(id, BTreeSet::new())),
                Named::Ticket(id) => {
                    let ticket: Ticket = state(services, (id.0, at), |fact| match fact {
                        Fact::Ticket(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    let dossier: Dossier = state(services, (id.0, at), |fact| match fact {
                        Fact::TicketDossier(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    ticket.0.map(|body| Self::Ticket(Box::new((*body, dossier))))
                }
                Named::Item(id) => {
                    let item: Ci = state(services, (id.0, at), |fact| match fact {
                        Fact::Ci(_, event) => Some(event),
                        _ => None,
                    })
                    .await?;
                    match item.0 {
                        None => None,
                        Some(body) => Some(Self::Item(id, personal(services, &body, at).await?)),
                    }
                }
            })
        }
        .boxed()
    }

    /// Whose relations to the subject count.
    pub(crate) fn people(&self) -> BTreeSet<PersonId> {
        match self {
            Self::Ticket(it) => [it.0.author, it.0.requester].into(),
            Self::Person(id, _) => [*id].into(),
            Self::Nothing | Self::Item(..) | Self::Unit(_) | Self::External(_) => BTreeSet::new(),
        }
    }

    /// The same with what the directory knows of it; none: it was not there.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) async fn known(
        self,
        services: &Services,
        from: &Standpoint,
    ) -> Result<Option<Self>, AskingError> {
        let Self::Person(id, _) = self else { return Ok(Some(self)) };
        let found = from.persons(services, &[id]).await?.into_iter().next();
        Ok(found.map(|person| Self::Person(id, person.who.units)))
    }

    /// As the subject stands to it who would do this; none: it was not there.
    ///
    /// # Errors
    /// A program is asked about for something of ours.
    pub(crate) fn seen_by(
        &self,
        subject: &Subject,
        from: &Standpoint,
        action: &ActionName,
    ) -> Result<Option<ObjectView>, AskingError> {
        let world = &subject.world;
        let object = match (self, &subject.who) {
            (Self::Nothing, _) => ObjectView::default(),
            (Self::External(it), _) => {
                if it.unit.is_some_and(|unit| !from.has_unit(world, unit)) {
                    return Ok(None);
                }
                it.object.clone().at(world, it.unit)
            }
            (_, None) => return Err(AskingError::Unfit(NO_PROGRAM)),
            (Self::Ticket(it), Some(who)) => ObjectView::of_body((world, who), &it.0, Some(&it.1)),
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
    pub(crate) fn is_visible(
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
    services: &Services,
    body: &domain::ci::state::Body,
    at: At,
) -> Result<BTreeSet<FieldName>, AskingError> {
    let catalogue = match at {
        At::Now => services.classes.now(&services.reads).await?,
        At::After(position) => Arc::new(catalogue_at(&services.reads, position).await?),
    };
    let attributes = catalogue.by_id(body.class).into_iter().flat_map(|class| &class.attributes);
    let flagged = attributes.filter(|attribute| attribute.personal);
    Ok(flagged.filter_map(|attribute| attribute.name.parse().ok()).collect())
}

/// An aggregate as it is, or as a fold of its events up to a place of the log.
async fn state<A: Aggregate>(
    services: &Services,
    (id, at): (Uuid, At),
    event: fn(Fact) -> Option<A::Event>,
) -> Result<A, AskingError> {
    let journal = services.gateway.journal();
    let At::After(position) = at else {
        return Ok(journal.load::<A>(id).await?.state);
    };
    let mut conn = services.reads.acquire().await.map_err(ReadError::from)?;
    let from = (journal.keyring(), journal.upcasters());
    let told = journal::read::several(&mut conn, from, &[A::TYPE], &[id], position).await?;
    let mut state = A::default();
    for recorded in told {
        if let Some(event) = event(recorded.fact) {
            state.apply(event);
        }
    }
    Ok(state)
}
