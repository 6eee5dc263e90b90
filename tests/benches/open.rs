//! Opening tickets as people do: over HTTP, through GraphQL and rights, at the real server.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::Client as Person;

use crate::append::{PLAIN, TABLES};
use crate::ground::Ground;
use crate::load::{closed, median, median_of};
use crate::pgbench::Script;
use crate::report::{Line, Section};
use crate::server::{Asker, Server};
use crate::{Fault, Run};

/// Connections that are kept alive, each with somebody signed in.
const CLIENTS: usize = 32;
const SPAN: Duration = Duration::from_secs(5);
const PEOPLE: [&str; 8] =
    ["agent1", "agent2", "agent3", "head1", "head2", "director", "client1", "client2"];
/// The best that is published of iTop, on four cores: tickets a second through its REST interface.
const ITOP: f64 = 90.0;

const POSITION: &str =
    "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) { position userErrors { code } } }";
const TICKET: &str = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) \
                      { ticket { id number state } userErrors { code } } }";

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_open").await?;
    let server = Server::start(&database)?;
    let mut conn = database.connect().await?;
    sqlx::raw_sql(TABLES).execute(&mut conn).await?;
    let plain = Script::new(ground, &database, ("plain", PLAIN))?;
    let mut people = Vec::new();
    for login in PEOPLE {
        people.push(server.person(login).await);
    }
    let (mut position, mut ticket) = (askers(&people, POSITION), askers(&people, TICKET));
    let (mut positions, mut tickets, mut references) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..run.rounds {
        references.push(plain.run(CLIENTS, SPAN).await?);
        let (sample, again) = closed(position, SPAN).await?;
        positions.push(sample);
        position = again;
        let (sample, again) = closed(ticket, SPAN).await?;
        tickets.push(sample);
        ticket = again;
    }
    let reference = median_of(references);
    for (what, samples) in [("position", positions), ("ticket { id number state }", tickets)] {
        let ours = median(samples);
        let line = Line::new(format!("asked for {what}")).sample(&ours);
        let line = line.against("pgbench SELECT + INSERT", reference, ours.rate);
        section.push(line.at_least(5_000.0, ours.rate));
        let line = Line::new(format!("asked for {what}")).rate(ours.rate);
        section.push(line.against("iTop, best published", ITOP, ours.rate).ratio_at_least(40.0));
    }
    server.stop()?;
    ground.drop(database).await
}

fn askers(people: &[Person], query: &'static str) -> Vec<Asker<impl FnMut() -> Value + use<>>> {
    let people = people.iter().cycle().take(CLIENTS).cloned();
    let asker = |(nr, who)| {
        let mut asked = 0;
        let variables = move || {
            asked += 1;
            json!({"i": {"kind": "INCIDENT", "title": format!("Printer {nr} jams, the {asked}. time")}})
        };
        Asker { who, query, variables }
    };
    people.enumerate().map(asker).collect()
}
