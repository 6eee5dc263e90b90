//! What is to change: each part given is a command, and all of them are one change.

use std::collections::BTreeMap;

use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::settings::command::{
    ChangeAttachments, ChangeClosing, ChangeDispatch, ChangeLanguages, ChangeNotices,
    ChangePriorityMatrix, ChangeQuality, ChangeSla,
};
use domain::settings::{CheckQuestion, Policy, PriorityMatrix, Quality, SettingsCommand};
use domain::ticket::words::{Impact as KnownImpact, Urgency as KnownUrgency};

use serde_json::json;

use super::words::Language;
use crate::graphql::input::{one_way, single, small};
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::ticket::words::{Impact, Priority, TicketKind, Urgency};

/// What an impact and an urgency mean from now on.
#[derive(Debug, Clone, InputObject)]
struct PriorityMatrixCellInput {
    /// How much is affected.
    impact: Impact,
    /// How soon it hurts.
    urgency: Urgency,
    /// How pressing it is by that.
    priority: Priority,
}

/// Which files are taken from now on. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
struct AttachmentPolicyInput {
    /// The largest file, 1 to 26,214,400 bytes.
    max_bytes: Option<i32>,
    /// Such as image/png, at most 100; empty: none are taken.
    media_types: Option<Vec<String>>,
}

/// The plan of tickets of a kind whose subject has none.
#[derive(Debug, Clone, InputObject)]
struct SlaKindPlanInput {
    /// Which kind.
    kind: TicketKind,
    /// Which service level plan.
    sla_plan_id: ID,
}

/// What tickets are measured by from now on. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
struct SlaPolicyInput {
    /// Whether plans measure tickets that are opened from now on; else people name deadlines.
    on: Option<bool>,
    /// The plans of tickets whose subject has none, each kind at most once; all of them.
    plans: Option<Vec<SlaKindPlanInput>>,
}

/// A question of the checklist.
#[derive(Debug, Clone, InputObject)]
struct CheckQuestionInput {
    /// One line of at most 200 characters, unlike the others.
    question: String,
    /// How much it counts, 1 to 100.
    #[graphql(default = 1)]
    weight: i32,
}

/// Which closed tickets are judged from now on, and by what. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
struct QualityPolicyInput {
    /// Of how many percent of them the requester is asked how it was, 0 to 100.
    survey_percent: Option<i32>,
    /// Days in which answers are taken, 1 to 365.
    survey_days: Option<i32>,
    /// How many percent of them are checked, 0 to 100.
    check_percent: Option<i32>,
    /// By what they are checked: 1 to 20 questions, all of them.
    checklist: Option<Vec<CheckQuestionInput>>,
}

/// Other settings: all that is given, or nothing. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SettingsChangeInput {
    /// Cells of the matrix; the others stay.
    priority_matrix: Option<Vec<PriorityMatrixCellInput>>,
    /// Days after the resolution in which nobody objects, 0 to 365; then a ticket is closed.
    close_after_days: Option<i32>,
    /// Days after closing in which a ticket may be reopened, 0 to 3650.
    reopen_after_close_days: Option<i32>,
    /// In which people may be addressed, none twice; the first is for those who chose none.
    languages: Option<Vec<Language>>,
    /// Which files are taken.
    attachments: Option<AttachmentPolicyInput>,
    /// Whose staff place what routing cannot; null: all who belong to a unit.
    dispatch_unit_id: MaybeUndefined<ID>,
    /// Whether assignees hear of each start, stop, resolution and reopening.
    notices_to_assignees: Option<bool>,
    /// What tickets are measured by.
    sla: Option<SlaPolicyInput>,
    /// Which closed tickets are judged.
    quality: Option<QualityPolicyInput>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

