//! C9

use serde_json::json;

use super::{after, established, needs_settings};
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;
use crate::settings::command::ChangeQuality;
use crate::settings::event::QualityChanged;
use crate::settings::{CheckQuestion, SettingsCommand, SettingsEvent, SettingsRefusal};

fn question(question: &str, weight: u8) -> CheckQuestion {
    CheckQuestion { question: question.to_owned(), weight }
}

fn change(percents: (u8, u8), days: u16, checklist: &[CheckQuestion]) -> SettingsCommand {
    SettingsCommand::ChangeQuality(ChangeQuality {
        survey_percent: percents.0,
        survey_days: days,
        check_percent: percents.1,
        checklist: checklist.to_vec(),
    })
}

fn changed(percents: (u8, u8), days: u16, checklist: &[CheckQuestion]) -> SettingsEvent {
    SettingsEvent::QualityChanged(QualityChanged {
        survey_percent: percents.0,
        survey_days: days,
        check_percent: percents.1,
        checklist: checklist.to_vec(),
        checklist_version: u32::from(!checklist.is_empty()),
    })
}

#[test]
fn c9_samples_and_checklist_change_within_their_bounds() {
    let most: Vec<_> = (0..20).map(|n| question(&format!("{n}?"), 100)).collect();
    for (percents, days, checklist) in
        [((100, 100), 365, most), ((0, 1), 1, vec![question("Well?", 1)]), ((1, 0), 1, vec![])]
    {
        let policy = after([established()])
            .when(change(percents, days, &checklist))
            .then([changed(percents, days, &checklist)])
            .state()
            .policy();
        assert_eq!((policy.quality.survey_percent, policy.quality.check_percent), percents);
        assert_eq!((policy.quality.survey_days, policy.quality.checklist), (days, checklist));
    }
    after([established()]).when(change((0, 0), 14, &[])).nothing();
    needs_settings(change((0, 0), 14, &[]));
}

#[test]
fn c9_each_other_checklist_has_the_next_version() {
    let (first, second) = ([question("Well?", 1)], [question("Well?", 2)]);
    let once = || [established(), changed((0, 5), 14, &first)];
    let version = |percents, checklist: &[CheckQuestion]| {
        let state = after(once()).when(change(percents, 14, checklist)).state();
        state.policy().quality.checklist_version
    };
    assert_eq!((version((9, 5), &first), version((0, 5), &second)), (1, 2));
}

#[test]
fn c9_and_not_beyond() {
    let well = [question("Well?", 1)];
    let refused = |command, refusal: SettingsRefusal, place: &str| {
        assert_eq!(refusal.field(), Some("quality"));
        assert_eq!(refusal.meta()["place"], json!(place));
        after([established()]).when(command).refused(refusal);
    };
    let sample = |sample| SettingsRefusal::SampleUnfit { sample };
    refused(change((101, 0), 14, &well), sample("surveyPercent"), "quality.surveyPercent");
    refused(change((0, 101), 14, &well), sample("checkPercent"), "quality.checkPercent");
    for days in [0, 366] {
        refused(
            change((0, 0), days, &well),
            SettingsRefusal::SurveyDaysUnfit,
            "quality.surveyDays",
        );
    }
    let many: Vec<_> = (0..21).map(|n| question(&format!("{n}?"), 1)).collect();
    for checklist in [
        vec![],
        many,
        vec![question("Well?", 0)],
        vec![question("Well?", 101)],
        vec![question("Well?", 1), question(" Well? ", 1)],
    ] {
        let unfit = SettingsRefusal::ChecklistUnfit;
        refused(change((0, 1), 14, &checklist), unfit, "quality.checklist");
    }
    let unfit = SettingsRefusal::QuestionUnfit { index: 1, fault: TextFault::Control };
    let lines = [question("Well?", 1), question("a\nb", 1)];
    refused(change((0, 1), 14, &lines), unfit, "quality.checklist[1].question");
}
