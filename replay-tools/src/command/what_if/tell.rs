//! The answer on its way out: a table, JSON lines or CSV.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::sla::ClockKind;
use domain::what_if::{Compared, Difference, Totals};
use projections::what_if::{Answer, Changed};
use serde_json::{Value, json};

use crate::cli::WhatIf;
use crate::failure::Failure;
use crate::output::{Output, cell};

/// The columns of the CSV form.
const COLUMNS: [&str; 10] = [
    "difference",
    "number",
    "ticket",
    "opened_at",
    "clock",
    "real",
    "supposed",
    "seconds_real",
    "seconds_supposed",
    "seconds_difference",
];
/// What stands where there is no clock.
const NOTHING: &str = "–";

/// The clocks of which the verdict would be another.
pub(super) fn csv(output: &mut Output, answer: &Answer) -> Result<(), Failure> {
    output.say(&line(&COLUMNS.map(str::to_owned))?)?;
    for it in changed(answer) {
        output.say(&line(&fields(it, ""))?)?;
    }
    Ok(())
}

/// Totals and those clocks.
pub(super) fn all(
    output: &mut Output,
    answer: &Answer,
    (ask, at, through): (&WhatIf, DateTime<Utc>, i64),
) -> Result<(), Failure> {
    let tickets = answer.totals.tickets;
    output.say(&format!(
        "what if: {tickets} tickets opened from {} to {}; clocks read at {}; log position {through}",
        instant(ask.from),
        instant(ask.to),
        instant(at),
    ))?;
    totals(output, &answer.totals)?;
    for (title, list) in
        [("newly breached", &answer.newly_breached), ("newly met", &answer.newly_met)]
    {
        output.say(&format!("\n{title}: {}", list.len()))?;
        if !list.is_empty() {
            output.say(&row(&[
                "NUMBER",
                "OPENED",
                "CLOCK",
                "REAL",
                "SUPPOSED",
                "SECONDS",
                "WOULD BE",
                "DIFFERENCE",
            ]))?;
        }
        for it in list {
            let [_, number, _, opened, clock, real, supposed, took, would, more] =
                fields(it, NOTHING);
            output.say(&row(&[
                &cell(&number, 12),
                &opened,
                &clock,
                &real,
                &supposed,
                &took,
                &would,
                &more,
            ]))?;
        }
    }
    for it in changed(answer) {
        output.record(&record(it))?;
    }
    output.record(&json!({"totals": answer.totals, "at": at, "position": through}))
}

fn totals(output: &mut Output, totals: &Totals) -> Result<(), Failure> {
    let head = ["CLOCK", "BREACHED", "WOULD BE", "NEWLY", "NEWLY MET", "UNCHANGED", "UNMEASURED"];
    output.say(&counts(&head, ["SECONDS", "WOULD BE", "DIFFERENCE"]))?;
    for clock in [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline] {
        let it = totals.of(clock);
        let name: &str = clock.into();
        let numbers = [
            it.breached_real,
            it.breached_supposed,
            it.newly_breached,
            it.newly_met,
            it.unchanged,
            it.was_unmeasured,
        ]
        .map(|count| count.to_string());
        let [a, b, c, d, e, f] = &numbers;
        let seconds = [it.seconds_real, it.seconds_supposed, it.seconds_difference()];
        let [took, would, more] = seconds.map(|seconds| seconds.to_string());
        output.say(&counts(&[name, a, b, c, d, e, f], [&took, &would, &more]))?;
    }
    Ok(())
}

fn changed(answer: &Answer) -> impl Iterator<Item = &Changed> {
    answer.newly_breached.iter().chain(&answer.newly_met)
}

fn fields(it: &Changed, nothing: &str) -> [String; 10] {
    let Compared { clock, real, supposed, seconds_real, seconds_supposed } = it.compared;
    let seconds = |seconds: Option<i64>| {
        seconds.map_or_else(|| nothing.to_owned(), |seconds| seconds.to_string())
    };
    [
        it.compared.difference().to_string(),
        it.number.clone(),
        it.ticket.to_string(),
        instant(it.opened_at),
        clock.to_string(),
        real.to_string(),
        supposed.to_string(),
        seconds(seconds_real),
        seconds(seconds_supposed),
        seconds(difference(&it.compared)),
    ]
}

fn record(it: &Changed) -> Value {
    let Compared { clock, real, supposed, seconds_real, seconds_supposed } = it.compared;
    let difference_of: Difference = it.compared.difference();
    json!({
        "difference": difference_of,
        "number": it.number,
        "ticket": it.ticket,
        "opened_at": it.opened_at,
        "clock": clock,
        "real": real,
        "supposed": supposed,
        "seconds_real": seconds_real,
        "seconds_supposed": seconds_supposed,
        "seconds_difference": difference(&it.compared),
    })
}

/// How much longer it would have taken, where there are two clocks.
fn difference(it: &Compared) -> Option<i64> {
    Some(it.seconds_supposed? - it.seconds_real?)
}

fn line(fields: &[String; 10]) -> Result<String, Failure> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let incomplete = |why: String| Failure::Incomplete(format!("writing CSV: {why}"));
    writer.write_record(fields).map_err(|fault| incomplete(fault.to_string()))?;
    let bytes = writer.into_inner().map_err(|fault| incomplete(fault.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned())
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn counts(counts: &[&str; 7], seconds: [&str; 3]) -> String {
    let [clock, breached, would_be, newly, met, unchanged, unmeasured] = counts;
    let [took, would, more] = seconds;
    format!(
        "{clock:<9} {breached:>9} {would_be:>9} {newly:>9} {met:>9} {unchanged:>9} {unmeasured:>10} \
         {took:>12} {would:>12} {more:>12}"
    )
}

fn row(fields: &[&str; 8]) -> String {
    let [number, opened, clock, real, supposed, took, would, more] = fields;
    format!(
        "{number:<12} {opened:<20} {clock:<9} {real:<10} {supposed:<10} {took:>10} {would:>10} {more:>11}"
    )
}
