//! What the log says of units, people, calendars and tickets, as far as it had come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::calendar::{Calendar, CalendarEvent};
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::person::{Person, PersonEvent};
use domain::report::Case;
use domain::report::sheet::Names;
use domain::sla::stopwatch::UnknownCalendar;
use domain::sla::{CalendarVersion, Hours};
use domain::unit::{Unit, UnitEvent};
use journal::Recorded;
use journal::read::{LogReader, StreamsReader};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::failure::Failure;
use crate::moment::Cut;
use crate::names::shown;
use crate::open::Opened;
use crate::output::cell;
use crate::progress::Progress;
use crate::stream::TICKET;

/// Events a page: memory stays constant whatever the number of tickets.
const PAGE: i64 = 1_000;

/// Hours by the version that defined them.
pub(super) type KnownHours = BTreeMap<CalendarVersion, Hours>;

/// A unit.
#[derive(Debug, Default)]
pub(super) struct KnownUnit {
    /// What it is called.
    pub(super) name: String,
    /// Who belongs to it.
    pub(super) staff: BTreeSet<PersonId>,
}

/// All units.
#[derive(Debug)]
pub(super) struct Units(BTreeMap<UnitId, KnownUnit>);

/// What people and units are called.
#[derive(Debug)]
pub(super) struct Called {
    units: Units,
    people: HashMap<PersonId, String>,
}

/// What tickets are measured with, before they are read.
#[derive(Debug)]
pub(super) struct Told {
    cut: Cut,
    hours: KnownHours,
}

impl Units {
    /// The unit of this name, or of this UUID.
    pub(super) fn named(&self, asked: &str) -> Result<(UnitId, &KnownUnit), Failure> {
        let id = Uuid::parse_str(asked).ok().map(UnitId);
        let lower = asked.to_lowercase();
        let found = self.0.iter().find(|(unit, known)| {
            id.map_or_else(|| known.name.to_lowercase() == lower, |id| id == **unit)
        });
        let unknown = || format!("there was no unit called {}", cell(asked, 80));
        found.map(|(unit, known)| (*unit, known)).ok_or_else(|| Failure::BadInput(unknown()))
    }

    fn fold(&mut self, id: UnitId, event: &UnitEvent) {
        let unit = self.0.entry(id).or_default();
        match event {
            UnitEvent::Created(e) => unit.name.clone_from(&e.name),
            UnitEvent::Renamed(e) => unit.name.clone_from(&e.name),
            UnitEvent::Joined(e) => {
                unit.staff.insert(e.person);
            }
            UnitEvent::Left(e) => {
                unit.staff.remove(&e.person);
            }
            UnitEvent::HeadAppointed(_)
            | UnitEvent::HeadDismissed(_)
            | UnitEvent::LeadAppointed(_)
            | UnitEvent::RoutingChosen(_)
            | UnitEvent::Closed(_)
            | UnitEvent::BarrierDrawn(_)
            | UnitEvent::BarrierLifted(_) => {}
        }
    }
}

impl Names for Called {
    fn person(&self, id: PersonId) -> Option<&str> {
        self.people.get(&id).map(String::as_str)
    }

    fn unit(&self, id: UnitId) -> Option<&str> {
        self.units.0.get(&id).map(|unit| unit.name.as_str())
    }
}

/// The units, as far as they had come.
pub(super) async fn units(
    opened: &Opened,
    conn: &mut PgConnection,
    cut: Cut,
) -> Result<Units, Failure> {
    let mut units = Units(BTreeMap::new());
    each_event(opened, conn, (Unit::TYPE, cut), |recorded| {
        if let Fact::Unit(id, event) = &recorded.fact {
            units.fold(*id, event);
        }
        Ok(())
    })
    .await?;
    Ok(units)
}

