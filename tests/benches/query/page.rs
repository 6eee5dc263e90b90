//! Measures one page: over HTTP by so many clients, and its raw SQL by pgbench.

use std::sync::Mutex;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sqlx::Row;
use testbed::Client as Person;

use super::questions::{QUESTIONS, Question, TICKET_PAGE};
use super::statements::{Told, forget, told};
use super::{AT, P99, deep, named, named_ticket};
use crate::ground::{Database, Ground};
use crate::load::{Sample, closed, median, median_of};
use crate::pgbench::Script;
use crate::report::Line;
use crate::server::{Asker, Server};
use crate::{Fault, Run};

/// A round.
const SPAN: Duration = Duration::from_secs(2);
const WARM: Duration = Duration::from_millis(500);
/// The server may take this much longer than the raw statement takes.
const SQL_RATIO: f64 = 1.2;

/// The running server and those who ask it.
pub(super) struct Measuring<'a> {
    ground: &'a Ground,
    database: &'a Database,
    rounds: usize,
    people: Vec<(&'static str, Person)>,
    /// Ticket pages that are asked for.
    tickets: Vec<String>,
    /// Statements that took too long, with their plans.
    slow: Mutex<Vec<String>>,
}

/// What HTTP and pgbench said.
struct Beside {
    ours: Sample,
    raw: f64,
    told: Option<(Told, f64)>,
}

impl<'a> Measuring<'a> {
    pub(super) async fn new(
        ground: &'a Ground,
        database: &'a Database,
        (server, run): (&Server, &Run),
    ) -> Result<Self, Fault> {
        let mut people = Vec::new();
        for question in &QUESTIONS {
            people.push((question.login, server.person(question.login).await));
        }
        let mut conn = database.connect().await?;
        // Those of the Service Desk that are told in full: they were the first.
        let rows = sqlx::query(
            "select t.ticket_id::text as id from view_tickets.tickets t \
             where t.unit_id = (select unit_id from view_units.units where name = 'Service Desk') \
                 and t.number like 'INC-1000%' and t.description is not null \
             order by t.number limit 200",
        )
        .fetch_all(&mut conn)
        .await?;
        let id = |row: &sqlx::postgres::PgRow| -> Result<String, Fault> {
            let id: String = row.try_get("id")?;
            Ok(URL_SAFE_NO_PAD.encode(format!("Ticket:{id}")))
        };
        let tickets = rows.iter().map(id).collect::<Result<Vec<_>, _>>()?;
        let slow = Mutex::default();
        Ok(Self { ground, database, rounds: run.rounds, people, tickets, slow })
    }

    /// The first page of a list.
    pub(super) async fn list(
        &self,
        question: &Question,
        (clients, size): (usize, u64),
    ) -> Result<Line, Fault> {
        let raw = self.filled_in(question).await?;
        let beside = self.beside(question, (&raw, json!({})), clients).await?;
        Ok(self.told(named(question, clients, size), beside, clients == AT))
    }

    /// The page ten thousand pages further.
    pub(super) async fn deep(&self, question: &Question, size: u64) -> Result<Line, Fault> {
        let first = self.person(question.login).data(question.query, json!({})).await;
        let near = first[question.field]["pageInfo"]["endCursor"].as_str().ok_or("no cursor")?;
        let mut conn = self.database.connect().await?;
        let far = deep::far(&mut conn, near, size).await?;
        let variables = json!({"after": far.cursor});
        let beside = self.beside(question, (&far.raw, variables), AT).await?;
        let what =
            format!("{}, {} pages further, {size} tickets, {AT} clients", question.name, far.pages);
        Ok(self.told(Line::new(what), beside, true))
    }

    /// Tickets' pages, as an agent turns them.
    pub(super) async fn ticket(&self, (clients, size): (usize, u64)) -> Result<Line, Fault> {
        let who = self.person("agent1");
        let mut askers = Vec::new();
        for nr in 0..clients {
            let (tickets, mut next) = (self.tickets.clone(), nr);
            let variables = move || {
                next += 1;
                json!({"id": tickets[next % tickets.len()]})
            };
            askers.push(Asker { who: who.clone(), query: TICKET_PAGE.1, variables });
        }
        let mut conn = self.database.connect().await?;
        let (_, mut askers) = closed(askers, WARM).await?;
        let mut samples = Vec::new();
        let mut statements = None;
        for _ in 0..self.rounds {
            if self.ground.counts_statements() {
                forget(&mut conn).await?;
            }
            let (sample, again) = closed(askers, SPAN).await?;
            if self.ground.counts_statements() {
                let requests = sample.rate * SPAN.as_secs_f64();
                statements = Some(told(&mut conn, requests).await?.each);
            }
            samples.push(sample);
            askers = again;
        }
        let ours = median(samples);
        let mut line = named_ticket(clients, size).sample(&ours);
        if let Some(each) = statements {
            line = line.remark(format!("{each:.1} statements a request"));
        }
        Ok(if clients == AT { line.p99_at_most(P99) } else { line })
    }

