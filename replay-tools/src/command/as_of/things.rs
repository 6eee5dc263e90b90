//! Anything of ours: its own state, as the rules know it.

use journal::read::StreamsReader;
use projections::timeline::State;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::PAGE;
use crate::failure::Failure;
use crate::moment::{Cut, Prefix};
use crate::names::name_in;
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::progress::Progress;
use crate::stream::{self, Placed, TYPES};

/// Longest name shown, in characters.
const NAME: usize = 40;

/// One thing, with all its streams: an object for each.
pub(super) async fn one(
    opened: &Opened,
    conn: &mut PgConnection,
    output: &mut Output,
    (cut, name): (Cut, &str),
) -> Result<(), Failure> {
    let found = stream::find(&opened.journal, conn, name).await?;
    let whole = stream::with_companions(&opened.journal, conn, found).await?;
    let mut told = false;
    for aggregate_type in TYPES {
        let theirs = whole.iter().filter(|placed| placed.event.aggregate_type == aggregate_type);
        let mut folded = Folded::new(cut);
        for placed in theirs {
            folded.add(placed)?;
        }
        if let Some(record) = folded.record() {
            output.show(&record)?;
            told = true;
        }
    }
    if !told {
        output.record(&Value::Null)?;
        output.say(&format!("{} was not there then", cell(name, NAME)))?;
    }
    Ok(())
}

/// Everything of a type, in the order of the identities.
pub(super) async fn all(
    opened: &Opened,
    conn: &mut PgConnection,
    output: &mut Output,
    (cut, aggregate_type): (Cut, &str),
) -> Result<(), Failure> {
    if !TYPES.contains(&aggregate_type) {
        let mut types = TYPES;
        types.sort_unstable();
        return Err(Failure::BadInput(format!("the types are {}", types.join(", "))));
    }
    let journal = &opened.journal;
    let (keys, upcasters) = (journal.keyring(), journal.upcasters());
    let mut reader = StreamsReader::begin(conn, keys, upcasters, aggregate_type).await?;
    let mut progress = Progress::new(aggregate_type);
    let mut current = Folded::new(cut);
    output.say(&line("ID", "VERSION", "POSITION", "NAME"))?;
    let mut count = 0_u64;
    loop {
        let page = reader.page(conn, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for recorded in page {
            if recorded.event.sequence == 1 {
                count += current.give(output)?;
                current = Folded::new(cut);
            }
            let (position, event, fact) =
                (Some(recorded.global_seq), recorded.event, recorded.fact);
            current.add(&Placed { position, event, fact })?;
        }
        let (done, total) = reader.progress();
        progress.step(done, total);
    }
    count += current.give(output)?;
    drop(progress);
    output.say(&format!("{count} of {aggregate_type}"))
}

/// One stream, as far as it had come.
struct Folded {
    prefix: Prefix,
    state: State,
    last: Option<Last>,
    name: Option<String>,
}

/// The last event that had come.
struct Last {
    aggregate_type: String,
    id: String,
    version: i64,
    position: i64,
}

impl Folded {
    fn new(cut: Cut) -> Self {
        Self { prefix: cut.begin(), state: State::default(), last: None, name: None }
    }

    fn add(&mut self, placed: &Placed) -> Result<(), Failure> {
        let Some(position) = placed.position else { return Ok(()) };
        if !self.prefix.takes(position, &placed.event) {
            return Ok(());
        }
        let unread = || Failure::Incomplete("this version cannot fold the stream".to_owned());
        self.state = std::mem::take(&mut self.state).after(&placed.fact).ok_or_else(unread)?;
        if self.last.is_none() {
            self.name = name_in(&placed.fact);
        }
        let event = &placed.event;
        self.last = Some(Last {
            aggregate_type: event.aggregate_type.clone(),
            id: event.aggregate_id.clone(),
            version: event.sequence,
            position,
        });
        Ok(())
    }

    fn record(&self) -> Option<Value> {
        let last = self.last.as_ref()?;
        Some(json!({
            "type": last.aggregate_type,
            "id": last.id,
            "version": last.version,
            "position": last.position,
            "state": self.state.shown(),
        }))
    }

    /// Tells it, if it was there; how many that are.
    fn give(&self, output: &mut Output) -> Result<u64, Failure> {
        let (Some(record), Some(last)) = (self.record(), &self.last) else { return Ok(0) };
        output.record(&record)?;
        let (version, position) = (last.version.to_string(), last.position.to_string());
        let name = self.name.as_deref().unwrap_or_default();
        output.say(&line(&last.id, &version, &position, name))?;
        Ok(1)
    }
}

fn line(id: &str, version: &str, position: &str, name: &str) -> String {
    let name = cell(name, NAME);
    format!("{id:<36} {version:>7} {position:>9} {name}").trim_end().to_owned()
}