/// What everybody is called.
pub(super) async fn called(
    opened: &Opened,
    conn: &mut PgConnection,
    cut: Cut,
    units: Units,
) -> Result<Called, Failure> {
    let mut people = HashMap::new();
    each_event(opened, conn, (Person::TYPE, cut), |recorded| {
        match &recorded.fact {
            Fact::Person(id, PersonEvent::Registered(e)) => people.insert(*id, shown(&e.name)),
            Fact::Person(id, PersonEvent::Renamed(e)) => people.insert(*id, shown(&e.name)),
            _ => None,
        };
        Ok(())
    })
    .await?;
    Ok(Called { units, people })
}

/// The instant of a position: when it was recorded, or happened, whichever is later.
pub(super) async fn instant_of(
    opened: &Opened,
    conn: &mut PgConnection,
    position: i64,
) -> Result<DateTime<Utc>, Failure> {
    let journal = &opened.journal;
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), position - 1);
    let page = log.page(conn, position, 1).await?;
    let event = page.first().map(|recorded| &recorded.event);
    let instant = event.map(|event| event.recorded_at.max(event.meta.occurred_at));
    instant.ok_or_else(|| Failure::BadInput("the log begins at position 1".to_owned()))
}

impl Told {
    /// Every version of every calendar.
    pub(super) async fn read(
        opened: &Opened,
        conn: &mut PgConnection,
        cut: Cut,
    ) -> Result<Self, Failure> {
        let mut hours = KnownHours::new();
        each_event(opened, conn, (Calendar::TYPE, cut), |recorded| {
            if let Fact::Calendar(id, CalendarEvent::Defined(defined)) = &recorded.fact {
                let version = CalendarVersion { id: *id, version: recorded.event.sequence };
                hours.insert(version, Hours::from(&defined.hours));
            }
            Ok(())
        })
        .await?;
        Ok(Self { cut, hours })
    }

    /// Gives every ticket that was there, in the order of their identities.
    pub(super) async fn each(
        &self,
        opened: &Opened,
        conn: &mut PgConnection,
        mut give: impl FnMut(TicketId, &Case, &KnownHours) -> Result<(), UnknownCalendar>,
    ) -> Result<(), Failure> {
        let mut current: Option<(TicketId, Case)> = None;
        let mut give = |(ticket, case): (TicketId, Case)| {
            let unknown = |error: UnknownCalendar| Failure::Tampered(error.to_string());
            give(ticket, &case, &self.hours).map_err(unknown)
        };
        each_event(opened, conn, (TICKET, self.cut), |recorded| {
            let Fact::Ticket(id, event) = &recorded.fact else { return Ok(()) };
            if current.as_ref().is_none_or(|(of, _)| of != id)
                && let Some(done) = current.replace((*id, Case::default()))
            {
                give(done)?;
            }
            if let Some((_, case)) = &mut current {
                let (sequence, meta) = (recorded.event.sequence, &recorded.event.meta);
                case.fold(sequence, meta.occurred_at.trunc_subsecs(6), meta.doer(), event);
            }
            Ok(())
        })
        .await?;
        current.map_or(Ok(()), give)
    }
}

/// Gives every event of the streams of a type that had come.
async fn each_event(
    opened: &Opened,
    conn: &mut PgConnection,
    (aggregate_type, cut): (&'static str, Cut),
    mut give: impl FnMut(&Recorded) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let journal = &opened.journal;
    let mut reader =
        StreamsReader::begin(conn, journal.keyring(), journal.upcasters(), aggregate_type).await?;
    let mut progress = Progress::new(aggregate_type);
    let mut prefix = (String::new(), cut.begin());
    loop {
        let page = reader.page(conn, PAGE).await?;
        if page.is_empty() {
            return Ok(());
        }
        for recorded in &page {
            if prefix.0 != recorded.event.aggregate_id {
                prefix = (recorded.event.aggregate_id.clone(), cut.begin());
            }
            if prefix.1.takes(recorded.global_seq, &recorded.event) {
                give(recorded)?;
            }
        }
        let (done, total) = reader.progress();
        progress.step(done, total);
    }
}
