//! What the guard adds to the opening of a ticket: the decision, and the premises that the append
//! compares. The same person's same command with it and without it, in turns, beside the whole request.

use std::time::{Duration, Instant};

use api::gateway::{Caller, Gateway, Request};
use domain::ticket::TicketKind;
use domain::ticket::command::{Open, TicketCommand};
use serde_json::json;

use crate::ground::Ground;
use crate::load::{Latency, closed};
use crate::node::Node;
use crate::report::{Line, Section};
use crate::server::{Asker, Server};
use crate::{Fault, Run};

const LOGIN: &str = "agent1";
/// Tickets a round of each.
const TICKETS: usize = 1_000;
/// What warms up.
const WARM: usize = 100;
const SPAN: Duration = Duration::from_secs(5);
/// The guard's share of the whole request, in per cent.
const BAR: f64 = 5.0;
const OPEN: &str =
    "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) { position userErrors { code } } }";

/// Runs it.
pub(super) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_guard").await?;
    let node = Node::open(&database, run).await?;
    let gateway = &node.app.gateway;
    let id = node.app.identity.person_of(LOGIN).await?.ok_or("nobody is called so")?;
    let known = gateway.principal(id).await?.ok_or("nobody is known so")?;
    let guarded = Caller::person(id, Some(known.clone()));
    // What comes from elsewhere on somebody's behalf was decided there.
    let free = Caller::import_for(known);
    let (mut with, mut without, mut read) = (Vec::new(), Vec::new(), Vec::new());
    for nr in 0..WARM + TICKETS * run.rounds {
        let took = [open(gateway, &guarded).await?, open(gateway, &free).await?];
        let began = Instant::now();
        gateway.principal(id).await?;
        let reading = began.elapsed();
        if nr >= WARM {
            with.push(took[0]);
            without.push(took[1]);
            read.push(reading);
        }
    }
    node.close().await;

    let server = Server::start(&database)?;
    let who = server.person(LOGIN).await;
    let variables = || json!({"i": {"kind": "INCIDENT", "title": "Printer jams"}});
    let (_, asker) = closed(vec![Asker { who, query: OPEN, variables }], SPAN / 5).await?;
    let (whole, _) = closed(asker, SPAN).await?;
    server.stop()?;

    let (with, without) = (Latency::of(with), Latency::of(without));
    let guard = with.p50.saturating_sub(without.p50);
    let share = guard.as_secs_f64() / whole.latency.p50.as_secs_f64() * 100.0;
    section.push(Line::new("ticketOpen over HTTP, one client").sample(&whole));
    section.push(Line::new("its command, without the guard").latency(without));
    section.push(
        Line::new("its command, decided and held to its premises")
            .latency(with)
            .remark(format!("the guard is {share:.1} % of the request"))
            .bar(format!("guard ≤ {BAR} %"), share <= BAR),
    );
    section.push(Line::new("who asks, with all they hold").latency(Latency::of(read)));
    ground.drop(database).await
}

/// Opens a ticket by this caller.
async fn open(gateway: &Gateway, caller: &Caller) -> Result<Duration, Fault> {
    let began = Instant::now();
    let number = gateway.next_ticket_number(TicketKind::Incident).await?;
    let command = Open::new(number, TicketKind::Incident, "Printer jams");
    let command = TicketCommand::Open(Box::new(command));
    gateway.execute(caller, Request::new(command, gateway.new_id())).await?;
    Ok(began.elapsed())
}
