//! A right that was taken away is gone at once, on every node, whatever views are behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use api::boot::App;
use api::gateway::{Caller, GatewayError, Request};
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::ticket::command::{Open, Pressing, Prioritize};
use domain::ticket::{Impact, TicketCommand, TicketKind, Urgency};
use domain::unit::UnitCommand;
use domain::unit::command::{Join, Leave};
use sqlx::Row;
use testbed::World;
use tokio::task::yield_now;

/// How often somebody leaves a unit and comes back: `ANNALS_CASES`, else 100.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// Somebody at a node, who works on a ticket of their unit.
struct Actor {
    app: App,
    person: PersonId,
    ticket: TicketId,
    over: Arc<AtomicBool>,
}

impl Actor {
    /// Who they are now, as a request finds out before it does anything.
    async fn caller(&self) -> Caller {
        let known = self.app.gateway.principal(self.person).await.unwrap();
        Caller::person(self.person, known)
    }

    /// Says again and again how pressing the ticket is: how often that went well, and how often not.
    async fn act(self) -> (u32, u32) {
        let (mut done, mut refused) = (0u32, 0u32);
        while !self.over.load(Ordering::Relaxed) {
            let caller = self.caller().await;
            for _ in 0..done % 7 {
                yield_now().await;
            }
            let (impact, urgency) = match done.is_multiple_of(2) {
                true => (Impact::High, Urgency::High),
                false => (Impact::Low, Urgency::Low),
            };
            let command = Prioritize { pressing: Pressing::Judged(impact, urgency) };
            let request = Request::new(TicketCommand::Prioritize(command), self.ticket.0);
            match self.app.gateway.execute(&caller, request).await {
                Ok(_) => done += 1,
                Err(GatewayError::Refused(no)) if no.code == "TICKET_NOT_FOUND" => refused += 1,
                Err(GatewayError::Forbidden) => refused += 1,
                Err(error) => panic!("{error}"),
            }
        }
        self.app.close().await;
        (done, refused)
    }
}

async fn opened(app: &App, unit: UnitId) -> TicketId {
    let id = TicketId(app.gateway.new_id());
    let number = app.gateway.next_ticket_number(TicketKind::Incident).await.unwrap();
    let director = app.identity.person_of("director").await.unwrap().unwrap();
    let known = app.gateway.principal(director).await.unwrap();
    let mut open = Open::new(number, TicketKind::Incident, "Contested");
    open.unit = Some(unit);
    let request = Request::new(TicketCommand::Open(Box::new(open)), id.0);
    app.gateway.execute(&Caller::person(director, known), request).await.unwrap();
    id
}

#[tokio::test]
async fn whoever_left_a_unit_acts_in_it_no_more() {
    let world = World::demo().await;
    let app = App::open(&world.place(), None).await.unwrap();
    let person = app.identity.person_of("agent1").await.unwrap().unwrap();
    let known = app.gateway.principal(person).await.unwrap().unwrap();
    let unit = *known.who.units.first().unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let (mut actors, mut tickets) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let node = App::open(&world.place(), None).await.unwrap();
        let ticket = opened(&node, unit).await;
        tickets.push(ticket.to_string());
        let actor = Actor { app: node, person, ticket, over: Arc::clone(&over) };
        actors.push(tokio::spawn(actor.act()));
    }
    for _ in 0..cases() {
        for command in [UnitCommand::Leave(Leave { person }), UnitCommand::Join(Join { person })] {
            let request = Request::new(command, unit.0);
            app.gateway.execute(&Caller::system(), request).await.unwrap();
            for _ in 0..20 {
                yield_now().await;
            }
        }
    }
    over.store(true, Ordering::Relaxed);
    let (mut done, mut refused) = (0, 0);
    for actor in actors {
        let (well, ill) = actor.await.unwrap();
        (done, refused) = (done + well, refused + ill);
    }
    app.close().await;
    assert!(done > 0 && refused > 0, "{done} done, {refused} refused: nothing was raced");

    // In the order in which events get their numbers.
    let history = "select event_type, payload #>> '{left,person}' as gone, \
             payload #>> '{joined,person}' as came \
         from journal.events where aggregate_id = $1 \
             or event_type = 'ticket.prioritized' and aggregate_id = any($2) \
         order by xid, position";
    let rows = sqlx::query(history).bind(unit.to_string()).bind(&tickets);
    let rows = rows.fetch_all(&mut world.superuser().await).await.unwrap();
    let who = |row: &sqlx::postgres::PgRow, column| row.get::<Option<String>, _>(column);
    let (mut belongs, mut acts) = (false, 0);
    for row in &rows {
        if who(row, "came") == Some(person.to_string()) {
            belongs = true;
        } else if who(row, "gone") == Some(person.to_string()) {
            belongs = false;
        } else if row.get::<&str, _>("event_type") == "ticket.prioritized" {
            assert!(belongs, "an act after the right to it was gone");
            acts += 1;
        }
    }
    assert_eq!(acts, done, "every act is found");
}
