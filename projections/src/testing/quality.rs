//! Samples of the story's tickets: a survey that is answered twice, and two checks.

use chrono::TimeDelta;
use domain::Fact;
use domain::ticket_quality::TicketQualityEvent;
use domain::ticket_quality::event::{CheckAnswer, CheckDrawn, Checked, Rated, SurveySent, WorkOf};

use super::desk::{DOUBLE, own};
use super::{AGENT, CLIENT, TICKET, UNIT, at};

/// Whose work it was.
pub(crate) const WORK_OF: WorkOf = WorkOf { unit: Some(UNIT), person: Some(AGENT) };

/// What happened, in order.
pub(super) fn quality() -> Vec<Fact> {
    let rated = |score, comment: Option<&str>| {
        let comment = comment.map(|text| own(CLIENT, text));
        TicketQualityEvent::Rated(Rated { score, comment, rater: CLIENT, work_of: WORK_OF })
    };
    let answer = |question: &str, weight, score| CheckAnswer {
        question: question.to_owned(),
        weight,
        score,
    };
    let survey = SurveySent {
        requester: CLIENT,
        open_until: at(700) + TimeDelta::days(14),
        work_of: WORK_OF,
    };
    let checked = Checked {
        checklist_version: 1,
        answers: vec![answer("Understood?", 3, 100), answer("Documented?", 1, 0)],
        score: 75,
        note: Some(own(AGENT, "Terse")),
        checker: AGENT,
        work_of: WORK_OF,
    };
    let drawn = CheckDrawn { work_of: WORK_OF };
    vec![
        Fact::TicketQuality(TICKET, TicketQualityEvent::SurveySent(survey)),
        Fact::TicketQuality(TICKET, rated(2, None)),
        Fact::TicketQuality(TICKET, TicketQualityEvent::CheckDrawn(drawn.clone())),
        Fact::TicketQuality(DOUBLE, TicketQualityEvent::CheckDrawn(drawn)),
        Fact::TicketQuality(TICKET, rated(4, Some("It does work"))),
        Fact::TicketQuality(TICKET, TicketQualityEvent::Checked(checked)),
    ]
}
