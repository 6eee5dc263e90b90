//! Files as desks export them, and such as no desk would.

mod hostile;
mod recurring;
mod single;

use super::{Fault, Holidays, IcalFault, holidays};

/// A calendar around these lines.
fn calendar(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{lines}END:VCALENDAR\r\n")
}

/// An event of these lines, which begins on line 4 when it is the first.
fn event(lines: &[&str]) -> String {
    format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines.join("\r\n"))
}

/// What a file with this event says of the years 2024 to 2027.
fn read(lines: &[&str]) -> Result<Holidays, IcalFault> {
    holidays(&calendar(&event(lines)), 2024..=2027)
}

/// The days of this event in the years 2024 to 2027.
fn days(lines: &[&str]) -> Vec<String> {
    days_of(&calendar(&event(lines)))
}

/// The days of this file in these years.
fn days_of(text: &str) -> Vec<String> {
    let found = holidays(text, 2024..=2027).unwrap();
    found.dates.keys().map(ToString::to_string).collect()
}

fn fault(text: &str) -> (usize, Fault) {
    let fault = holidays(text, 2024..=2027).unwrap_err();
    (fault.line, fault.fault)
}
