//! How clocks are said to count, on the way into a command.

use async_graphql::{ID, InputObject, OneofObject};
use domain::sla_plan::EscalationAction;
use domain::sla_plan::command::{WantedClock, WantedThreshold};

use super::words::{ClockKind, EscalationPlainVerb, EscalationRecipient, PauseState};
use crate::graphql::input::{one_way, optional, single};
use crate::graphql::refusal::UserError;

/// One thing that is done to a ticket.
#[derive(Debug, Clone, OneofObject)]
enum EscalationActionInput {
    /// What needs nothing more.
    Plain(EscalationPlainVerb),
    /// Gives it to this unit as a whole.
    AssignToUnit(ID),
    /// Tells them.
    Notify(EscalationRecipient),
    /// Puts it under this word, at most 100 characters.
    Tag(String),
}

/// What is done beyond a share of the limit.
#[derive(Debug, Clone, InputObject)]
struct SlaPlanEscalationInput {
    /// The share, 1 to 1,000 percent; a threshold by this alone.
    percent: i64,
    /// What, at most 10 things in order.
    actions: Vec<EscalationActionInput>,
}

/// How a clock counts.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct SlaPlanClockInput {
    /// Which clock.
    pub(super) clock: ClockKind,
    /// In whose hours; absent: always.
    calendar_id: Option<ID>,
    /// States in which it does not run; absent: none.
    pause_states: Option<Vec<PauseState>>,
    /// Shares of the limit of which the crossing is recorded, 1 to 1,000 percent, distinct, at most
    /// 10; absent: 75 and 100.
    thresholds: Option<Vec<i64>>,
    /// What is done beyond them; the shares are thresholds too.
    escalations: Option<Vec<SlaPlanEscalationInput>>,
}

impl EscalationActionInput {
    /// As the domain judges it; `place` is where it stands in the input.
    fn into_action(self, place: &str) -> Result<EscalationAction, UserError> {
        Ok(match self {
            Self::Plain(verb) => verb.into(),
            Self::AssignToUnit(id) => {
                let unit = single("clocks", &id);
                EscalationAction::AssignToUnit { unit: placed(unit, place, "assignToUnit")? }
            }
            Self::Notify(whom) => EscalationAction::Notify { whom: whom.into() },
            Self::Tag(tag) => EscalationAction::Tag { tag },
        })
    }
}

impl SlaPlanEscalationInput {
    fn into_threshold(self, place: &str) -> Result<WantedThreshold, UserError> {
        let actions = self.actions.into_iter().enumerate();
        let actions =
            actions.map(|(index, action)| action.into_action(&format!("{place}.actions[{index}]")));
        Ok(WantedThreshold { percent: self.percent, actions: actions.collect::<Result<_, _>>()? })
    }
}

impl SlaPlanClockInput {
    /// As the domain judges it; `place` is where it stands in the input.
    fn into_wanted(self, place: &str) -> Result<WantedClock, UserError> {
        let calendar = optional("clocks", self.calendar_id.as_ref());
        let calendar = placed(calendar, place, "calendarId")?;
        let pauses = self.pause_states.unwrap_or_default();
        let thresholds = match (self.thresholds, self.escalations) {
            (None, None) => None,
            (percents, escalations) => Some(thresholds(
                place,
                percents.unwrap_or_else(|| USUAL.to_vec()),
                escalations.unwrap_or_default(),
            )?),
        };
        let pause_states = pauses.into_iter().map(Into::into).collect();
        Ok(WantedClock { calendar, pause_states, thresholds })
    }
}

/// Thresholds of a clock for which none are named.
const USUAL: [i64; 2] = [75, 100];

/// Those at which something is done, and the others.
fn thresholds(
    place: &str,
    percents: Vec<i64>,
    escalations: Vec<SlaPlanEscalationInput>,
) -> Result<Vec<WantedThreshold>, UserError> {
    let escalations = escalations.into_iter().enumerate();
    let escalations =
        escalations.map(|(index, it)| it.into_threshold(&format!("{place}.escalations[{index}]")));
    let mut all: Vec<WantedThreshold> = escalations.collect::<Result<_, _>>()?;
    let acting: Vec<i64> = all.iter().map(|threshold| threshold.percent).collect();
    let plain = percents.into_iter().filter(|percent| !acting.contains(percent));
    all.extend(plain.map(|percent| WantedThreshold { percent, actions: Vec::new() }));
    Ok(all)
}

/// The three clocks of a plan: what is not named counts always, without pauses.
pub(super) fn wanted(inputs: Vec<SlaPlanClockInput>) -> Result<[WantedClock; 3], UserError> {
    let mut found: [Option<WantedClock>; 3] = [None, None, None];
    for (index, input) in inputs.into_iter().enumerate() {
        let place = &mut found[input.clock as usize];
        if place.is_some() {
            let error = one_way("clocks", "a clock is there twice");
            return Err(error.with("place", format!("clocks[{index}].clock").into()));
        }
        *place = Some(input.into_wanted(&format!("clocks[{index}]"))?);
    }
    Ok(found.map(Option::unwrap_or_default))
}

/// What is wrong with a part of it, with where that stands.
fn placed<T>(read: Result<T, UserError>, place: &str, part: &str) -> Result<T, UserError> {
    read.map_err(|error| error.with("place", format!("{place}.{part}").into()))
}
