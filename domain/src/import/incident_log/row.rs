//! One row of the layout, parsed and bounded; the only place that knows the columns' spelling.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};

use crate::ticket::{Impact, PendingReason, Priority, Urgency};

/// The columns that are read; a header must name all of them, in any order, beside others.
pub const COLUMNS: [&str; 20] = [
    "number",
    "incident_state",
    "reassignment_count",
    "reopen_count",
    "sys_mod_count",
    "caller_id",
    "opened_by",
    "opened_at",
    "sys_created_by",
    "sys_updated_by",
    "sys_updated_at",
    "category",
    "subcategory",
    "u_symptom",
    "impact",
    "urgency",
    "priority",
    "assignment_group",
    "assigned_to",
    "closed_code",
];

/// Longest text of a column, in characters: a subject joins two of them.
const COLUMN_MAX: usize = 95;

/// The columns of [`COLUMNS`] that this header lacks.
pub fn missing_columns<'a>(header: impl IntoIterator<Item = &'a str>) -> Vec<&'static str> {
    let present: Vec<&str> = header.into_iter().map(str::trim).collect();
    COLUMNS.into_iter().filter(|column| !present.contains(column)).collect()
}

/// What is wrong with a row: which column, and how. Never repeats the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("column {column} {fault}")]
pub struct RowFault {
    /// The column at fault.
    pub column: &'static str,
    /// What is wrong.
    pub fault: Fault,
}

/// How a column can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row cannot do without it.
    #[error("must be known")]
    Missing,
    /// Longer than 95 characters.
    #[error("is longer than {COLUMN_MAX} characters")]
    TooLong,
    /// A control character.
    #[error("contains control characters")]
    Control,
    /// Not `day/month/year hour:minute` of the years 1900 to 9999.
    #[error("is not a time (day/month/year hour:minute)")]
    NotATime,
    /// Not a whole number from 0 on.
    #[error("is not a count")]
    NotACount,
    /// Not `1 - …`, `2 - …` and so on.
    #[error("is not a level")]
    NotALevel,
}

/// What the row says of the incident's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// "New".
    New,
    /// "Active".
    Active,
    /// "Awaiting …"; none: for something this version has no word for.
    Awaiting(Option<PendingReason>),
    /// "Resolved".
    Resolved,
    /// "Closed".
    Closed,
    /// "-100", "?", anything else (M7).
    Unknown,
}

/// An incident as it stood after one recorded update. A text that is `None` is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the layout's columns")]
pub struct IncidentRow {
    pub number: String,
    pub state: RowState,
    pub reassignment_count: Option<u32>,
    pub reopen_count: Option<u32>,
    pub sys_mod_count: Option<u32>,
    pub caller: Option<String>,
    pub opened_by: Option<String>,
    pub opened_at: Option<DateTime<Utc>>,
    pub created_by: Option<String>,
    pub updated_by: Option<String>,
    pub updated_at: DateTime<Utc>,
    pub category: Option<String>,
    pub subcategory: Option<String>,
    pub symptom: Option<String>,
    pub impact: Option<Impact>,
    pub urgency: Option<Urgency>,
    pub priority: Option<Priority>,
    pub group: Option<String>,
    pub assigned_to: Option<String>,
    pub closed_code: Option<String>,
}

impl IncidentRow {
    /// Reads the row through `get`, which gives a column's text by its name.
    pub fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<Self, RowFault> {
        let cell = Cells(get);
        Ok(Self {
            number: known("number", cell.text("number")?)?,
            state: state(cell.text("incident_state")?.as_deref()),
            reassignment_count: cell.count("reassignment_count")?,
            reopen_count: cell.count("reopen_count")?,
            sys_mod_count: cell.count("sys_mod_count")?,
            caller: cell.text("caller_id")?,
            opened_by: cell.text("opened_by")?,
            opened_at: cell.time("opened_at")?,
            created_by: cell.text("sys_created_by")?,
            updated_by: cell.text("sys_updated_by")?,
            updated_at: known("sys_updated_at", cell.time("sys_updated_at")?)?,
            category: cell.text("category")?,
            subcategory: cell.text("subcategory")?,
            symptom: cell.text("u_symptom")?,
            impact: cell.level("impact", &[Impact::High, Impact::Medium, Impact::Low])?,
            urgency: cell.level("urgency", &[Urgency::High, Urgency::Medium, Urgency::Low])?,
            priority: cell.level(
                "priority",
                &[Priority::Critical, Priority::High, Priority::Normal, Priority::Low],
            )?,
            group: cell.text("assignment_group")?,
            assigned_to: cell.text("assigned_to")?,
            closed_code: cell.text("closed_code")?,
        })
    }
}

fn state(text: Option<&str>) -> RowState {
    match text {
        Some("New") => RowState::New,
        Some("Active") => RowState::Active,
        Some("Resolved") => RowState::Resolved,
        Some("Closed") => RowState::Closed,
        Some(text) => match text.strip_prefix("Awaiting ") {
            Some(what) => RowState::Awaiting(awaited(what)),
            None => RowState::Unknown,
        },
        None => RowState::Unknown,
    }
}

fn awaited(what: &str) -> Option<PendingReason> {
    match what {
        "User Info" => Some(PendingReason::Caller),
        "Vendor" => Some(PendingReason::Vendor),
        "Change" => Some(PendingReason::Change),
        "Problem" => Some(PendingReason::Problem),
        "Evidence" => Some(PendingReason::Evidence),
        "Approval" => Some(PendingReason::Approval),
        _ => None,
    }
}

fn known<T>(column: &'static str, value: Option<T>) -> Result<T, RowFault> {
    value.ok_or(RowFault { column, fault: Fault::Missing })
}

/// The row's columns by name.
struct Cells<F>(F);

impl<'a, F: Fn(&str) -> Option<&'a str>> Cells<F> {
    /// The text with its white space squeezed; none when it is unknown.
    fn text(&self, column: &'static str) -> Result<Option<String>, RowFault> {
        let raw = (self.0)(column).unwrap_or_default();
        // A bound on what is looked at, before anything is copied: four bytes a character, and room
        // for white space.
        if raw.len() > COLUMN_MAX * 8 {
            return Err(RowFault { column, fault: Fault::TooLong });
        }
        let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || text == "?" {
            return Ok(None);
        }
        if text.chars().count() > COLUMN_MAX {
            return Err(RowFault { column, fault: Fault::TooLong });
        }
        if text.chars().any(char::is_control) {
            return Err(RowFault { column, fault: Fault::Control });
        }
        Ok(Some(text))
    }

    fn time(&self, column: &'static str) -> Result<Option<DateTime<Utc>>, RowFault> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        NaiveDateTime::parse_from_str(&text, "%d/%m/%Y %H:%M")
            .ok()
            .filter(|time| (1900..=9999).contains(&time.year()))
            .map(|time| Some(time.and_utc()))
            .ok_or(RowFault { column, fault: Fault::NotATime })
    }

    fn count(&self, column: &'static str) -> Result<Option<u32>, RowFault> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| RowFault { column, fault: Fault::NotACount })
    }

    /// A level such as `2 - Medium`: its number counts from 1 into `levels`.
    fn level<T: Copy>(&self, column: &'static str, levels: &[T]) -> Result<Option<T>, RowFault> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        let number = text.split_once(" - ").map_or(text.as_str(), |(number, _)| number);
        number
            .parse::<usize>()
            .ok()
            .and_then(|number| levels.get(number.checked_sub(1)?).copied())
            .map(Some)
            .ok_or(RowFault { column, fault: Fault::NotALevel })
    }
}
