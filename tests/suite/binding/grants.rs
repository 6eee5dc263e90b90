//! T17: a grant that was revoked gives nothing any more, on every node, with every view standing still.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use api::boot::App;
use api::gateway::{Caller, GatewayError, Request};
use domain::access::model::AccessSubject;
use domain::access::standard::standard_role_of;
use domain::kernel::{PersonId, TicketId};
use domain::person::command::{Leave, Register};
use domain::person::{PersonCommand, Role};
use domain::ticket::command::{Open, Pressing, Prioritize};
use domain::ticket::{Impact, TicketCommand, TicketKind, Urgency};
use sqlx::Row;
use testbed::World;
use tokio::task::yield_now;

use super::cases;
use super::world::{give, node, person, say, take};

/// Somebody at a node who has all they do there by a grant.
struct Actor {
    app: App,
    person: PersonId,
    ticket: TicketId,
}

async fn opened(app: &App) -> TicketId {
    let id = TicketId(app.gateway.new_id());
    let number = app.gateway.next_ticket_number(TicketKind::Incident).await.unwrap();
    let director = person(app, "director").await;
    let known = app.gateway.principal(director).await.unwrap();
    let open = Open::new(number, TicketKind::Incident, "Contested");
    let request = Request::new(TicketCommand::Open(Box::new(open)), id.0);
    app.gateway.execute(&Caller::person(director, known), request).await.unwrap();
    id
}

impl Actor {
    /// Whether they could say how pressing the ticket is.
    async fn acts(&self, turn: u32, wait: u32) -> bool {
        let known = self.app.gateway.principal(self.person).await.unwrap();
        let caller = Caller::person(self.person, known);
        for _ in 0..wait {
            yield_now().await;
        }
        let (impact, urgency) = match turn.is_multiple_of(2) {
            true => (Impact::High, Urgency::High),
            false => (Impact::Low, Urgency::Low),
        };
        let command = Prioritize { pressing: Pressing::Judged(impact, urgency) };
        let request = Request::new(TicketCommand::Prioritize(command), self.ticket.0);
        match self.app.gateway.execute(&caller, request).await {
            Ok(_) => true,
            Err(GatewayError::Refused(no)) if no.code == "TICKET_NOT_FOUND" => false,
            Err(GatewayError::Forbidden) => false,
            Err(error) => panic!("{error}"),
        }
    }

    async fn keep_acting(self, over: Arc<AtomicBool>, tried: Arc<AtomicU32>) -> (u32, u32) {
        let (mut done, mut refused) = (0u32, 0u32);
        while !over.load(Ordering::Relaxed) {
            match self.acts(done, done % 7).await {
                true => done += 1,
                false => refused += 1,
            }
            tried.fetch_add(1, Ordering::Relaxed);
        }
        self.app.close().await;
        (done, refused)
    }
}

/// Revocations of one person's grants: their stream is read whole with each of them.
const SPELL: usize = 250;

#[tokio::test]
async fn t17_whoever_lost_a_grant_acts_by_it_no_more_on_any_node() {
    let (cases, mut done, mut refused) = (cases(60), 0, 0);
    for begun in (0..cases).step_by(SPELL) {
        let (well, ill) = raced(SPELL.min(cases - begun)).await;
        (done, refused) = (done + well, refused + ill);
    }
    println!("soak: {cases} revocations, {done} acts, {refused} refused, 0 stale");
}

/// Gives and takes a grant so often, while at two nodes somebody acts by it: how often they could, and could not.
async fn raced(revocations: usize) -> (u32, u32) {
    let world = World::demo().await;
    let app = node(&world).await;
    let who = person(&app, "auditor").await;
    let (subject, role) =
        (AccessSubject::Person(who), standard_role_of(Role::Director).definition.id);
    let (over, tried) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let (mut actors, mut tickets) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let node = node(&world).await;
        let ticket = opened(&node).await;
        tickets.push(ticket.to_string());
        let actor = Actor { app: node, person: who, ticket };
        actors.push(tokio::spawn(actor.keep_acting(Arc::clone(&over), Arc::clone(&tried))));
    }
    for _ in 0..revocations {
        let grant = give(&app, subject, role).await.unwrap();
        let before = tried.load(Ordering::Relaxed);
        while tried.load(Ordering::Relaxed) < before + 2 {
            yield_now().await;
        }
        take(&app, subject, grant).await.unwrap();
        yield_now().await;
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
    let history = "select event_type from journal.events \
         where aggregate_id = $1 and event_type like 'subject_access.%' \
             or event_type = 'ticket.prioritized' and aggregate_id = any($2) \
         order by xid, position";
    let rows = sqlx::query(history).bind(who.to_string()).bind(&tickets);
    let rows = rows.fetch_all(&mut world.superuser().await).await.unwrap();
    let (mut held, mut acts) = (0, 0);
    for row in &rows {
        match row.get::<&str, _>("event_type") {
            "subject_access.granted" => held += 1,
            "subject_access.revoked" => held -= 1,
            "ticket.prioritized" => {
                // Besides what they have by birthright.
                assert_eq!(held, 2, "an act after the grant was revoked");
                acts += 1;
            }
            _ => {}
        }
    }
    assert_eq!(acts, done, "every act is found");
    (done, refused)
}

#[tokio::test]
async fn whoever_left_is_refused_at_another_node_from_then_on() {
    let world = World::demo().await;
    let (here, there) = (node(&world).await, node(&world).await);
    let ticket = opened(&here).await;
    let mut actor = Actor { app: there, person: PersonId(here.gateway.new_id()), ticket };
    let (cases, mut gates) = (cases(20), Vec::new());
    for number in 0..cases {
        let id = PersonId(here.gateway.new_id());
        let login = format!("leaver{number}");
        let (name, role) = (login.clone(), Role::Director);
        let register =
            Register { id, login, name, email: None, phone: None, role, organization: None };
        say(&here, id.0, PersonCommand::Register(Box::new(register))).await.unwrap();
        actor.person = id;
        let turn = u32::try_from(number).unwrap();
        assert!(actor.acts(turn, 0).await);
        say(&here, id.0, PersonCommand::Leave(Leave { person: id })).await.unwrap();
        let gone = Instant::now();
        assert!(!actor.acts(turn + 1, 0).await, "an act after the leaving was stored");
        gates.push(gone.elapsed());
    }
    gates.sort_unstable();
    let at = |percent: usize| gates[(gates.len() * percent / 100).min(gates.len() - 1)];
    let (p50, p99): (Duration, Duration) = (at(50), at(99));
    println!("soak: {cases} leavings, refused elsewhere after p50 {p50:.1?}, p99 {p99:.1?}");
    here.close().await;
    actor.app.close().await;
}
