//! The log in its order, read once for several models; the next page is read while one is written.

use std::borrow::Cow;

use futures_util::future::try_join_all;
use journal::read::{LogEntry, LogReader};
use journal::{Journal, JournalError, Recorded};
use sqlx::PgConnection;

use super::fold::{PAGE, write};
use crate::error::ProjectionError;
use crate::held::Held;
use crate::model::{ReadModel, Step};

/// A model, what its live rows were made from, and where it is folded into.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) model: &'a dyn ReadModel,
    pub(crate) held: Held,
    pub(crate) scratch: &'a mut PgConnection,
}

/// Events, and of each member whether its rows show them.
#[derive(Debug)]
struct Page {
    events: Vec<Recorded>,
    shown: Vec<Vec<bool>>,
}

/// Folds all that the members' live rows were made from.
pub(crate) async fn fold(
    conn: &mut PgConnection,
    journal: &Journal,
    members: &mut [Member<'_>],
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<(), ProjectionError> {
    let goal = members.iter().map(|member| member.held.through()).max().unwrap_or(0);
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), 0);
    let mut entries = log.entries(conn, goal, PAGE).await?;
    let mut from = 0;
    while !entries.is_empty() {
        progress(log.position(), goal);
        let page = Page::of(entries, members)?;
        let step = Step { from, to: log.position(), epoch: 0, fresh: false };
        from = step.to;
        let writes = members.iter_mut().zip(&page.shown).map(|(member, shown)| {
            let events = page.shown_by(shown);
            async move { write(member.scratch, member.model, &events, step).await }
        });
        let (written, read) = tokio::join!(try_join_all(writes), log.entries(conn, goal, PAGE));
        written?;
        entries = read?;
    }
    Ok(())
}

impl Member<'_> {
    fn shows(&self, entry: &LogEntry) -> bool {
        self.model.reads(&entry.aggregate_type) && self.held.has(entry)
    }
}

impl Page {
    /// One that cannot be read is no matter as long as nobody shows it.
    fn of(entries: Vec<LogEntry>, members: &[Member<'_>]) -> Result<Self, JournalError> {
        let mut page = Self { events: Vec::new(), shown: vec![Vec::new(); members.len()] };
        for entry in entries {
            let shows: Vec<bool> = members.iter().map(|member| member.shows(&entry)).collect();
            if shows.contains(&true) {
                page.events.push(entry.recorded?);
                page.shown.iter_mut().zip(shows).for_each(|(shown, shows)| shown.push(shows));
            }
        }
        Ok(page)
    }

    /// Those of them; hardly ever are they not all, and have to be copied.
    fn shown_by(&self, shown: &[bool]) -> Cow<'_, [Recorded]> {
        if shown.iter().all(|shown| *shown) {
            return Cow::Borrowed(&self.events);
        }
        let shown = self.events.iter().zip(shown).filter(|(_, shown)| **shown);
        shown.map(|(event, _)| event.clone()).collect()
    }
}
