//! The report as a document: sections of numbered figures, each with its events.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::str::FromStr;

use domain::compliance_report::Question;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The only format so far.
pub(super) const FORMAT: &str = "annals-compliance/1";
/// Larger documents are neither made nor read; in bytes.
pub const DOCUMENT_MAX: usize = 256 << 20;
/// The section of the sample.
pub(super) const SAMPLE: u8 = 13;

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Which format, and with it what made it.
    pub format: Cow<'static, str>,
    /// Of which log.
    pub origin: String,
    /// What was asked.
    pub question: Question,
    /// The last position before the period.
    pub after: i64,
    /// The last position of the period.
    pub through: i64,
    /// Which sections answer for which control.
    pub controls: BTreeMap<Cow<'static, str>, Vec<u8>>,
    /// In the order of their numbers, which have gaps where something does not exist.
    pub sections: Vec<Section>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// 1 to 14.
    pub number: u8,
    /// What it is about.
    pub title: Cow<'static, str>,
    /// In the order of their numbers.
    pub figures: Vec<Figure>,
}

/// One number, or one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// From 1, within its section; always the same.
    pub number: u8,
    /// What it says, such as `people_at_start`.
    pub name: Cow<'static, str>,
    /// What it is.
    pub value: Value,
    /// What it was counted from.
    pub events: Positions,
    /// What it consists of, where that is worth a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// What a figure is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(i64),
    /// A word.
    Text(String),
    /// There is nothing that it could be said of.
    Nothing,
}

/// One of the things that a figure counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What is known of it, by name.
    pub cells: BTreeMap<Cow<'static, str>, String>,
    /// What shows it.
    pub events: Positions,
}

/// Positions of the log, each once; written as `1-5,8`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Positions(Vec<(i64, i64)>);

/// The text is no document of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a compliance report")]
pub struct Unfit;

impl Report {
    /// The text of it.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string(self).expect("texts and numbers are JSON");
        text.push('\n');
        text
    }

    /// The SHA-256 of its text, in lower-case hex.
    pub fn digest(&self) -> String {
        sha256(self.text().as_bytes())
    }

    /// Whether its text has at most so many bytes.
    pub(super) fn fits_in(&self, most: usize) -> bool {
        // One of them is the line feed.
        let mut room = Room(most.saturating_sub(1));
        serde_json::to_writer(&mut room, self).is_ok()
    }

    /// Reads a text. It must be the very text that its contents are written as, and show nothing that
    /// came after what it looked at.
    ///
    /// # Errors
    /// It is not.
    pub fn parse(text: &[u8]) -> Result<Self, Unfit> {
        if text.len() > DOCUMENT_MAX {
            return Err(Unfit);
        }
        let report: Self = serde_json::from_slice(text).map_err(|_| Unfit)?;
        let same = report.format == FORMAT && report.text().as_bytes() == text;
        (same && report.is_in_bounds()).then_some(report).ok_or(Unfit)
    }

    fn is_in_bounds(&self) -> bool {
        let fits = |events: &Positions| events.last().is_none_or(|last| last <= self.question.at);
        let mut figures = self.sections.iter().flat_map(|section| &section.figures);
        figures.all(|it| fits(&it.events) && it.items.iter().all(|item| fits(&item.events)))
    }

    /// A section, if it exists.
    pub fn section(&self, number: u8) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// What shows everything that was drawn as a sample.
    pub fn sampled(&self) -> Positions {
        let figures = self.section(SAMPLE).into_iter().flat_map(|section| &section.figures);
        figures.flat_map(|figure| figure.events.iter()).collect()
    }

    /// A figure, if it exists.
    pub fn figure(&self, section: u8, number: u8) -> Option<&Figure> {
        self.section(section)?.figures.iter().find(|figure| figure.number == number)
    }
}

