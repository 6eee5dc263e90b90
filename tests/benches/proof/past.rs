//! A ticket that very much happened to, among others, as it stood at some moment of its life: asked over HTTP, of the
//! real server, by somebody who may read its timeline.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use testbed::Client as Person;
use tokio::time::{sleep, timeout};

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::{Database, Ground};
use crate::load::closed;
use crate::node::Node;
use crate::report::{Line, Section};
use crate::server::{Asker, Server};
use crate::{Fault, Run};

/// Among how many others.
const TICKETS: u64 = 10_000;
/// Events of its stream, at least.
const EVENTS: i64 = 1_000;
const SPAN: Duration = Duration::from_secs(5);
/// Within which most answers are to come.
const P95: Duration = Duration::from_millis(10);
/// The most that views may take.
const PATIENCE: Duration = Duration::from_secs(60);

const NUMBER: &str = "query($ticket: ID!, $then: Position) {
    ticket(id: $ticket, asOfPosition: $then) { state priority title version } }";
const INSTANT: &str = "query($ticket: ID!, $then: DateTime) {
    ticket(id: $ticket, asOf: $then) { state priority title version } }";
const NOW: &str = "query($ticket: ID!) { ticket(id: $ticket) { state priority title version } }";
/// Where its events are, and when they were recorded.
const STREAM: &str = "\
    select l.global_seq, l.recorded_at from journal.log l
    join view_tickets.tickets t on t.ticket_id::text = l.aggregate_id
    where l.aggregate_type = 'ticket' and t.title = $1
    order by l.global_seq";
const TITLE: &str = "This never ends";

/// Runs it.
pub(super) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_past").await?;
    others(&database, run).await?;
    let mut conn = database.connect().await?;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut conn).await?;
    let server = Server::start(&database)?;
    let director = server.person("director").await;
    let ticket = lived(&server, &director).await?;
    let moments = timeout(PATIENCE, moments(&mut conn)).await??;
    let count = moments.len();
    for (what, query, then) in [
        ("at a position", NUMBER, moments.iter().map(|it| json!(it.0.to_string())).collect()),
        ("at an instant", INSTANT, moments.iter().map(|it| json!(it.1.to_rfc3339())).collect()),
        ("as it is now, beside these", NOW, vec![Value::Null]),
    ] {
        let mut dice = StdRng::seed_from_u64(run.seed);
        let (moments, ticket): (Vec<Value>, _) = (then, ticket.clone());
        let variables = move || {
            let then = &moments[dice.random_range(0..moments.len())];
            json!({"ticket": ticket, "then": then})
        };
        let asker = Asker { who: director.clone(), query, variables };
        let (_, asker) = closed(vec![asker], SPAN / 5).await?;
        let (sample, _) = closed(asker, SPAN).await?;
        let p95 = sample.latency.p95;
        let line = Line::new(format!("a ticket of {count} events {what}, one client"));
        let line = line.sample(&sample).remark(format!("p95 {:.2} ms", p95.as_secs_f64() * 1e3));
        section.push(match query {
            NOW => line,
            _ => line.bar(format!("p95 ≤ {} ms", P95.as_millis()), p95 <= P95),
        });
    }
    server.stop()?;
    ground.drop(database).await
}

/// Fills an empty database with tickets of whoever calls.
async fn others(database: &Database, run: &Run) -> Result<(), Fault> {
    let node = Node::open(database, run).await?;
    let mut tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    let others = (TICKETS.min(run.tickets), Depth::Full);
    fill(node.app.gateway.journal(), &mut tickets, others).await?;
    node.caught_up().await?;
    node.close().await;
    Ok(())
}

/// A ticket that is begun with and put off again and again; how the API names it.
async fn lived(server: &Server, director: &Person) -> Result<Value, Fault> {
    let client = server.person("client1").await;
    let agent = server.person("agent1").await;
    let asked = json!({"kind": "INCIDENT", "title": TITLE});
    let opened = done(&client, "ticketOpen", asked).await?;
    let ticket = opened["ticket"]["id"].clone();
    let units = director.data("{ units { nodes { id name } } }", json!({})).await;
    let units = units["units"]["nodes"].as_array().ok_or("no units")?;
    let desk = units.iter().find(|unit| unit["name"] == "Service Desk").ok_or("no desk")?;
    let to = json!({"ticketId": ticket, "unitId": desk["id"], "assigneeIds": []});
    done(director, "ticketAssign", to).await?;
    let this = json!({"ticketId": ticket});
    let waits = json!({"ticketId": ticket, "pendingReason": "CALLER"});
    for _ in 0..EVENTS / 3 {
        done(&agent, "ticketStartWork", this.clone()).await?;
        done(&agent, "ticketPend", waits.clone()).await?;
        done(&agent, "ticketResume", this.clone()).await?;
    }
    Ok(ticket)
}

/// A command that is not refused.
async fn done(person: &Person, name: &str, input: Value) -> Result<Value, Fault> {
    let (first, rest) = name.split_at(1);
    let kind = format!("{}{rest}Input", first.to_uppercase());
    let query = format!(
        "mutation($i: {kind}!) {{ {name}(input: $i) {{ ticket {{ id }} userErrors {{ code }} }} }}"
    );
    let payload = person.data(&query, json!({"i": input})).await[name].clone();
    match payload["userErrors"].as_array() {
        Some(errors) if errors.is_empty() => Ok(payload),
        _ => Err(payload.to_string().into()),
    }
}

/// Its positions and instants, once all of them have a number.
async fn moments(conn: &mut PgConnection) -> Result<Vec<(i64, DateTime<Utc>)>, Fault> {
    loop {
        let rows = sqlx::query(STREAM).bind(TITLE).fetch_all(&mut *conn).await?;
        if i64::try_from(rows.len())? >= EVENTS {
            let moment = |row: &sqlx::postgres::PgRow| Ok((row.try_get(0)?, row.try_get(1)?));
            return rows.iter().map(moment).collect();
        }
        sleep(Duration::from_millis(100)).await;
    }
}
