//! What is asked of them: what breaks, opening a ticket on what breaks, lists.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use testbed::Client as Person;

use super::files::{self, GROUP};
use crate::Fault;
use crate::ground::Ground;
use crate::load::{closed, median};
use crate::report::{Line, Section};
use crate::server::{Asker, Server};

/// A round.
const SPAN: Duration = Duration::from_secs(5);
/// The bars, in milliseconds.
const FAN_P50: u128 = 30;
const OPEN: u128 = 100;
const LARGE_P95: u128 = 300;
const LIST_P99: Duration = Duration::from_millis(50);
/// Who ask lists at once.
const CLIENTS: usize = 16;

const IMPACT: &str = "query($id: ID!, $depth: Int!) {
    impact(ciId: $id, direction: IMPACTS, depth: $depth) { nodes { ci { id } depth state } truncated } }";
const OPENED: &str = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) {
    ticket { id number } userErrors { code message } } }";
const LIST: &str = r#"query($status: String!, $like: String!) {
    cis(first: 50, where: {class: {eq: "ApplicationSolution"},
        attributes: [{name: "business_criticity", eq: $status}, {name: "description", eq: $like}]},
        orderBy: [{field: NAME}]) {
        edges { node { id name status class } } pageInfo { endCursor hasNextPage } } }"#;
const SORTED: &str = r#"query($status: String!) {
    cis(first: 50, where: {class: {eq: "ApplicationSolution"},
        attributes: [{name: "business_criticity", eq: $status}]}, orderBy: [{field: NAME}]) {
        edges { node { id name status class } } pageInfo { endCursor hasNextPage } } }"#;
const DAY: &str = r#"query($day: String!, $by: [CiOrder!]) {
    cis(first: 50, where: {class: {eq: "ApplicationSolution"},
        attributes: [{name: "move2production", eq: $day}]}, orderBy: $by) {
        edges { node { id name status class } } pageInfo { endCursor hasNextPage } } }"#;
const HEALTH: &str = "{ ciHealth { class total healthy duplicate } }";

/// The server, and who asks.
pub(super) struct Asking<'a> {
    ground: &'a Ground,
    agent: Person,
    /// The server that many lean on.
    root: String,
    /// The tops of the groups.
    tops: Vec<String>,
    rounds: usize,
}

impl<'a> Asking<'a> {
    pub(super) async fn new(
        ground: &'a Ground,
        (server, conn): (&Server, &mut PgConnection),
        (count, rounds): (u64, usize),
    ) -> Result<Self, Fault> {
        let agent = server.person("agent1").await;
        let root = id(conn, files::ROOT).await?;
        let mut tops = Vec::new();
        for group in 0..(count / GROUP).min(100) {
            tops.push(id(conn, &files::name(group * GROUP)).await?);
        }
        Ok(Self { ground, agent, root, tops, rounds })
    }