    /// Whatever was slow, for those who have to make it faster.
    pub(super) fn slow(&self) -> Vec<String> {
        // A list of sentences is whole whoever panicked.
        self.slow.lock().unwrap_or_else(std::sync::PoisonError::into_inner).drain(..).collect()
    }

    fn person(&self, login: &str) -> &Person {
        let found = self.people.iter().find(|(name, _)| *name == login);
        &found.expect("whoever asks has signed in").1
    }

    /// Ours and the raw statement, in turns.
    async fn beside(
        &self,
        question: &Question,
        (raw, variables): (&str, Value),
        clients: usize,
    ) -> Result<Beside, Fault> {
        let who = self.person(question.login);
        let asker = |_| {
            let variables = variables.clone();
            Asker { who: who.clone(), query: question.query, variables: move || variables.clone() }
        };
        let askers: Vec<_> = (0..clients).map(asker).collect();
        let script = Script::new(self.ground, self.database, ("raw", raw))?;
        let mut conn = self.database.connect().await?;
        let (_, mut askers) = closed(askers, WARM).await?;
        let (mut samples, mut raws) = (Vec::new(), Vec::new());
        let mut statements = Vec::new();
        for _ in 0..self.rounds {
            let counts = self.ground.counts_statements();
            if counts {
                forget(&mut conn).await?;
            }
            let reference = script.run(clients, SPAN).await?;
            let theirs = if counts {
                told(&mut conn, reference * SPAN.as_secs_f64()).await?.list
            } else {
                0.0
            };
            raws.push(reference);
            if counts {
                forget(&mut conn).await?;
            }
            let (sample, again) = closed(askers, SPAN).await?;
            if counts {
                let ours = told(&mut conn, sample.rate * SPAN.as_secs_f64()).await?;
                statements.push((ours, theirs));
            }
            samples.push(sample);
            askers = again;
        }
        statements.sort_by(|(one, _), (other, _)| one.list.total_cmp(&other.list));
        let told = statements.get(statements.len() / 2).cloned();
        Ok(Beside { ours: median(samples), raw: median_of(raws), told })
    }

    fn told(&self, line: Line, beside: Beside, barred: bool) -> Line {
        let Beside { ours, raw, told } = beside;
        let mut line = line.sample(&ours).against("raw SQL by pgbench", raw, ours.rate);
        if barred {
            line = line.p99_at_most(P99);
        }
        if let Some((told, theirs)) = told {
            let (list, each) = (told.list, told.each);
            line = line.remark(format!(
                "SQL {list:.2} ms, raw {theirs:.2} ms, {each:.1} statements a request"
            ));
            if barred {
                // Below a tenth of a millisecond the clock is what is measured.
                let met = list <= theirs * SQL_RATIO || list < 0.1;
                line = line.bar(format!("SQL ≤ {SQL_RATIO} × raw"), met);
            }
            if list > 10.0 {
                let text = told.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let note = format!("Slow, {list:.1} ms: `{text}`");
                // As above.
                self.slow.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(note);
            }
        }
        line
    }

    /// The raw statement of this reader.
    async fn filled_in(&self, question: &Question) -> Result<String, Fault> {
        let mut conn = self.database.connect().await?;
        let row = sqlx::query(
            "select p.person_id::text as me, u.unit_id::text as unit \
             from view_people.people p, view_units.units u \
             where p.login = $1 and u.name = 'Service Desk'",
        )
        .bind(question.login)
        .fetch_one(&mut conn)
        .await?;
        let (me, unit): (String, String) = (row.try_get("me")?, row.try_get("unit")?);
        Ok(question.raw.replace(":me", &me).replace(":unit", &unit))
    }
}
