//! A report, its parts, and the events behind its figures.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use projections::compliance::{Figure, Positions, Report, Section, Value};
use projections::timeline::by_numbers;

use crate::graphql::access::reads_all;
use crate::graphql::context::{PATIENCE, services};
use crate::graphql::error::{bad_request, forbidden, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::{Cursor, Position};
use crate::graphql::timeline::Event;

/// Sections whose figures count every event of the log, and not only those on access.
const OF_THE_WHOLE_LOG: [u8; 2] = [1, 12];
/// The read model that shows events.
const EVENTS: &str = "timeline";

/// A compliance report.
pub(in crate::graphql) struct ComplianceReport(pub(super) Arc<Report>);

/// A compliance report.
#[Object]
impl ComplianceReport {
    /// The first instant of the period.
    async fn from(&self) -> DateTime<Utc> {
        self.0.question.from
    }

    /// The first instant behind it.
    async fn to(&self) -> DateTime<Utc> {
        self.0.question.to
    }

    /// The last position of the log that was looked at.
    async fn at(&self) -> Position {
        Position::Number(self.0.question.at)
    }

    /// The size of the largest signed tree that was looked at; 0: none.
    async fn signed_size(&self) -> i64 {
        self.0.question.signed
    }

    /// What was drawn as a sample; null: nothing.
    async fn sample(&self) -> Option<ComplianceSample> {
        let draw = self.0.question.sample.clone();
        draw.map(|draw| ComplianceSample { seed: draw.seed, size: draw.size })
    }

    /// The log that it is of.
    async fn origin(&self) -> &str {
        &self.0.origin
    }

    /// The whole document: one JSON object and a line feed. Keep it as it is; no other spelling has
    /// its hash.
    async fn text(&self) -> String {
        self.0.text()
    }

    /// The SHA-256 of `text` in UTF-8, in lower-case hex.
    async fn sha256(&self) -> String {
        self.0.digest()
    }

    /// Which sections answer for which control.
    async fn controls(&self) -> Vec<ComplianceControl> {
        let all = self.0.controls.iter();
        all.map(|(control, sections)| ComplianceControl {
            control: control.to_string(),
            sections: sections.clone(),
        })
        .collect()
    }

    /// In the order of their numbers, which have gaps where something does not exist.
    async fn sections(&self) -> Vec<ComplianceSection> {
        self.0.sections.iter().map(ComplianceSection::of).collect()
    }

    /// The events that a figure was counted from, in the order of the log; null when there is no such
    /// figure. Of sections 1 and 12, which count the whole log, for those who may read it.
    async fn evidence(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The number of the section.")] section: u8,
        #[graphql(desc = "The number of the figure in it.")] number: u8,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<Event>>> {
        let Some(figure) = self.0.figure(section, number) else { return Ok(None) };
        if OF_THE_WHOLE_LOG.contains(&section) && !reads_all(cx, Permission::EventRead) {
            return Err(forbidden());
        }
        let at = self.0.question.at;
        let list = format!("evidence:{at}:{section}.{number}");
        shown(cx, (&list, at), &figure.events, (first, after)).await.map(Some)
    }
}

/// The events at some positions, none behind `at`.
async fn shown(
    cx: &Context<'_>,
    (list, at): (&str, i64),
    positions: &Positions,
    (first, after): (Option<PageSize>, Option<Cursor>),
) -> Result<Connection<Event>> {
    let services = services(cx)?;
    let behind: Option<i64> = after.map(|after| place(list, &after)).transpose()?;
    let size = rows(first);
    let most = usize::try_from(size + 1).unwrap_or(usize::MAX);
    let numbers = positions.behind(behind.unwrap_or(0), most);
    let late = |_| bad_request("the events are not shown yet; try again");
    services.waiter.passed_number(EVENTS, at, PATIENCE).await.map_err(late)?;
    let found = by_numbers(&services.reads, &numbers).await.map_err(unread)?;
    let count = positions.count();
    let count: Counter = Box::new(move || Box::pin(async move { Ok(count) }));
    let edge = |row: projections::timeline::TimelineRow| (row.global_seq, Event(row));
    Ok(page_of(list, (found, size), behind.is_some(), edge, count))
}

/// What was drawn.
#[derive(SimpleObject)]
pub(super) struct ComplianceSample {
    /// By which text.
    seed: String,
    /// How many of each population.
    size: u8,
}

/// A control, such as SOC 2 CC6.1.
#[derive(SimpleObject)]
pub(super) struct ComplianceControl {
    /// What it is called.
    control: String,
    /// The numbers of the sections that show how it works.
    sections: Vec<u8>,
}

/// A part of a report.
#[derive(SimpleObject)]
pub(super) struct ComplianceSection {
    /// 1 to 14; always the same.
    number: u8,
    /// What it is about.
    title: String,
    /// In the order of their numbers.
    figures: Vec<ComplianceFigure>,
}

/// One number, or one fact.
#[derive(SimpleObject)]
pub(super) struct ComplianceFigure {
    /// From 1, within its section; always the same.
    number: u8,
    /// What it says, such as people_at_start.
    name: String,
    /// What it is, a number or a word; null: there is nothing that it could be said of.
    value: Option<String>,
    /// What it was counted from: positions of the log, such as 1-3,8.
    positions: String,
    /// How many things stand behind it one by one in the document.
    items: usize,
}

impl ComplianceSection {
    fn of(section: &Section) -> Self {
        Self {
            number: section.number,
            title: section.title.to_string(),
            figures: section.figures.iter().map(ComplianceFigure::of).collect(),
        }
    }
}

impl ComplianceFigure {
    fn of(figure: &Figure) -> Self {
        Self {
            number: figure.number,
            name: figure.name.to_string(),
            value: match &figure.value {
                Value::Number(number) => Some(number.to_string()),
                Value::Text(text) => Some(text.clone()),
                Value::Nothing => None,
            },
            positions: figure.events.to_string(),
            items: figure.items.len(),
        }
    }
}