    pub(super) async fn all(
        &self,
        conn: &mut PgConnection,
        section: &mut Section,
    ) -> Result<(), Fault> {
        let fan = [json!({"id": self.root, "depth": 10})];
        let line =
            self.line("impact of the fan of 922, 1 client", (IMPACT, &fan), (1, conn)).await?;
        section.push(line.0.bar(format!("p50 ≤ {FAN_P50} ms"), line.1.p50.as_millis() <= FAN_P50));
        let open = [json!({"i": {
            "kind": "INCIDENT", "title": "The root is down", "priority": "HIGH", "ciIds": [self.root],
        }})];
        let what = "a ticket opened on the fan's root with its computed impact, 1 client";
        let line = self.line(what, (OPENED, &open), (1, conn)).await?;
        section.push(line.0.bar(format!("p50 ≤ {OPEN} ms"), line.1.p50.as_millis() <= OPEN));
        let tops: Vec<Value> = self.tops.iter().map(|id| json!({"id": id, "depth": 10})).collect();
        let what = format!("impact to depth 10 over {GROUP} items, 1 client");
        let line = self.line(&what, (IMPACT, &tops), (1, conn)).await?;
        section
            .push(line.0.bar(format!("p95 ≤ {LARGE_P95} ms"), line.1.p95.as_millis() <= LARGE_P95));
        let many = ["high", "medium", "low"].map(|word| json!({"status": word}));
        let what =
            format!("items of a class with one in three's value, by name, {CLIENTS} clients");
        let line = self.line(&what, (SORTED, &many), (CLIENTS, conn)).await?;
        section.push(line.0.p99_at_most(LIST_P99));
        let few: Vec<Value> = (0..300)
            .map(|nr: u64| {
                let like = format!("Service number {} of rack {}", nr % 1_000, nr % 97);
                let word = ["high", "medium", "low"][(nr % 3) as usize];
                json!({"status": word, "like": like})
            })
            .collect();
        let what =
            format!("items of a class with two values that few have, by name, {CLIENTS} clients");
        let line = self.line(&what, (LIST, &few), (CLIENTS, conn)).await?;
        section.push(line.0.p99_at_most(LIST_P99));
        let by = |order: Value| [json!({"day": files::LATE_DAY, "by": [order]})];
        let what = format!(
            "the last one in a hundred by name, by their value and name, {CLIENTS} clients"
        );
        let line = self.line(&what, (DAY, &by(json!({"field": "NAME"}))), (CLIENTS, conn)).await?;
        section.push(line.0.p99_at_most(LIST_P99));
        let what = format!("the same in the order of another attribute, {CLIENTS} clients");
        let order = json!({"attribute": "description", "direction": "DESC"});
        let line = self.line(&what, (DAY, &by(order)), (CLIENTS, conn)).await?;
        section.push(line.0.p99_at_most(LIST_P99));
        let asked = [json!({})];
        let line = self.line("health of all items, 1 client", (HEALTH, &asked), (1, conn)).await?;
        section.push(line.0);
        Ok(())
    }

    /// So many clients that ask these in turn; with the statements of a request.
    async fn line(
        &self,
        what: &str,
        (query, variables): (&'static str, &[Value]),
        (clients, conn): (usize, &mut PgConnection),
    ) -> Result<(Line, crate::load::Latency), Fault> {
        let asker = |nr: usize| {
            let (all, mut next) = (variables.to_vec(), nr);
            let variables = move || {
                next += 1;
                all[next % all.len()].clone()
            };
            Asker { who: self.agent.clone(), query, variables }
        };
        let (_, mut askers) = closed((0..clients).map(asker).collect(), SPAN / 5).await?;
        let mut samples = Vec::new();
        let mut statements = None;
        for _ in 0..self.rounds {
            if self.ground.counts_statements() {
                sqlx::raw_sql("select pg_stat_statements_reset()").execute(&mut *conn).await?;
            }
            let (sample, again) = closed(askers, SPAN).await?;
            if self.ground.counts_statements() {
                let requests = sample.rate * SPAN.as_secs_f64();
                let row = sqlx::query(CALLS).fetch_one(&mut *conn).await?;
                statements = Some(row.try_get::<f64, _>(0)? / requests.max(1.0));
            }
            samples.push(sample);
            askers = again;
        }
        let ours = median(samples);
        let mut line = Line::new(what).sample(&ours);
        let mut remark = format!("p95 {:.1} ms", ours.latency.p95.as_secs_f64() * 1_000.0);
        if let Some(each) = statements {
            remark = format!("{remark}, {each:.1} statements a request");
        }
        line = line.remark(remark);
        Ok((line, ours.latency))
    }
}

/// Statements of readers; what runs by itself looks at the journal's own tables.
const CALLS: &str = "select coalesce(sum(calls), 0)::float8 from pg_stat_statements \
     where query not like '%pg_stat_statements%' and query ~ '(cis|ci_relations|sessions)'";

async fn id(conn: &mut PgConnection, name: &str) -> Result<String, Fault> {
    let row =
        sqlx::query("select ci_id::text from view_cis.cis where name = $1 and until_seq is null")
            .bind(name)
            .fetch_one(conn)
            .await?;
    let id: String = row.try_get(0)?;
    Ok(URL_SAFE_NO_PAD.encode(format!("Ci:{id}")))
}
