//! What a plan means for one ticket now: the terms that are stamped into its stream.

use std::collections::BTreeMap;

use super::terms::{CalendarVersion, ClockKind, ClockTerms, Terms};
use crate::kernel::{CalendarFacts, CalendarId, PlanFacts, SlaPlanId};
use crate::sla_plan::event::Defined;
use crate::ticket::Priority;

/// The terms of a plan for tickets of one priority, with the calendars as they are now. None if a
/// calendar is not among them: a plan names only calendars that exist.
pub fn terms(
    plan: SlaPlanId,
    facts: &PlanFacts,
    priority: Priority,
    calendars: &BTreeMap<CalendarId, CalendarFacts>,
) -> Option<Terms> {
    let clock = |kind| clock_terms(&facts.definition, kind, priority, calendars);
    Some(Terms {
        plan,
        plan_version: facts.version,
        policy: facts.definition.policy,
        reaction: clock(ClockKind::Reaction)?,
        work: clock(ClockKind::Work)?,
        deadline: clock(ClockKind::Deadline)?,
    })
}

fn clock_terms(
    definition: &Defined,
    kind: ClockKind,
    priority: Priority,
    calendars: &BTreeMap<CalendarId, CalendarFacts>,
) -> Option<ClockTerms> {
    let clock = definition.clocks.of(kind);
    let calendar = match clock.calendar {
        Some(id) => Some(CalendarVersion { id, version: calendars.get(&id)?.version }),
        None => None,
    };
    Some(ClockTerms {
        limit_seconds: definition.targets.get(&priority).map_or(0, |targets| targets.of(kind)),
        calendar,
        pause_states: clock.pause_states.clone(),
        thresholds: clock.thresholds.iter().map(|threshold| threshold.percent).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::terms;
    use crate::kernel::testing::world::OFFICE;
    use crate::kernel::{CalendarFacts, PlanFacts};
    use crate::sla::{CalendarVersion, ChangePolicy, PauseState};
    use crate::sla_plan::testing::{PLAN, definition};
    use crate::ticket::Priority;

    #[test]
    fn s8_terms_name_the_versions_they_are_made_of() {
        let facts = PlanFacts { version: 4, definition: definition() };
        let calendars = [(OFFICE, CalendarFacts { version: 7 })].into();
        let made = terms(PLAN, &facts, Priority::High, &calendars).unwrap();
        assert_eq!((made.plan, made.plan_version), (PLAN, 4));
        assert_eq!(made.policy, ChangePolicy::CarryOver);
        let limits = [&made.reaction, &made.work, &made.deadline].map(|it| it.limit_seconds);
        assert_eq!(limits, [600, 3_600, 14_400]);
        assert_eq!(made.reaction.calendar, None);
        assert_eq!(made.deadline.calendar, Some(CalendarVersion { id: OFFICE, version: 7 }));
        assert_eq!(made.deadline.pause_states, [PauseState::Pending].into());
        assert_eq!(made.deadline.thresholds, [50, 100].into());
    }

    #[test]
    fn s8_without_one_of_its_calendars_a_plan_means_nothing() {
        let facts = PlanFacts { version: 1, definition: definition() };
        assert_eq!(terms(PLAN, &facts, Priority::Low, &[].into()), None);
    }
}
