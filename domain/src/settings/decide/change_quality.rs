//! Change quality: which closed tickets are judged, and by what.

use std::collections::BTreeSet;

use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};
use crate::settings::event::{QualityChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::{CheckQuestion, Settings};

/// Longest time to answer: a year.
const SURVEY_DAYS_MAX: u16 = 365;
/// Whoever asks more is not answered with care.
const QUESTIONS_MAX: usize = 20;
/// The most that a question counts.
const WEIGHT_MAX: u8 = 100;

/// C9. Samples are drawn of closed tickets. As long as none is to be checked there may be no question
/// at all. The same again changes nothing; what is drawn stays drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeQuality {
    /// Of how many percent of them the requester is asked how it was, 0 to 100.
    pub survey_percent: u8,
    /// Days in which answers are taken, 1 to 365.
    pub survey_days: u16,
    /// How many percent of them are checked, 0 to 100.
    pub check_percent: u8,
    /// By what they are checked: at most 20 questions of one line and 200 characters.
    pub checklist: Vec<CheckQuestion>,
}

impl ChangeQuality {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        let now = &settings.established()?.quality;
        let Self { survey_percent, survey_days, check_percent, checklist } = self;
        for (percent, sample) in
            [(survey_percent, "surveyPercent"), (check_percent, "checkPercent")]
        {
            if percent > 100 {
                return Err(SettingsRefusal::SampleUnfit { sample });
            }
        }
        if !(1..=SURVEY_DAYS_MAX).contains(&survey_days) {
            return Err(SettingsRefusal::SurveyDaysUnfit);
        }
        let checklist = fit(checklist)?;
        if check_percent > 0 && checklist.is_empty() {
            return Err(SettingsRefusal::ChecklistUnfit);
        }
        let same_checklist = now.checklist == checklist;
        let same = (now.survey_percent, now.survey_days, now.check_percent)
            == (survey_percent, survey_days, check_percent);
        if same && same_checklist {
            return Ok(vec![]);
        }
        let changed = QualityChanged {
            survey_percent,
            survey_days,
            check_percent,
            checklist,
            checklist_version: now.checklist_version + u32::from(!same_checklist),
        };
        Ok(vec![SettingsEvent::QualityChanged(changed)])
    }
}

/// The questions in their order, each one line.
fn fit(checklist: Vec<CheckQuestion>) -> Result<Vec<CheckQuestion>, SettingsRefusal> {
    if checklist.len() > QUESTIONS_MAX {
        return Err(SettingsRefusal::ChecklistUnfit);
    }
    let mut known = BTreeSet::new();
    let mut fit = Vec::with_capacity(checklist.len());
    for (index, CheckQuestion { question, weight }) in checklist.into_iter().enumerate() {
        let unfit = |fault| SettingsRefusal::QuestionUnfit { index, fault };
        let question = text::line(&question, NAME_MAX).map_err(unfit)?;
        if !(1..=WEIGHT_MAX).contains(&weight) || !known.insert(question.clone()) {
            return Err(SettingsRefusal::ChecklistUnfit);
        }
        fit.push(CheckQuestion { question, weight });
    }
    Ok(fit)
}
