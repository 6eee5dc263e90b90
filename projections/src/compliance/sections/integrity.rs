//! 1 and 12: which log this is of, and what holds it together.

use super::super::document::{Item, Positions, Section, Tally, Value};
use super::super::read::Anchor;
use super::View;

pub(super) fn scope(view: &View<'_>, sections: &[Section]) -> Section {
    let mut section = Section::new(1, "Scope");
    let (after, through) = view.period();
    let nothing = Positions::default;
    section.say("log", Value::Text(view.span.origin.clone()), nothing());
    section.say("position", Value::Number(view.question.at), nothing());
    let period: Positions =
        if after < through { Positions::range(after + 1, through) } else { nothing() };
    section.say("events_in_period", Value::Number(through - after), period);
    anchor(&mut section, ["size_at_start", "root_at_start"], view.sealing.start.as_ref());
    anchor(&mut section, ["size_at_end", "root_at_end"], view.sealing.end.as_ref());
    section.say("generator", Value::Text(super::super::document::FORMAT.to_owned()), nothing());
    let digest =
        |part: &Section| Item::default().with("section", part.number).with("sha256", part.digest());
    let mut digests = Tally::default();
    sections.iter().for_each(|part| digests.line(digest(part)));
    section.count("sections", digests);
    section
}

/// The last tree signed by then; nothing if none was.
fn anchor(section: &mut Section, [size, root]: [&'static str; 2], anchor: Option<&Anchor>) {
    let number = anchor.map_or(Value::Nothing, |it| Value::Number(it.size));
    section.say(size, number, Positions::default());
    let hex = |root: &[u8]| root.iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = anchor.map_or(Value::Nothing, |it| Value::Text(hex(&it.root)));
    section.say(root, hash, Positions::default());
}

pub(super) fn section(view: &View<'_>) -> Section {
    let (sealing, at) = (view.sealing, view.question.at);
    let mut section = Section::new(12, "Integrity of the log");
    let nothing = Positions::default;
    // Of a log with gaps nobody can say which they are.
    let whole = if view.span.entries == at { Positions::range(1, at) } else { nothing() };
    section.say("entries", Value::Number(view.span.entries), whole);
    section.say("entries_missing", Value::Number(at - view.span.entries), nothing());
    section.say("checkpoints_in_period", Value::Number(sealing.checkpoints), nothing());
    let slowest = sealing.slowest.map_or(Value::Nothing, |(_, millis)| Value::Number(millis));
    let shown = sealing.slowest.map(|(position, _)| position);
    section.say("slowest_signature_milliseconds", slowest, shown.into_iter().collect());
    let last = sealing.last.as_ref();
    let size = last.map_or(0, |anchor| anchor.size);
    anchor(&mut section, ["signed_size", "signed_root"], last);
    let tail = if size < at { Positions::range(size + 1, at) } else { nothing() };
    section.say("unsigned_events", Value::Number(at - size), tail);
    let mut signers = Tally::default();
    for name in last.into_iter().flat_map(|anchor| &anchor.signers) {
        signers.line(Item::default().with("name", name));
    }
    section.count("signatures", signers);
    section
}
