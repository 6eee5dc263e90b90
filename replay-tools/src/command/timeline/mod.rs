//! `replay timeline`: who did what, when and why, folded from the streams themselves: no view is
//! asked. A ticket is told with its conversation and its dossier, a person with their access.

mod tree;

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::kernel::Actor;
use journal::Recorded;
use projections::timeline::{TimelineRow, Trail};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::cli::Timeline;
use crate::failure::Failure;
use crate::names::Names;
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::stream::{self, Placed};

/// What stands where there was, or is, nothing.
const NOTHING: &str = "–";
/// Longest text shown of a field, in characters; `--json` has all of it.
const TEXT: usize = 100;

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    ask: &Timeline,
) -> Result<(), Failure> {
    if let (Some(from), Some(to)) = (ask.from, ask.to)
        && from >= to
    {
        return Err(Failure::BadInput("a period ends after its beginning".to_owned()));
    }
    let mut conn = opened.snapshot().await?;
    let stream = stream::find(&opened.journal, &mut conn, &ask.number).await?;
    let stream = stream::with_companions(&opened.journal, &mut conn, stream).await?;
    if ask.tree {
        return tree::tell(opened, conn, output, &stream).await;
    }
    let mut teller = Teller { opened, conn, output, names: Names::default() };
    teller.head(&stream).await?;
    let mut trails: BTreeMap<String, Trail> = BTreeMap::new();
    for Placed { position, event, fact } in stream {
        let actor = event.meta.actor;
        let recorded = Recorded { global_seq: position.unwrap_or_default(), event, fact };
        let trail = trails.entry(recorded.event.aggregate_type.clone()).or_default();
        let Some(row) = trail.tell(&recorded) else {
            return Err(Failure::Incomplete("this version cannot fold the stream".to_owned()));
        };
        if is_asked_for(ask, &row) {
            teller.tell(position, actor, &row).await?;
        }
    }
    Ok(())
}

fn is_asked_for(ask: &Timeline, row: &TimelineRow) -> bool {
    let at = if ask.occurred { row.occurred_at } else { row.recorded_at };
    ask.from.is_none_or(|from| from <= at) && ask.to.is_none_or(|to| at < to)
}

struct Teller<'a> {
    opened: &'a Opened,
    conn: PgConnection,
    output: &'a mut Output,
    names: Names,
}

impl Teller<'_> {
    async fn head(&mut self, stream: &[Placed]) -> Result<(), Failure> {
        let Some(Placed { event, .. }) = stream.first() else { return Ok(()) };
        let (kind, id) = (&event.aggregate_type, &event.aggregate_id);
        let name = self.text(id).await?;
        self.output.say(&format!("{kind} {name} ({id})"))?;
        self.output.say(&line("POSITION", "OCCURRED", "RECORDED", "WHO", "WHAT"))
    }

    async fn tell(
        &mut self,
        position: Option<i64>,
        actor: Actor,
        row: &TimelineRow,
    ) -> Result<(), Failure> {
        let actor_name = match actor {
            Actor::Person(id) => Some(self.name(id.0).await?),
            Actor::Service(id) => Some(self.name(id.0).await?),
            Actor::Import | Actor::System => None,
        };
        let behalf_name = match row.on_behalf_of {
            Some(id) => Some(self.name(id.0).await?),
            None => None,
        };
        if self.output.is_json() {
            let mut record = json!(row);
            record["global_seq"] = position.map_or(Value::Null, Value::from);
            record["actor_name"] = json!(actor_name);
            record["on_behalf_of_name"] = json!(behalf_name);
            return self.output.record(&record);
        }
        let who = actor_name.unwrap_or_else(|| row.actor.clone());
        let who = behalf_name.map_or(who.clone(), |behalf| format!("{who} for {behalf}"));
        let position = position.map_or_else(|| NOTHING.to_owned(), |number| number.to_string());
        let (occurred, recorded) = (instant(row.occurred_at), instant(row.recorded_at));
        self.output.say(&line(&position, &occurred, &recorded, &who, &row.event_type))?;
        if let Some(reason) = &row.reason {
            self.output.say(&format!("         why: {}", cell(reason, TEXT)))?;
        }
        for change in &row.changes {
            let from = self.field(change.from.as_deref()).await?;
            let to = self.field(change.to.as_deref()).await?;
            self.output.say(&format!("         {}: {from} → {to}", change.field))?;
        }
        Ok(())
    }

    async fn name(&mut self, id: Uuid) -> Result<String, Failure> {
        let name = self.names.of(&self.opened.journal, &mut self.conn, id).await?;
        Ok(name.unwrap_or_else(|| id.to_string()))
    }

    async fn field(&mut self, text: Option<&str>) -> Result<String, Failure> {
        match text {
            Some(text) => Ok(cell(&self.text(text).await?, TEXT)),
            None => Ok(NOTHING.to_owned()),
        }
    }

    async fn text(&mut self, text: &str) -> Result<String, Failure> {
        self.names.in_text(&self.opened.journal, &mut self.conn, text).await
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn line(position: &str, occurred: &str, recorded: &str, who: &str, what: &str) -> String {
    let who = cell(who, 28);
    format!("{position:>8} {occurred:<20} {recorded:<20} {who:<28} {what}")
}