/// The SHA-256 of a text, in lower-case hex: what the log keeps of a report.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Section {
    pub(super) fn new(number: u8, title: &'static str) -> Self {
        Self { number, title: title.into(), figures: Vec::new() }
    }

    /// One more figure behind the others.
    pub(super) fn say(&mut self, name: &'static str, value: Value, events: Positions) {
        let number = self.next();
        let items = Vec::new();
        self.figures.push(Figure { number, name: name.into(), value, events, items });
    }

    /// The same, of things that were counted.
    pub(super) fn count(&mut self, name: &'static str, tally: Tally) {
        let number = self.next();
        let (value, events) = (Value::Number(tally.count), tally.events.into_iter().collect());
        self.figures.push(Figure { number, name: name.into(), value, events, items: tally.items });
    }

    fn next(&self) -> u8 {
        u8::try_from(self.figures.len() + 1).expect("a section has a few figures")
    }

    /// The SHA-256 of what it says.
    pub(super) fn digest(&self) -> String {
        sha256(&serde_json::to_vec(self).expect("texts and numbers are JSON"))
    }
}

/// How much may be written yet; keeps nothing of it.
struct Room(usize);

impl io::Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Things that are being counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: i64,
    events: Vec<i64>,
    items: Vec<Item>,
}

impl Tally {
    /// One more, shown by these.
    pub(super) fn add(&mut self, events: impl IntoIterator<Item = i64>) {
        self.count += 1;
        self.events.extend(events);
    }

    /// One more, with a line of its own.
    pub(super) fn line(&mut self, item: Item) {
        self.add(item.events.iter());
        self.items.push(item);
    }

    /// A line that stands for so many, which are counted already.
    pub(super) fn part(&mut self, item: Item) {
        self.items.push(item);
    }
}

impl FromIterator<Item> for Tally {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let mut tally = Self::default();
        items.into_iter().for_each(|item| tally.line(item));
        tally
    }
}

impl Item {
    pub(super) fn of(events: impl IntoIterator<Item = i64>) -> Self {
        Self { cells: BTreeMap::new(), events: events.into_iter().collect() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.cells.insert(name.into(), value.to_string());
        self
    }

    /// The same, shown by these besides.
    pub(super) fn and(self, events: impl IntoIterator<Item = i64>) -> Self {
        let events = self.events.iter().chain(events).collect();
        Self { events, ..self }
    }

    pub(super) fn maybe(self, name: &'static str, value: Option<impl fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

impl Positions {
    /// All from the one to the other, both within.
    pub(super) fn range(first: i64, last: i64) -> Self {
        Self(vec![(first, last)])
    }

    /// Each, in order.
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// The last one.
    fn last(&self) -> Option<i64> {
        self.0.last().map(|(_, last)| *last)
    }

    /// At most so many behind this one, in order.
    pub fn behind(&self, position: i64, most: usize) -> Vec<i64> {
        let later = self.0.iter().filter(|(_, last)| position < *last);
        later.flat_map(|(first, last)| (*first).max(position + 1)..=*last).take(most).collect()
    }

    /// How many.
    pub fn count(&self) -> i64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }
}

impl FromIterator<i64> for Positions {
    fn from_iter<I: IntoIterator<Item = i64>>(positions: I) -> Self {
        let mut sorted: Vec<i64> = positions.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        for position in sorted {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == position => *last = position,
                _ => ranges.push((position, position)),
            }
        }
        Self(ranges)
    }
}

impl fmt::Display for Positions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (first, last)) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}

impl From<Positions> for String {
    fn from(positions: Positions) -> Self {
        positions.to_string()
    }
}

impl FromStr for Positions {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let (mut ranges, mut before) = (Vec::new(), 0_i64);
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str| text.parse::<i64>().map_err(|_| Unfit);
            let (first, last) = (number(first)?, number(last)?);
            if first <= before || last < first || last == i64::MAX {
                return Err(Unfit);
            }
            before = last + 1;
            ranges.push((first, last));
        }
        Ok(Self(ranges))
    }
}

impl TryFrom<String> for Positions {
    type Error = Unfit;

    fn try_from(text: String) -> Result<Self, Unfit> {
        text.parse()
    }
}