impl SettingsChangeInput {
    /// The commands that make the settings in force what is asked for; one at least, so that the
    /// guard is asked.
    ///
    /// # Errors
    /// Nothing is asked for, or an id that is not one of a unit.
    pub(super) fn into_commands(self, now: &Policy) -> Result<Vec<SettingsCommand>, UserError> {
        let mut commands = Vec::new();
        if let Some(cells) = self.priority_matrix {
            let matrix = matrix(now.matrix.clone(), cells);
            commands.push(SettingsCommand::ChangePriorityMatrix(ChangePriorityMatrix { matrix }));
        }
        if self.close_after_days.is_some() || self.reopen_after_close_days.is_some() {
            let days = |asked: Option<i32>, now| asked.map_or(now, |days| small(days, u16::MAX));
            commands.push(SettingsCommand::ChangeClosing(ChangeClosing {
                close_after_days: days(self.close_after_days, now.close_after_days),
                reopen_after_close_days: days(
                    self.reopen_after_close_days,
                    now.reopen_after_close_days,
                ),
            }));
        }
        if let Some(languages) = self.languages {
            let languages = languages.into_iter().map(Into::into).collect();
            commands.push(SettingsCommand::ChangeLanguages(ChangeLanguages { languages }));
        }
        commands.extend(self.attachments.map(|asked| attachments(asked, now)));
        let unit = match self.dispatch_unit_id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(single("dispatchUnitId", &id)?)),
        };
        let dispatch = |unit| SettingsCommand::ChangeDispatch(ChangeDispatch { unit });
        commands.extend(unit.map(dispatch));
        let notices = |to_assignees| SettingsCommand::ChangeNotices(ChangeNotices { to_assignees });
        commands.extend(self.notices_to_assignees.map(notices));
        if let Some(asked) = self.sla {
            commands.push(sla(asked, now)?);
        }
        commands.extend(self.quality.map(|asked| quality(asked, &now.quality)));
        if commands.is_empty() {
            let message = "say what is to change";
            return Err(UserError::new(ErrorCode::InvalidInput, message));
        }
        Ok(commands)
    }
}

fn matrix(mut matrix: PriorityMatrix, cells: Vec<PriorityMatrixCellInput>) -> PriorityMatrix {
    for cell in cells {
        let (impact, urgency) = (KnownImpact::from(cell.impact), KnownUrgency::from(cell.urgency));
        matrix.0[impact as usize][urgency as usize] = cell.priority.into();
    }
    matrix
}

fn attachments(asked: AttachmentPolicyInput, now: &Policy) -> SettingsCommand {
    let media_types = match asked.media_types {
        Some(media_types) => media_types.into_iter().collect(),
        None => now.attachment_media_types.clone(),
    };
    let max_bytes =
        asked.max_bytes.map_or(now.attachment_max_bytes, |bytes| small(bytes, u32::MAX));
    SettingsCommand::ChangeAttachments(ChangeAttachments { max_bytes, media_types })
}

fn quality(asked: QualityPolicyInput, now: &Quality) -> SettingsCommand {
    let percent = |asked: Option<i32>, now| asked.map_or(now, |percent| small(percent, u8::MAX));
    let question = |asked: CheckQuestionInput| CheckQuestion {
        question: asked.question,
        weight: small(asked.weight, u8::MAX),
    };
    let checklist = asked.checklist.map(|asked| asked.into_iter().map(question).collect());
    SettingsCommand::ChangeQuality(ChangeQuality {
        survey_percent: percent(asked.survey_percent, now.survey_percent),
        survey_days: asked.survey_days.map_or(now.survey_days, |days| small(days, u16::MAX)),
        check_percent: percent(asked.check_percent, now.check_percent),
        checklist: checklist.unwrap_or_else(|| now.checklist.clone()),
    })
}

fn sla(asked: SlaPolicyInput, now: &Policy) -> Result<SettingsCommand, UserError> {
    let on = asked.on.unwrap_or(now.sla_on);
    let Some(named) = asked.plans else {
        let plans = now.sla_plans.clone();
        return Ok(SettingsCommand::ChangeSla(ChangeSla { on, plans }));
    };
    let mut plans = BTreeMap::new();
    for (index, named) in named.into_iter().enumerate() {
        let place = |field: &str| json!(format!("sla.plans[{index}].{field}"));
        let plan = single("sla", &named.sla_plan_id)
            .map_err(|error| error.with("place", place("slaPlanId")))?;
        if plans.insert(named.kind.into(), plan).is_some() {
            return Err(one_way("sla", "a kind is there twice").with("place", place("kind")));
        }
    }
    Ok(SettingsCommand::ChangeSla(ChangeSla { on, plans }))
}
