//! Note deadline: time goes by, and nobody has decided.

use std::collections::BTreeSet;

use super::{Decided, known};
use crate::access_request::event::{AccessRequestEvent, Escalated, Reminded, TimedOut};
use crate::access_request::state::{AccessRequest, Body, Round};
use crate::kernel::{Context, PersonId};

/// AR7. A reminder, an escalation or the end, whichever is due. Before that, and when nothing waits,
/// nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDeadline {}

impl NoteDeadline {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        let Ok(round) = body.round() else { return Ok(vec![]) };
        let due = match cx.now {
            now if now >= round.steps.due_at => return escalate(body, round, cx),
            now if now >= round.steps.most_at => 90,
            now if now >= round.steps.half_at => 50,
            _ => 0,
        };
        if due <= round.reminded {
            return Ok(vec![]);
        }
        Ok(vec![AccessRequestEvent::Reminded(Reminded { percent: due })])
    }
}

/// One level up; a level that would bring nobody new is passed over.
fn escalate(body: &Body, round: &Round, cx: &Context) -> Decided {
    let facts = known(cx)?;
    let taken: BTreeSet<PersonId> =
        round.seats.iter().flat_map(|(meant_for, seat)| [*meant_for, seat.holder]).collect();
    let levels = body.plan.iter().flat_map(|plan| &plan.escalations).enumerate();
    let above = levels.skip(round.level.into()).find_map(|(place, people)| {
        let to: BTreeSet<PersonId> = people - &taken;
        let level = u8::try_from(place + 1).ok()?;
        (!to.is_empty()).then_some((level, to))
    });
    let Some(((level, to), stage)) = above.zip(body.stage(round.stage)) else {
        return Ok(vec![AccessRequestEvent::TimedOut(TimedOut {})]);
    };
    let steps = facts.steps(stage.span, cx.now);
    Ok(vec![AccessRequestEvent::Escalated(Escalated { level, to, steps })])
}
