//! The file of a plan: the input of `slaPlanDefine`, where a calendar may be named as well.

use std::collections::BTreeMap;

use domain::kernel::CalendarId;
use domain::sla::{ChangePolicy, ClockKind, PauseState};
use domain::sla_plan::command::{Define, WantedClock, WantedTargets, WantedThreshold};
use domain::sla_plan::{EscalationAction, Whom};
use domain::ticket::Priority;
use projections::what_if::Catalogue;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ids;

/// Thresholds of a clock for which none are named, in percent.
const USUAL: [i64; 2] = [75, 100];

/// The whole.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanFile {
    name: String,
    #[serde(default)]
    policy: Option<ChangePolicy>,
    targets: Vec<TargetsFile>,
    #[serde(default)]
    clocks: Option<Vec<ClockFile>>,
    // Of a plan that is only supposed these say nothing.
    #[serde(default, rename = "slaPlanId")]
    _sla_plan_id: IgnoredAny,
    #[serde(default, rename = "clientMutationId")]
    _client_mutation_id: IgnoredAny,
    #[serde(default, rename = "expectedVersion")]
    _expected_version: IgnoredAny,
    #[serde(default, rename = "idempotencyKey")]
    _idempotency_key: IgnoredAny,
    #[serde(default, rename = "reason")]
    _reason: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TargetsFile {
    priority: Priority,
    #[serde(default)]
    reaction_seconds: i64,
    #[serde(default)]
    work_seconds: i64,
    #[serde(default)]
    deadline_seconds: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockFile {
    clock: ClockKind,
    /// By its id.
    #[serde(default)]
    calendar_id: Option<String>,
    /// By its name, be it that of the other file.
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    pause_states: Option<Vec<PauseState>>,
    #[serde(default)]
    thresholds: Option<Vec<i64>>,
    #[serde(default)]
    escalations: Option<Vec<EscalationFile>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EscalationFile {
    percent: i64,
    actions: Vec<ActionFile>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum ActionFile {
    Plain(PlainVerb),
    AssignToUnit(String),
    Notify(Whom),
    Tag(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum PlainVerb {
    RaisePriority,
    EscalateTier,
}

/// Which calendar a clock means.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    /// Those that are there.
    pub(super) catalogue: &'a Catalogue,
    /// That of the other file, with its name.
    pub(super) own: Option<(CalendarId, &'a str)>,
}

impl PlanFile {
    /// As the rules judge it; else where it refers to nothing, or says something twice.
    pub(super) fn define(self, resolver: &Resolver<'_>) -> Result<Define, String> {
        let mut targets = BTreeMap::new();
        for (index, it) in self.targets.into_iter().enumerate() {
            let wanted = WantedTargets {
                reaction_seconds: it.reaction_seconds,
                work_seconds: it.work_seconds,
                deadline_seconds: it.deadline_seconds,
            };
            if targets.insert(it.priority, wanted).is_some() {
                return Err(format!("targets[{index}].priority: {} is there twice", it.priority));
            }
        }
        let mut clocks: BTreeMap<ClockKind, WantedClock> = BTreeMap::new();
        for (index, it) in self.clocks.unwrap_or_default().into_iter().enumerate() {
            let (clock, place) = (it.clock, format!("clocks[{index}]"));
            if clocks.insert(clock, it.wanted(&place, resolver)?).is_some() {
                return Err(format!("{place}.clock: {clock} is there twice"));
            }
        }
        let mut clock = |kind| clocks.remove(&kind).unwrap_or_default();
        Ok(Define {
            name: self.name,
            policy: self.policy.unwrap_or(ChangePolicy::Restate),
            targets,
            reaction: clock(ClockKind::Reaction),
            work: clock(ClockKind::Work),
            deadline: clock(ClockKind::Deadline),
        })
    }
}

impl ClockFile {
    fn wanted(self, place: &str, resolver: &Resolver<'_>) -> Result<WantedClock, String> {
        let calendar =
            match (&self.calendar_id, &self.calendar) {
                (Some(_), Some(_)) => {
                    return Err(format!(
                        "{place}.calendar: name it by its id or by its name, not both"
                    ));
                }
                (Some(id), None) => Some(
                    ids::calendar(id)
                        .ok_or_else(|| format!("{place}.calendarId: not the id of a calendar"))?,
                ),
                (None, Some(name)) => Some(resolver.named(name).ok_or_else(|| {
                    format!("{place}.calendar: there is no calendar of this name")
                })?),
                (None, None) => None,
            };
        let thresholds = match (self.thresholds, self.escalations) {
            (None, None) => None,
            (percents, escalations) => Some(thresholds(
                place,
                percents.unwrap_or_else(|| USUAL.to_vec()),
                escalations.unwrap_or_default(),
            )?),
        };
        let pause_states = self.pause_states.unwrap_or_default().into_iter().collect();
        Ok(WantedClock { calendar, pause_states, thresholds })
    }
}

impl Resolver<'_> {
    fn named(&self, name: &str) -> Option<CalendarId> {
        let same = |own: &str| own.trim().to_lowercase() == name.trim().to_lowercase();
        let own = self.own.filter(|(_, own)| same(own)).map(|(id, _)| id);
        own.or_else(|| self.catalogue.named(name))
    }
}

/// Those at which something is done, and the others.
fn thresholds(
    place: &str,
    percents: Vec<i64>,
    escalations: Vec<EscalationFile>,
) -> Result<Vec<WantedThreshold>, String> {
    let mut all = Vec::with_capacity(escalations.len() + percents.len());
    for (index, it) in escalations.into_iter().enumerate() {
        let place = format!("{place}.escalations[{index}]");
        let actions = it.actions.into_iter().map(|action| action.meant(&place));
        let actions = actions.collect::<Result<_, _>>()?;
        all.push(WantedThreshold { percent: it.percent, actions });
    }
    let acting: Vec<i64> = all.iter().map(|threshold| threshold.percent).collect();
    let plain = percents.into_iter().filter(|percent| !acting.contains(percent));
    all.extend(plain.map(|percent| WantedThreshold { percent, actions: Vec::new() }));
    Ok(all)
}

impl ActionFile {
    fn meant(self, place: &str) -> Result<EscalationAction, String> {
        Ok(match self {
            Self::Plain(PlainVerb::RaisePriority) => EscalationAction::RaisePriority,
            Self::Plain(PlainVerb::EscalateTier) => EscalationAction::EscalateTier,
            Self::AssignToUnit(id) => EscalationAction::AssignToUnit {
                unit: ids::unit(&id)
                    .ok_or_else(|| format!("{place}.actions: not the id of a unit"))?,
            },
            Self::Notify(whom) => EscalationAction::Notify { whom },
            Self::Tag(tag) => EscalationAction::Tag { tag },
        })
    }
}
