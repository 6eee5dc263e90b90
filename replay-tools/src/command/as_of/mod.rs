//! `replay as-of`: how things stood at a moment, folded from their streams alone.

mod things;
mod view;

use std::collections::BTreeMap;

use domain::Fact;
use domain::kernel::TicketId;
use domain::ticket::{TicketEvent, TicketState};
use journal::StreamEvent;
use journal::read::StreamsReader;
use projections::almanac::Almanac;
use projections::as_of::Wanted;
use projections::tickets::{self, TicketRow};
use serde_json::{Value, json};
use sqlx::PgConnection;
use strum::IntoEnumIterator;

use crate::cli::{AsOf, Of};
use crate::failure::Failure;
use crate::moment::{Cut, Moment, Prefix};
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::progress::Progress;
use crate::stream::{self, TICKET};

/// Events a page: memory stays constant whatever the number of tickets.
const PAGE: i64 = 1_000;
/// Longest number shown, in characters.
const NUMBER: usize = 12;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, as_of: &AsOf) -> Result<(), Failure> {
    let mut conn = opened.snapshot().await?;
    let cut = Cut::of(&mut conn, as_of.moment, as_of.occurred).await?;
    match &as_of.of {
        Of::Thing { name } => things::one(opened, &mut conn, output, (cut, name)).await,
        Of::Things { aggregate_type } => {
            things::all(opened, &mut conn, output, (cut, aggregate_type)).await
        }
        Of::View { name, of, into } => {
            let wanted = Wanted { through: cut.position()?, of: *of, schema: into.as_deref() };
            view::run(opened, &mut conn, output, (name, wanted)).await
        }
        Of::Ticket { number } => one(opened, &mut conn, output, cut, number).await,
        Of::Tickets { state, summary } => {
            let mut listing =
                Listing { output, only: *state, rows: !*summary, counts: BTreeMap::new() };
            listing.head(as_of)?;
            each(opened, &mut conn, cut, |row| listing.row(&row)).await?;
            listing.foot(*summary)
        }
    }
}

async fn one(
    opened: &Opened,
    conn: &mut PgConnection,
    output: &mut Output,
    cut: Cut,
    number: &str,
) -> Result<(), Failure> {
    let found = stream::ticket(&opened.journal, conn, number).await?;
    let ticket = found.first().map(|placed| TicketId(placed.fact.stream()));
    let row = match ticket {
        Some(ticket) => {
            let from = (&opened.journal, &Almanac::default());
            tickets::then(conn, from, ticket, cut.into()).await?
        }
        None => None,
    };
    match row {
        Some(row) => output.show(&row),
        None => {
            output.record(&Value::Null)?;
            output.say(&format!("{} had not been opened then", cell(number, NUMBER)))
        }
    }
}

/// Gives every ticket that was there, in the order of their identities.
async fn each(
    opened: &Opened,
    conn: &mut PgConnection,
    cut: Cut,
    mut give: impl FnMut(TicketRow) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let journal = &opened.journal;
    let mut reader =
        StreamsReader::begin(conn, journal.keyring(), journal.upcasters(), TICKET).await?;
    let almanac = Almanac::default();
    let mut progress = Progress::new("tickets");
    let mut current: Option<(TicketId, Folded)> = None;
    loop {
        let page = reader.page(conn, PAGE).await?;
        let is_last = page.is_empty();
        let mut whole = Vec::new();
        for recorded in page {
            let Fact::Ticket(id, event) = &recorded.fact else { continue };
            if current.as_ref().is_none_or(|(of, _)| of != id)
                && let Some((_, done)) = current.replace((*id, Folded::new(cut)))
            {
                whole.extend(done.row);
            }
            if let Some((_, folded)) = &mut current {
                folded.add(recorded.global_seq, &recorded.event, event, *id);
            }
        }
        if is_last {
            whole.extend(current.take().and_then(|(_, done)| done.row));
        }
        tickets::measure(conn, &almanac, whole.iter_mut()).await?;
        whole.into_iter().try_for_each(&mut give)?;
        if is_last {
            return Ok(());
        }
        let (done, total) = reader.progress();
        progress.step(done, total);
    }
}

/// One ticket, as far as it had come.
#[derive(Debug)]
struct Folded {
    prefix: Prefix,
    row: Option<TicketRow>,
}

impl Folded {
    fn new(cut: Cut) -> Self {
        Self { prefix: cut.begin(), row: None }
    }

    fn add(&mut self, position: i64, event: &StreamEvent, says: &TicketEvent, id: TicketId) {
        if self.prefix.takes(position, event) {
            self.row = TicketRow::fold(self.row.take(), event, says, id);
        }
    }
}

/// The tickets on their way out.
struct Listing<'a> {
    output: &'a mut Output,
    only: Option<TicketState>,
    rows: bool,
    counts: BTreeMap<TicketState, u64>,
}

impl Listing<'_> {
    fn head(&mut self, as_of: &AsOf) -> Result<(), Failure> {
        let by = match (as_of.moment, as_of.occurred) {
            (Moment::Position(_), _) => "",
            (Moment::At(_), true) => ", by when it happened",
            (Moment::At(_), false) => ", by when it was recorded",
        };
        self.output.say(&format!("as of {}{by}", as_of.moment))?;
        if self.rows {
            self.output.say(&line("NUMBER", "STATE", "PRIORITY", "KIND", "TITLE"))?;
        }
        Ok(())
    }

    fn row(&mut self, row: &TicketRow) -> Result<(), Failure> {
        if self.only.is_some_and(|only| only != row.state) {
            return Ok(());
        }
        *self.counts.entry(row.state).or_default() += 1;
        if !self.rows {
            return Ok(());
        }
        if self.output.is_json() {
            return self.output.record(row);
        }
        let [state, priority, kind]: [&str; 3] =
            [row.state.into(), row.priority.into(), row.kind.into()];
        self.output.say(&line(&row.number, state, priority, kind, &row.title))
    }

    /// The counts come last: before the last ticket nobody knows them, and nothing is kept.
    fn foot(&mut self, summary: bool) -> Result<(), Failure> {
        for state in TicketState::iter().filter(|state| self.only.is_none_or(|only| only == *state))
        {
            let tickets = self.counts.get(&state).copied().unwrap_or_default();
            self.output.say(&format!("{:<12} {tickets:>9}", state.to_string()))?;
            if summary {
                self.output.record(&json!({"state": state, "tickets": tickets}))?;
            }
        }
        let all: u64 = self.counts.values().sum();
        self.output.say(&format!("{:<12} {all:>9}", "all"))
    }
}

fn line(number: &str, state: &str, priority: &str, kind: &str, title: &str) -> String {
    let (number, title) = (cell(number, NUMBER), cell(title, 60));
    format!("{number:<12} {state:<12} {priority:<9} {kind:<16} {title}").trim_end().to_owned()
}
