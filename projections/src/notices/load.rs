//! The part of the desk that a batch can touch, from the tables: what its events name, and what
//! recipients can follow from that. Nothing outlives the batch.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::access_request::AccessRequestEvent;
use domain::access_request::plan::Plan;
use domain::conversation::ConversationEvent;
use domain::kernel::{PersonId, UnitId};
use domain::settings::{STREAM_ID, SettingsEvent};
use domain::ticket::TicketEvent;
use domain::ticket_dossier::TicketDossierEvent;
use domain::ticket_quality::TicketQualityEvent;
use domain::unit::UnitEvent;
use journal::Recorded;
use serde_json::Value;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::desk::Desk;
use super::state::{Matter, Team, Wish};
use crate::error::ProjectionError;
use crate::rows::{self, actor_of};

/// The desk before the batch.
pub(super) async fn desk(
    conn: &mut PgConnection,
    batch: &[&Recorded],
) -> Result<Desk, ProjectionError> {
    let ids = rows::ids(batch, |fact| {
        matches!(
            fact,
            Fact::Ticket(..)
                | Fact::Conversation(..)
                | Fact::TicketDossier(..)
                | Fact::TicketClock(..)
        )
    });
    let requests = rows::ids(batch, |fact| matches!(fact, Fact::AccessRequest(..)));
    let mut desk = Desk {
        settings: rows::touched(
            conn,
            "notice_settings",
            include_str!("sql/settings.sql"),
            &[STREAM_ID],
        )
        .await?,
        tickets: rows::touched(conn, "notice_tickets", include_str!("sql/tickets.sql"), &ids)
            .await?,
        requests: rows::touched(
            conn,
            "notice_requests",
            include_str!("sql/requests.sql"),
            &requests,
        )
        .await?,
        ..Desk::default()
    };
    let mut named = Named::default();
    named.units.extend(desk.rules().dispatch_unit_id);
    desk.tickets.values().for_each(|ticket| named.by_ticket(ticket));
    desk.requests.values().for_each(|wish| named.by_wish(wish));
    for recorded in batch {
        named.people.extend(actor_of(&recorded.event.meta));
        named.by_fact(&recorded.fact);
    }
    desk.units = units(conn, &named).await?;
    named.people.extend(desk.units.values().flat_map(|unit| unit.people.iter().chain(&unit.heads)));
    let people: Vec<Uuid> = named.people.iter().map(|id| id.0).collect();
    desk.people =
        rows::touched(conn, "notice_people", include_str!("sql/people.sql"), &people).await?;
    Ok(desk)
}

async fn units(
    conn: &mut PgConnection,
    named: &Named,
) -> Result<BTreeMap<Uuid, Team>, ProjectionError> {
    let units: Vec<Uuid> = named.units.iter().map(|id| id.0).collect();
    let people: Vec<Uuid> = named.people.iter().map(|id| id.0).collect();
    let rows =
        sqlx::query(include_str!("sql/units.sql")).bind(units).bind(people).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let stored: Value = row.try_get("stored")?;
            let unit =
                serde_json::from_value(stored).map_err(|_| ProjectionError::Row("notice_units"))?;
            Ok((row.try_get("key")?, unit))
        })
        .collect()
}

/// Whom and what a batch is about.
#[derive(Debug, Default)]
struct Named {
    people: BTreeSet<PersonId>,
    units: BTreeSet<UnitId>,
}

impl Named {
    fn by_ticket(&mut self, ticket: &Matter) {
        self.units.extend(ticket.unit_id);
        self.people.extend(ticket.author_id);
        self.people.extend(ticket.requester_id);
        self.people.extend(ticket.holder_id);
        self.people.extend(ticket.last_holder_id);
        self.people.extend(&ticket.assignee_ids);
        self.people.extend(&ticket.commenter_ids);
        self.people.extend(&ticket.watcher_ids);
    }

    fn by_wish(&mut self, wish: &Wish) {
        let told = &wish.told;
        self.people.extend(told.requester.into_iter().chain(told.beneficiary.person()));
        self.people.extend(wish.asker_id);
        self.people.extend(told.heirs.values().flat_map(|heirs| heirs.values()));
        if let Some(plan) = &told.plan {
            self.by_plan(plan);
        }
        if let Ok(round) = told.round() {
            self.people.extend(round.seats.values().map(|seat| seat.holder));
        }
    }

    fn by_plan(&mut self, plan: &Plan) {
        self.people.extend(plan.stages.iter().flat_map(|stage| &stage.approvers));
    }

