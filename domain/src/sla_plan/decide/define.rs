//! Define: this is the plan from now on.

use std::collections::{BTreeMap, BTreeSet};

use strum::IntoEnumIterator;

use super::fit_clock;
use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{CalendarId, Context, Needs};
use crate::sla::{ChangePolicy, ClockKind, PauseState};
use crate::sla_plan::event::{Clocks, Defined, SlaPlanEvent, Targets};
use crate::sla_plan::refusal::SlaPlanRefusal;
use crate::sla_plan::state::SlaPlan;
use crate::sla_plan::words::EscalationAction;
use crate::ticket::Priority;

/// The longest target, in seconds: ten years.
pub(in crate::sla_plan) const TARGET_MAX: i64 = 10 * 366 * 86_400;
/// Thresholds of a clock for which none are named, in percent.
const THRESHOLDS: [i64; 2] = [75, 100];

/// L1 to L5. The plan is this, as a whole, from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// What becomes of the time before, when a ticket comes under its terms.
    pub policy: ChangePolicy,
    /// How long things may take; each priority is named.
    pub targets: BTreeMap<Priority, WantedTargets>,
    /// How the reaction clock counts.
    pub reaction: WantedClock,
    /// Likewise the work clock.
    pub work: WantedClock,
    /// Likewise the deadline clock.
    pub deadline: WantedClock,
}

/// How long things may take, in seconds: 0 (no target) to ten years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WantedTargets {
    /// Until somebody starts to work.
    pub reaction_seconds: i64,
    /// While somebody works.
    pub work_seconds: i64,
    /// Until it is solved.
    pub deadline_seconds: i64,
}

/// How a clock counts: always, without pauses and with the usual thresholds, unless it is said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WantedClock {
    /// In whose hours; none: always.
    pub calendar: Option<CalendarId>,
    /// States in which it does not run.
    pub pause_states: BTreeSet<PauseState>,
    /// At most 10, distinct; none: 75 and 100 percent, at which nothing is done.
    pub thresholds: Option<Vec<WantedThreshold>>,
}

/// What is done beyond a share of the limit.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedThreshold {
    /// 1 to 1,000.
    pub percent: i64,
    /// At most 10, in order.
    pub actions: Vec<EscalationAction>,
}

impl Define {
    pub(in crate::sla_plan) fn needs(&self) -> Needs {
        let clocks = [&self.reaction, &self.work, &self.deadline];
        let thresholds = clocks.iter().flat_map(|clock| clock.thresholds.iter().flatten());
        let actions = thresholds.flat_map(|threshold| &threshold.actions);
        Needs {
            calendars: clocks.iter().filter_map(|clock| clock.calendar).collect(),
            units: actions.filter_map(EscalationAction::unit).collect(),
            ..Needs::default()
        }
    }

    pub(in crate::sla_plan) fn decide(
        self,
        plan: &SlaPlan,
        cx: &Context,
    ) -> Result<Vec<SlaPlanEvent>, SlaPlanRefusal> {
        let definition = Defined {
            name: text::line(&self.name, NAME_MAX).map_err(SlaPlanRefusal::NameUnfit)?,
            policy: self.policy,
            targets: fit_targets(&self.targets)?,
            clocks: Clocks {
                reaction: fit_clock(ClockKind::Reaction, self.reaction, cx)?,
                work: fit_clock(ClockKind::Work, self.work, cx)?,
                deadline: fit_clock(ClockKind::Deadline, self.deadline, cx)?,
            },
        };
        if plan.0.as_ref().is_some_and(|body| body.definition == definition) {
            return Ok(vec![]);
        }
        Ok(vec![SlaPlanEvent::Defined(Box::new(definition))])
    }
}

impl WantedClock {
    /// The thresholds that are named, else the usual ones.
    pub(super) fn thresholds(self) -> Vec<WantedThreshold> {
        let usual = |percent| WantedThreshold { percent, actions: Vec::new() };
        self.thresholds.unwrap_or_else(|| THRESHOLDS.map(usual).into())
    }
}

/// L2
fn fit_targets(
    wanted: &BTreeMap<Priority, WantedTargets>,
) -> Result<BTreeMap<Priority, Targets>, SlaPlanRefusal> {
    if wanted.is_empty() {
        return Err(SlaPlanRefusal::NoTargets);
    }
    let fit = |priority| {
        let missing = || SlaPlanRefusal::TargetsMissing { priority };
        let wanted = wanted.get(&priority).ok_or_else(missing)?;
        let fit = |clock, seconds| {
            let fits = u32::try_from(seconds).ok().filter(|_| seconds <= TARGET_MAX);
            fits.ok_or(SlaPlanRefusal::TargetUnfit { priority, clock })
        };
        let targets = Targets {
            reaction_seconds: fit(ClockKind::Reaction, wanted.reaction_seconds)?,
            work_seconds: fit(ClockKind::Work, wanted.work_seconds)?,
            deadline_seconds: fit(ClockKind::Deadline, wanted.deadline_seconds)?,
        };
        Ok((priority, targets))
    };
    Priority::iter().map(fit).collect()
}
