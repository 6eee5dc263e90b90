//! One verb a file; how a clock of a plan must be stands here.

pub mod define;

use std::collections::BTreeSet;

use self::define::{WantedClock, WantedThreshold};
use super::event::{Clock, Threshold};
use super::refusal::SlaPlanRefusal;
use super::words::EscalationAction;
use crate::kernel::Context;
use crate::kernel::text::{self, WORD_MAX};
use crate::sla::ClockKind;

/// The most thresholds of a clock.
pub(super) const THRESHOLDS_MAX: usize = 10;
/// The most things done beyond a threshold.
pub(super) const ACTIONS_MAX: usize = 10;
/// The highest threshold, in percent.
const PERCENT_MAX: u16 = 1_000;

/// L3 to L5, as it is stored: thresholds in their order.
fn fit_clock(clock: ClockKind, wanted: WantedClock, cx: &Context) -> Result<Clock, SlaPlanRefusal> {
    let (calendar, pause_states) = (wanted.calendar, wanted.pause_states.clone());
    if let Some(calendar) = calendar.filter(|id| !cx.facts.calendars.contains_key(id)) {
        return Err(SlaPlanRefusal::CalendarUnknown { clock, calendar });
    }
    let wanted = wanted.thresholds();
    if wanted.len() > THRESHOLDS_MAX {
        return Err(SlaPlanRefusal::TooManyThresholds { clock });
    }
    let mut seen = BTreeSet::new();
    let mut thresholds = Vec::with_capacity(wanted.len());
    for threshold in wanted {
        if !seen.insert(threshold.percent) {
            return Err(SlaPlanRefusal::ThresholdTwice { clock, percent: threshold.percent });
        }
        thresholds.push(fit_threshold(clock, threshold, cx)?);
    }
    thresholds.sort_unstable_by_key(|threshold| threshold.percent);
    Ok(Clock { calendar, pause_states, thresholds })
}

fn fit_threshold(
    clock: ClockKind,
    wanted: WantedThreshold,
    cx: &Context,
) -> Result<Threshold, SlaPlanRefusal> {
    let percent = wanted.percent;
    let fits = u16::try_from(percent).ok().filter(|it| (1..=PERCENT_MAX).contains(it));
    let stored = fits.ok_or(SlaPlanRefusal::ThresholdUnfit { clock, percent })?;
    if wanted.actions.len() > ACTIONS_MAX {
        return Err(SlaPlanRefusal::TooManyActions { clock, percent });
    }
    let fit = |action| match action {
        EscalationAction::AssignToUnit { unit } if !cx.facts.takes_tickets(unit) => {
            Err(SlaPlanRefusal::UnitUnfit { clock, percent, unit })
        }
        EscalationAction::Tag { tag } => match text::line(&tag.to_lowercase(), WORD_MAX) {
            Ok(tag) => Ok(EscalationAction::Tag { tag }),
            Err(fault) => Err(SlaPlanRefusal::TagUnfit { clock, percent, fault }),
        },
        action => Ok(action),
    };
    let actions = wanted.actions.into_iter().map(fit).collect::<Result<_, _>>()?;
    Ok(Threshold { percent: stored, actions })
}
