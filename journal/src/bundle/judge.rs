//! Events judged by what alone they can be judged by: their form, their texts, their leaf. That is most
//! of the work, so it is done for several at once; what needs their order is done by the caller.

use std::path::Path;
use std::thread;

use super::EVENTS;
use super::error::BundleError;
use super::files::Reading;
use super::line::Line;
use super::manifest::Manifest;
use super::streams::Key;
use super::sums::Sums;
use crate::leaf::{Entry, Hash};
use crate::strict;
use crate::verify::Tampering;

/// Lines of a batch, at most,
const LINES: usize = 4_096;
/// and bytes, but for the last line.
const BYTES: usize = 8 << 20;

/// An event whose line and texts are in order.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) number: i64,
    pub(super) stream: Key,
    pub(super) sequence: i64,
    pub(super) kind: String,
    pub(super) entry: Entry,
    /// Of a part.
    pub(super) proof: Vec<Hash>,
    /// Type, identity and sequence.
    name: String,
}

impl Judged {
    /// That it is not what was recorded.
    pub(super) fn changed<T>(&self, number: i64, what: &'static str) -> Result<T, BundleError> {
        Err(Tampering::Changed { number, stream: self.name.clone(), what }.into())
    }

    fn of(
        manifest: &Manifest,
        bytes: &[u8],
        again: &mut Vec<u8>,
    ) -> Option<Result<Self, BundleError>> {
        let line =
            Line::parse(bytes, again).filter(|line| line.global_seq > 0 && line.sequence > 0)?;
        let salt = line.salt()?;
        let event = line.event(&salt)?;
        let judged = Self {
            number: line.global_seq,
            stream: Key::of(event.aggregate_type, event.aggregate_id),
            sequence: event.sequence,
            kind: line.kind(),
            entry: Entry::of(&manifest.origin, &event),
            proof: line.proof()?,
            name: line.stream(),
        };
        let strict = strict::check(event.payload).and_then(|()| strict::check(event.metadata));
        Some(if strict.is_err() {
            judged.changed(judged.number, "it is not strict JSON")
        } else if !manifest.chosen.has(judged.number, &event) {
            judged.changed(judged.number, "it is none of those that were chosen")
        } else if line.proof.is_some() == manifest.chosen.is_dense() {
            judged.changed(judged.number, "it has a proof, or lacks one")
        } else {
            Ok(judged)
        })
    }
}

/// The events of a bundle, some at a time.
#[derive(Debug)]
pub(super) struct Batches<'b> {
    manifest: &'b Manifest,
    events: Reading,
    /// How many lines were read.
    count: i64,
    text: Vec<u8>,
    /// Where each line of the text ends.
    ends: Vec<usize>,
}

impl<'b> Batches<'b> {
    pub(super) fn open(folder: &Path, manifest: &'b Manifest) -> Result<Self, BundleError> {
        let events = Reading::open(folder, EVENTS)?;
        Ok(Self { manifest, events, count: 0, text: Vec::new(), ends: Vec::new() })
    }

    /// The next ones, in their order; none behind the last that the manifest tells of.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Result<Judged, BundleError>>>, BundleError> {
        self.text.clear();
        self.ends.clear();
        let first = self.count + 1;
        // What ends too early is told once those before it have been looked at.
        let mut cut = None;
        while self.count < self.manifest.events
            && self.ends.len() < LINES
            && self.text.len() < BYTES
        {
            match self.events.append(&mut self.text) {
                Ok(true) => self.ends.push(self.text.len()),
                Ok(false) => {
                    let what =
                        format!("ends after {} of {} events", self.count, self.manifest.events);
                    cut = Some(BundleError::missing(EVENTS, what));
                    break;
                }
                Err(fault) => {
                    cut = Some(fault);
                    break;
                }
            }
            self.count += 1;
        }
        let mut batch = self.judged(first);
        batch.extend(cut.map(Err));
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// Refuses what stands behind them, and a file that is not the one that was written.
    pub(super) fn end(mut self, sums: &Sums) -> Result<(), BundleError> {
        if self.events.line(&mut self.text)? {
            return Err(BundleError::changed(EVENTS, "it has more events than the manifest says"));
        }
        self.events.check(sums)
    }

    /// Shared out among as many as there are processors.
    fn judged(&self, first: i64) -> Vec<Result<Judged, BundleError>> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let lines: Vec<&[u8]> =
            begins.zip(&self.ends).map(|(begin, &end)| &self.text[begin..end]).collect();
        let hands = thread::available_parallelism().map_or(1, usize::from);
        let share = lines.len().div_ceil(hands).max(64);
        let manifest = self.manifest;
        thread::scope(|scope| {
            let shares = lines.chunks(share).zip((first..).step_by(share));
            let running: Vec<_> = shares
                .map(|(lines, first)| scope.spawn(move || judge(manifest, lines, first)))
                .collect();
            let ended = running.into_iter().map(|share| share.join());
            ended
                .flat_map(|share| share.unwrap_or_else(|died| std::panic::resume_unwind(died)))
                .collect()
        })
    }
}

fn judge(manifest: &Manifest, lines: &[&[u8]], first: i64) -> Vec<Result<Judged, BundleError>> {
    let mut again = Vec::new();
    let one = |(number, bytes): (i64, &&[u8])| {
        Judged::of(manifest, bytes, &mut again).unwrap_or_else(|| {
            let what = "it is not an event in the form of a bundle";
            Err(BundleError::changed(format!("{EVENTS} line {number}"), what))
        })
    };
    (first..).zip(lines).map(one).collect()
}
