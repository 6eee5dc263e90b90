//! The events of a file, as far as days are concerned.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use icalendar::parser::Property;

use super::dates::{date, day_of, days, is_timed};
use super::fault::{Fault, IcalFault};
use super::lines::{Line, Said, lines};
use crate::kernel::text::NAME_MAX;

/// An event.
pub(super) struct Event {
    /// The line on which it begins.
    pub(super) line: usize,
    /// Which events are the same, but for RECURRENCE-ID.
    pub(super) uid: String,
    /// One line, at most 200 characters; may be empty.
    pub(super) name: String,
    pub(super) cancelled: bool,
    pub(super) start: Start,
    /// L3: the occurrence it stands for.
    pub(super) instance: Option<NaiveDate>,
    /// Each with its line.
    pub(super) rules: Vec<(usize, String)>,
    pub(super) added: Vec<NaiveDate>,
    pub(super) left_out: BTreeSet<NaiveDate>,
}

/// When it is for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At a time of day.
    Timed,
    /// The whole of this day, and of so many in all.
    Day(NaiveDate, u64),
}

/// An event of which not everything is read yet.
struct Unread {
    event: Event,
    first: Option<Start>,
    end: Option<NaiveDate>,
    length: Option<u64>,
}

/// L7: the events of the calendars in a file.
pub(super) fn events(text: &str) -> Result<Vec<Event>, IcalFault> {
    let lines = lines(text)?;
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut current: Option<Unread> = None;
    let mut events = Vec::new();
    for line in &lines {
        match line.read() {
            Ok(Said::Begin(name)) if open.is_empty() && name != "VCALENDAR" => {
                return Err(line.fault(Fault::NotACalendar));
            }
            Ok(Said::Begin(name)) => {
                if open.len() == 1 && name == "VEVENT" {
                    current = Some(Unread::at(line.number));
                }
                open.push((name, line.number));
            }
            Ok(Said::End(name)) => {
                open.pop().filter(|it| it.0 == name).ok_or(line.fault(Fault::Unbegun))?;
                if open.len() == 1 {
                    events.extend(current.take().map(Unread::read).transpose()?);
                }
            }
            _ if open.is_empty() => return Err(line.fault(Fault::NotACalendar)),
            Ok(Said::Property(property)) => {
                if let Some(event) = current.as_mut().filter(|_| open.len() == 2) {
                    event.learn(&property, line)?;
                }
            }
            Err(fault) => return Err(fault),
        }
    }
    match open.first() {
        Some((_, line)) => Err(IcalFault { line: *line, fault: Fault::Unended }),
        None if lines.is_empty() => Err(IcalFault { line: 1, fault: Fault::NotACalendar }),
        None => Ok(events),
    }
}

impl Unread {
    fn at(line: usize) -> Self {
        let event = Event {
            line,
            uid: String::new(),
            name: String::new(),
            cancelled: false,
            start: Start::Timed,
            instance: None,
            rules: Vec::new(),
            added: Vec::new(),
            left_out: BTreeSet::new(),
        };
        Self { event, first: None, end: None, length: None }
    }

    fn learn(&mut self, property: &Property<'_>, line: &Line) -> Result<(), IcalFault> {
        let value = property.val.as_ref().trim();
        let unfit = |name| line.fault(Fault::DateUnfit(name));
        // A time of day says nothing of whole days: an event that has one is passed over anyhow.
        let dates = |name| dates_of(value).ok_or(unfit(name));
        let event = &mut self.event;
        match property.name.as_ref().to_ascii_uppercase().as_str() {
            "UID" => event.uid = value.to_owned(),
            "SUMMARY" => event.name = one_line(value),
            "STATUS" => event.cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            "DTSTART" => self.first = Some(start(value).ok_or(unfit("DTSTART"))?),
            "DTEND" => self.end = Some(day_of(value).ok_or(unfit("DTEND"))?),
            "RECURRENCE-ID" => {
                event.instance = Some(day_of(value).ok_or(unfit("RECURRENCE-ID"))?);
            }
            "RRULE" => event.rules.push((line.number, value.to_owned())),
            "RDATE" => event.added.extend(dates("RDATE")?),
            "EXDATE" => event.left_out.extend(dates("EXDATE")?),
            // One of hours is that of an event with a time of day, or unfit for whole days.
            "DURATION" => self.length = Some(days(value).unwrap_or(0)),
            _ => {}
        }
        Ok(())
    }

    /// L1: with its first days.
    fn read(self) -> Result<Event, IcalFault> {
        let fault = |fault| IcalFault { line: self.event.line, fault };
        let start = match self.first.ok_or(fault(Fault::StartMissing))? {
            Start::Timed => Start::Timed,
            Start::Day(first, _) => {
                let to_end = |end: NaiveDate| (end - first).num_days();
                let length = match (self.end, self.length) {
                    (Some(end), _) => u64::try_from(to_end(end)).unwrap_or(1).max(1),
                    (None, Some(0)) => return Err(fault(Fault::DurationUnfit)),
                    (None, length) => length.unwrap_or(1),
                };
                Start::Day(first, length)
            }
        };
        Ok(Event { start, ..self.event })
    }
}

fn start(value: &str) -> Option<Start> {
    let day = date(value).map(|day| Start::Day(day, 1));
    day.or_else(|| is_timed(value).then_some(Start::Timed))
}

/// `20261224,20261231`; of periods the first day.
fn dates_of(value: &str) -> Option<Vec<NaiveDate>> {
    let begin = |text: &str| text.split_once('/').map_or(text, |it| it.0).trim().to_owned();
    value.split(',').map(|text| day_of(&begin(text))).collect()
}

/// As a person may see it.
fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().take(NAME_MAX * 8).map(plain).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(NAME_MAX).collect()
}
