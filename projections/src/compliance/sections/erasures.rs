//! 14: who was erased and by whose yes, what keys are gone, and what evidence is held against it.

use domain::erasure::Phase;
use domain::evidence_hold::HeldObject;
use domain::kernel::{ErasureId, EvidenceHoldId};

use super::super::document::{Item, Section, Tally};
use super::super::known::{KnownErasure, KnownHold, Mark};
use super::{View, instant};

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period, (position, at)) = (view.known, view.period(), view.end());
    let came_to = |phase: Phase| -> Tally {
        let found = known.erasures.iter().filter_map(|(id, erasure)| {
            let mark = erasure.reached(phase).filter(|mark| mark.is_in(period))?;
            Some(line(*id, erasure, mark))
        });
        found.collect()
    };
    let stood_at = |is: fn(Phase) -> bool| -> Tally {
        let found = known.erasures.iter().filter_map(|(id, erasure)| {
            let (phase, mark) = erasure.at(position).filter(|(phase, _)| is(*phase))?;
            Some(line(*id, erasure, mark).with("phase", phase))
        });
        found.collect()
    };
    let mut section = Section::new(14, "Erasures and evidence holds");
    section.count("requested", came_to(Phase::Requested));
    section.count("refused", came_to(Phase::Refused));
    section.count("withdrawn", came_to(Phase::Withdrawn));
    section.count("certified", came_to(Phase::Certified));
    section.count("keys_destroyed", keys_destroyed(view));
    section.count("purges_open_at_end", stood_at(|phase| phase == Phase::KeysDestroyed));
    let open = |phase| !matches!(phase, Phase::Refused | Phase::Withdrawn | Phase::Certified);
    section.count("open_at_end", stood_at(open));
    let holds = |shown: &dyn Fn(&KnownHold) -> Option<Mark>| -> Tally {
        let found = known.holds.iter().filter_map(|(id, hold)| {
            let shown = shown(hold)?;
            Some(line_of_hold(*id, hold, &shown))
        });
        found.collect()
    };
    let in_period = |mark: &Mark| mark.is_in(period);
    section.count("holds_placed", holds(&|it| Some(it.placed.clone()).filter(in_period)));
    section.count("holds_lifted", holds(&|it| it.lifted.clone().filter(in_period)));
    let standing = |it: &KnownHold| it.stands(position, at).then(|| it.placed.clone());
    section.count("holds_standing_at_end", holds(&standing));
    section
}

/// A line for each key: a person may have had none, or several.
fn keys_destroyed(view: &View<'_>) -> Tally {
    let mut keys = Tally::default();
    for (id, erasure) in &view.known.erasures {
        let destroyed = erasure.reached(Phase::KeysDestroyed);
        let Some(mark) = destroyed.filter(|mark| mark.is_in(view.period())) else { continue };
        for key in &erasure.keys {
            let item = Item::of([mark.position])
                .with("erasure", id)
                .with("person", erasure.person)
                .with("key", key)
                .with("at", instant(mark.at));
            keys.line(item);
        }
    }
    keys
}

/// An erasure, shown by what had become of it by then.
fn line(id: ErasureId, erasure: &KnownErasure, mark: &Mark) -> Item {
    let so_far = |(_, step): &&(Phase, Mark)| step.position <= mark.position;
    let by_then =
        |phase: Phase| erasure.reached(phase).filter(|step| step.position <= mark.position);
    let exemption = by_then(Phase::Refused).and(erasure.exemption);
    let keys = by_then(Phase::KeysDestroyed).map(|_| erasure.keys.len());
    Item::of(erasure.steps.iter().filter(so_far).map(|(_, step)| step.position))
        .with("erasure", id)
        .with("person", erasure.person)
        .with("ground", erasure.ground)
        .with("at", instant(mark.at))
        .with("by", &mark.by)
        .maybe("requested_at", by_then(Phase::Requested).map(|step| instant(step.at)))
        .maybe("requested_by", by_then(Phase::Requested).map(|step| &step.by))
        .maybe("approved_by", by_then(Phase::Approved).map(|step| &step.by))
        .maybe("exemption", exemption)
        .maybe("keys", keys)
}

fn line_of_hold(id: EvidenceHoldId, hold: &KnownHold, mark: &Mark) -> Item {
    let (what, object) = match hold.on {
        HeldObject::Person(person) => ("person", person.to_string()),
        HeldObject::Ticket(ticket) => ("ticket", ticket.to_string()),
    };
    Item::of([hold.placed.position, mark.position])
        .with("hold", id)
        .with(what, object)
        .with("at", instant(mark.at))
        .with("by", &mark.by)
        .with("placed_at", instant(hold.placed.at))
        .maybe("until", hold.until.map(instant))
}
