//! `replay sla-report`: a unit's report at any position, counted from the events themselves: no view
//! is asked. The same fold as the server's, so that its figures can be proved by anybody who holds the
//! log.

mod told;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::kernel::TicketId;
use domain::report::sheet::{self, csv, percent};
use domain::report::{Case, Line, Part, Question, Report, Score, Success};
use journal::read::head_of;
use serde_json::{Value, json};
use sqlx::PgConnection;
use strum::IntoEnumIterator;

use self::told::{Told, called, units};
use crate::cli::SlaReport;
use crate::failure::Failure;
use crate::moment::{Cut, Moment};
use crate::open::Opened;
use crate::output::{Output, cell};

/// A line of the CSV file and its place: the part, its instant, the ticket.
type Placed = ((Part, DateTime<Utc>, TicketId), Line);

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    asked: &SlaReport,
) -> Result<(), Failure> {
    if asked.to < asked.from {
        return Err(Failure::BadInput("the period ends before it begins".to_owned()));
    }
    let mut conn = opened.snapshot().await?;
    let (cut, at) = moment(opened, &mut conn, asked.at).await?;
    let units = units(opened, &mut conn, cut).await?;
    let (unit, known) = units.named(&asked.unit)?;
    let staff = known.staff.clone();
    let question = Question { unit, staff, from: asked.from, to: asked.to, at };
    let told = Told::read(opened, &mut conn, cut).await?;
    let mut report = Report::default();
    let mut lines: Vec<Placed> = Vec::new();
    told.each(opened, &mut conn, |ticket, case, hours| {
        report.take(&question, case, hours)?;
        if asked.csv
            && let Some(line) = Line::of(case, at, hours)?
        {
            lines.extend(places(&question, ticket, case).map(|place| (place, line.clone())));
        }
        Ok(())
    })
    .await?;
    if !asked.csv {
        return show(output, &question, &known.name, &report);
    }
    lines.sort_by_key(|(place, _)| *place);
    let names = called(opened, &mut conn, cut, units).await?;
    let head = sheet::LINES.map(str::to_owned).to_vec();
    let rows = lines.iter().map(|((part, ..), line)| sheet::line(*part, line, &names));
    let text = csv(std::iter::once(head).chain(rows));
    output.raw(&text.map_err(|error| Failure::Incomplete(error.to_string()))?)
}

/// Which events had come, and the instant whose state is told: that of the position, or as asked;
/// without either, now.
pub(super) async fn moment(
    opened: &Opened,
    conn: &mut PgConnection,
    asked: Option<Moment>,
) -> Result<(Cut, DateTime<Utc>), Failure> {
    match asked {
        Some(Moment::At(at)) => Ok((Cut::of(conn, Moment::At(at), false).await?, at)),
        Some(moment @ Moment::Position(position)) => {
            let cut = Cut::of(conn, moment, false).await?;
            Ok((cut, told::instant_of(opened, conn, position).await?))
        }
        #[expect(clippy::disallowed_methods, reason = "without a moment the present is asked for")]
        None => Ok((Cut::Position(head_of(conn).await?), Utc::now())),
    }
}

/// Where a ticket's lines stand: one for each part it is in.
fn places(
    question: &Question,
    ticket: TicketId,
    case: &Case,
) -> impl Iterator<Item = (Part, DateTime<Utc>, TicketId)> {
    let parts = Part::iter().filter(move |part| question.has(*part, case));
    parts.filter_map(move |part| Some((part, question.instant(part, case)?, ticket)))
}

fn show(
    output: &mut Output,
    question: &Question,
    unit: &str,
    report: &Report,
) -> Result<(), Failure> {
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let (from, to, at) = (instant(question.from), instant(question.to), instant(question.at));
    output.record(&json!({
        "unit": unit, "unit_id": question.unit, "from": from, "to": to, "at": at,
        "created": report.created, "incoming": report.incoming,
        "completed": success(&report.completed), "not_completed": success(&report.not_completed),
    }))?;
    output.say(&format!("{} from {from} to {to}, as of {at}", cell(unit, 60)))?;
    output.say(&format!(
        "{:<14} {:>9}  {:<22} {:<22} DEADLINE",
        "PART", "TICKETS", "REACTION", "WORK"
    ))?;
    for (part, tickets) in [(Part::Created, report.created), (Part::Incoming, report.incoming)] {
        output.say(&format!("{:<14} {tickets:>9}", part.to_string()))?;
    }
    for (part, it) in
        [(Part::Completed, report.completed), (Part::NotCompleted, report.not_completed)]
    {
        let [reaction, work, deadline] = [it.reaction, it.work, it.deadline].map(kept);
        let (part, tickets) = (part.to_string(), it.tickets);
        output.say(&format!("{part:<14} {tickets:>9}  {reaction:<22} {work:<22} {deadline}"))?;
    }
    Ok(())
}

/// How many of how many kept a limit, and the share.
fn kept(score: Score) -> String {
    let share = score.permille().map_or_else(|| "–".to_owned(), |it| format!("{} %", percent(it)));
    format!("{} of {} = {share}", score.met, score.met + score.failed)
}

fn success(it: &Success) -> Value {
    let score = |score: Score| {
        let success = score.permille().map(percent);
        json!({"met": score.met, "failed": score.failed, "success_percent": success})
    };
    json!({
        "tickets": it.tickets, "reaction": score(it.reaction), "work": score(it.work),
        "deadline": score(it.deadline),
    })
}