    fn by_fact(&mut self, fact: &Fact) {
        match fact {
            Fact::Person(id, _) => {
                self.people.insert(*id);
            }
            Fact::Unit(id, event) => {
                self.units.insert(*id);
                self.by_unit(event);
            }
            Fact::Ticket(_, event) => self.by_ticket_event(event),
            Fact::Settings(SettingsEvent::DispatchChanged(e)) => self.units.extend(e.unit),
            Fact::Conversation(_, ConversationEvent::Replied(e)) => {
                self.people.insert(e.author);
                self.people.extend(&e.mentions);
            }
            Fact::Conversation(_, ConversationEvent::Noted(e)) => {
                self.people.insert(e.author);
                self.people.extend(&e.mentions);
            }
            Fact::TicketDossier(_, TicketDossierEvent::Watched(e)) => {
                self.people.insert(e.person);
            }
            Fact::TicketQuality(_, TicketQualityEvent::SurveySent(e)) => {
                self.people.insert(e.requester);
            }
            Fact::AccessRequest(_, event) => self.by_request_event(event),
            Fact::Settings(_)
            | Fact::TicketDossier(..)
            | Fact::Subject(..)
            | Fact::CustomField(..)
            | Fact::Template(..)
            | Fact::Macro(..)
            | Fact::Queue(..)
            | Fact::Calendar(..)
            | Fact::SlaPlan(..)
            | Fact::Recurrence(..)
            | Fact::CiClass(..)
            | Fact::Ci(..)
            | Fact::Baseline(..)
            | Fact::ComplianceReport(..)
            | Fact::Role(..)
            | Fact::SodRule(..)
            | Fact::DenyRule(..)
            | Fact::AccessTemplate(..)
            | Fact::ResourceType(..)
            | Fact::SubjectAccess(..)
            | Fact::AccessGroup(..)
            | Fact::AccessPolicy(..)
            | Fact::AssignmentRule(..)
            | Fact::Erasure(..)
            | Fact::EvidenceHold(..)
            | Fact::SyncSource(..)
            | Fact::ServiceAccount(..)
            | Fact::TicketClock(..)
            | Fact::TicketItems(..)
            | Fact::TicketQuality(..) => {}
        }
    }

    fn by_unit(&mut self, event: &UnitEvent) {
        match event {
            UnitEvent::Created(e) => self.units.extend(e.parent),
            UnitEvent::Joined(e) => {
                self.people.insert(e.person);
            }
            UnitEvent::HeadAppointed(e) => {
                self.people.insert(e.person);
            }
            UnitEvent::LeadAppointed(_)
            | UnitEvent::Renamed(_)
            | UnitEvent::Left(_)
            | UnitEvent::HeadDismissed(_)
            | UnitEvent::RoutingChosen(_)
            | UnitEvent::Closed(_)
            | UnitEvent::BarrierDrawn(_)
            | UnitEvent::BarrierLifted(_) => {}
        }
    }

    fn by_request_event(&mut self, event: &AccessRequestEvent) {
        match event {
            AccessRequestEvent::Submitted(e) => {
                self.people.extend(e.requester.into_iter().chain(e.beneficiary.person()));
            }
            AccessRequestEvent::PolicyChecked(e) => self.by_plan(&e.plan),
            AccessRequestEvent::InfoAsked(e) => {
                self.people.insert(e.by);
            }
            AccessRequestEvent::SeatPassed(e) => {
                self.people.insert(e.to);
            }
            AccessRequestEvent::Escalated(e) => self.people.extend(&e.to),
            AccessRequestEvent::StageOpened(_)
            | AccessRequestEvent::Voted(_)
            | AccessRequestEvent::InfoGiven(_)
            | AccessRequestEvent::Reminded(_)
            | AccessRequestEvent::Amended(_)
            | AccessRequestEvent::Approved(_)
            | AccessRequestEvent::Rejected(_)
            | AccessRequestEvent::TimedOut(_)
            | AccessRequestEvent::Withdrawn(_)
            | AccessRequestEvent::Activated(_)
            | AccessRequestEvent::ActivationFailed(_)
            | AccessRequestEvent::Ended(_) => {}
        }
    }

    fn by_ticket_event(&mut self, event: &TicketEvent) {
        match event {
            TicketEvent::Opened(e) => {
                self.units.extend(e.unit);
                self.people.extend([e.author, e.requester]);
                self.people.extend(&e.assignees);
            }
            TicketEvent::Assigned(e) => {
                self.units.extend(e.unit);
                self.people.extend(&e.assignees);
            }
            TicketEvent::Escalated(e) => self.units.extend(e.unit),
            TicketEvent::WorkStarted(e) => {
                self.people.insert(e.holder);
            }
            TicketEvent::Reopened(e) => self.people.extend(e.holder),
            TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_)
            | TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_)
            | TicketEvent::Closed(_)
            | TicketEvent::Cancelled(_)
            | TicketEvent::Classified(_)
            | TicketEvent::Prioritized(_)
            | TicketEvent::Merged(_)
            | TicketEvent::SlaTermsRestated(_) => {}
        }
    }
}
