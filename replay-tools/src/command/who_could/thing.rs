//! What something would be done to, folded from its own streams up to a place of the log.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::Aggregate;
use domain::Fact;
use domain::access::decide::{ObjectView, World};
use domain::access::model::{ActionName, FieldName};
use domain::access::{Relation, Who};
use domain::ci::Ci;
use domain::ci_class::{CiClass, CiClassEvent};
use domain::cmdb::Catalogue;
use domain::kernel::{CiId, PersonId, UnitId};
use domain::ticket::Ticket;
use domain::ticket::state::Body;
use domain::ticket_dossier::Dossier;
use journal::read::StreamsReader;
use projections::directory::Past;
use sqlx::PgConnection;

use crate::failure::Failure;
use crate::open::Opened;
use crate::stream::{self, Placed};

/// Events a page.
const PAGE: i64 = 1_000;

/// What something would be done to.
pub(super) enum Thing {
    Nothing,
    Ticket(Box<(Body, Dossier)>),
    Item(CiId, BTreeSet<FieldName>),
    Unit(UnitId),
    Person(PersonId),
}

impl Thing {
    /// As it was behind this event; an error when it was not there.
    pub(super) async fn read(
        opened: &Opened,
        conn: &mut PgConnection,
        name: Option<&str>,
        position: i64,
    ) -> Result<Self, Failure> {
        let Some(name) = name else { return Ok(Self::Nothing) };
        let found = stream::find(&opened.journal, conn, name).await?;
        let whole = stream::with_companions(&opened.journal, conn, found).await?;
        let is_there = |placed: &Placed| placed.position.is_some_and(|at| at <= position);
        let then: Vec<Fact> =
            whole.into_iter().filter(is_there).map(|placed| placed.fact).collect();
        let (mut ticket, mut dossier, mut item) =
            (Ticket::default(), Dossier::default(), Ci::default());
        for fact in &then {
            match fact {
                Fact::Ticket(_, event) => ticket.apply(event.clone()),
                Fact::TicketDossier(_, event) => dossier.apply(event.clone()),
                Fact::Ci(_, event) => item.apply(event.clone()),
                _ => {}
            }
        }
        match (then.first(), ticket.0, item.0) {
            (None, ..) => Err(Failure::BadInput(format!("{name} was not there then"))),
            (_, Some(body), _) => Ok(Self::Ticket(Box::new((*body, dossier)))),
            (Some(Fact::Ci(id, _)), _, Some(body)) => {
                let catalogue = catalogue(opened, conn, position).await?;
                let attributes =
                    catalogue.by_id(body.class).into_iter().flat_map(|class| &class.attributes);
                let flagged = attributes.filter(|attribute| attribute.personal);
                let flagged = flagged.filter_map(|attribute| attribute.name.parse().ok());
                Ok(Self::Item(*id, flagged.collect()))
            }
            (Some(Fact::Person(id, _)), ..) => Ok(Self::Person(*id)),
            (Some(Fact::Unit(id, _)), ..) => Ok(Self::Unit(*id)),
            _ => Err(Failure::BadInput(
                "it is asked about a ticket, an item, a person or a unit".to_owned(),
            )),
        }
    }

    /// As somebody stands to it.
    pub(super) fn seen_by(
        &self,
        (world, who): (&World, &Who),
        past: &Past,
        action: &ActionName,
    ) -> Result<ObjectView, Failure> {
        Ok(match self {
            Self::Nothing => ObjectView::default(),
            Self::Ticket(it) => ObjectView::of_body((world, who), &it.0, Some(&it.1)),
            Self::Item(id, personal) => {
                ObjectView { item: Some(*id), personal: personal.clone(), ..ObjectView::default() }
            }
            Self::Unit(id) => ObjectView::of_unit(world, who, *id).for_unit(action),
            Self::Person(id) => {
                let units = past.principal(*id)?.map(|it| it.who.units).unwrap_or_default();
                ObjectView::as_seen(who, |who| Relation::to_person(who, *id, &units))
            }
        })
    }
}

/// The classes of items that were in force.
async fn catalogue(
    opened: &Opened,
    conn: &mut PgConnection,
    position: i64,
) -> Result<Catalogue, Failure> {
    let journal = &opened.journal;
    let (keys, upcasters) = (journal.keyring(), journal.upcasters());
    let mut reader = StreamsReader::begin(conn, keys, upcasters, CiClass::TYPE).await?;
    let mut latest = BTreeMap::new();
    loop {
        let page = reader.page(conn, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for recorded in page.into_iter().filter(|recorded| recorded.global_seq <= position) {
            if let Fact::CiClass(id, CiClassEvent::Defined(said)) = recorded.fact {
                latest.insert(id, (recorded.event.sequence, *said));
            }
        }
    }
    Ok(Catalogue::of(latest.into_iter().map(|(id, (version, said))| (id, version, said))))
}
