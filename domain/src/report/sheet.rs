//! Reports as CSV: columns, cells, and who is called what in them.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe: names are what people
//! call themselves. Called by the API and by the replay tools, so that both write the same.

use chrono::{DateTime, SecondsFormat, Utc};

use super::cell::protected;
use super::kpi::{Group, KeyFigures};
use super::line::Line;
use super::score::{Score, kept, permille};
use super::sla::Part;
use crate::kernel::{PersonId, UnitId};
use crate::sla::stopwatch::ClockReading;

/// What a line of a unit's report says.
pub const LINES: [&str; 23] = [
    "part",
    "number",
    "opened_at",
    "author",
    "requester",
    "unit",
    "assignees",
    "priority",
    "outcome",
    "resolved_at",
    "resolver",
    "reaction_limit_seconds",
    "reaction_used_seconds",
    "reaction_remaining_percent",
    "reaction_met",
    "work_limit_seconds",
    "work_used_seconds",
    "work_remaining_percent",
    "work_met",
    "deadline_limit_seconds",
    "deadline_used_seconds",
    "deadline_remaining_percent",
    "deadline_met",
];

/// What a line of key figures says.
pub const KPIS: [&str; 23] = [
    "group",
    "opened",
    "resolved",
    "reaction_met",
    "reaction_failed",
    "reaction_success_percent",
    "work_met",
    "work_failed",
    "work_success_percent",
    "deadline_met",
    "deadline_failed",
    "deadline_success_percent",
    "mean_resolution_seconds",
    "resolutions",
    "reopen_percent",
    "reassignment_percent",
    "first_contact_percent",
    "backlog_from_0_days",
    "backlog_from_1_day",
    "backlog_from_3_days",
    "backlog_from_7_days",
    "backlog_from_30_days",
    "handling_seconds",
];

/// Who is called what.
pub trait Names {
    /// A person's name.
    fn person(&self, id: PersonId) -> Option<&str>;
    /// A unit's name.
    fn unit(&self, id: UnitId) -> Option<&str>;
}

/// The people a line names.
pub fn people_of(line: &Line) -> impl Iterator<Item = PersonId> + '_ {
    let named = [Some(line.opening.author), Some(line.opening.requester), line.resolver];
    named.into_iter().flatten().chain(line.target.assignees.iter().copied())
}

/// A line of a unit's report.
pub fn line(part: Part, line: &Line, names: &impl Names) -> Vec<String> {
    let assignees: Vec<String> =
        line.target.assignees.iter().map(|id| person(Some(*id), names)).collect();
    let mut cells = vec![
        part.to_string(),
        line.opening.number.clone(),
        instant(line.opened_at),
        person(Some(line.opening.author), names),
        person(Some(line.opening.requester), names),
        unit(line.target.unit, names),
        assignees.join("; "),
        line.priority.to_string(),
        line.outcome.to_string(),
        line.resolved_at.map(instant).unwrap_or_default(),
        person(line.resolver, names),
    ];
    let readings = &line.readings;
    for reading in [&readings.reaction, &readings.work, &readings.deadline] {
        cells.extend(clock(reading));
    }
    cells
}

/// A line of key figures.
pub fn kpi(group: Group, figures: &KeyFigures, names: &impl Names) -> Vec<String> {
    let resolved = &figures.resolved;
    let share = |part, whole| permille(part, whole).map(percent).unwrap_or_default();
    let mut cells = vec![
        match group {
            Group::Whole => String::new(),
            Group::Unit(id) => unit(id, names),
            Group::Person(id) => person(id, names),
            Group::Month(day) => day.format("%Y-%m").to_string(),
        },
        figures.opened.to_string(),
        resolved.tickets.to_string(),
    ];
    for score in [resolved.reaction, resolved.work, resolved.deadline] {
        cells.extend(scored(score));
    }
    cells.extend([
        figures.mean_resolution_seconds().map(|it| it.to_string()).unwrap_or_default(),
        figures.resolutions.to_string(),
        share(figures.undone, figures.resolutions),
        share(figures.reassigned, resolved.tickets),
        share(figures.first_contact, resolved.tickets),
    ]);
    cells.extend(figures.backlog.map(|tickets| tickets.to_string()));
    cells.push(figures.handling_seconds.to_string());
    cells
}

/// Rows as CSV (RFC 4180).
///
/// # Errors
/// None in memory; the library's type says otherwise.
pub fn csv<R: IntoIterator<Item = C>, C: AsRef<str>>(
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let cells: Vec<C> = row.into_iter().collect();
        writer.write_record(cells.iter().map(|text| protected(text.as_ref()).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Limit, used, remaining, met: empty without a plan.
fn clock(reading: &ClockReading) -> [String; 4] {
    let Some(met) = kept(reading) else { return [const { String::new() }; 4] };
    [
        reading.limit_seconds.to_string(),
        reading.used_seconds.to_string(),
        reading.remaining_percent.map(|it| it.to_string()).unwrap_or_default(),
        met.to_string(),
    ]
}

fn scored(score: Score) -> [String; 3] {
    let success = score.permille().map(percent).unwrap_or_default();
    [score.met.to_string(), score.failed.to_string(), success]
}

/// Tenths of a percent as a percentage.
pub fn percent(permille: u64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn person(id: Option<PersonId>, names: &impl Names) -> String {
    let name = |id| names.person(id).map_or_else(|| id.to_string(), str::to_owned);
    id.map(name).unwrap_or_default()
}

fn unit(id: Option<UnitId>, names: &impl Names) -> String {
    let name = |id| names.unit(id).map_or_else(|| id.to_string(), str::to_owned);
    id.map(name).unwrap_or_default()
}
