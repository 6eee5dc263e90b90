//! One event of each kind about a ticket's quality.

use domain::ticket_quality::TicketQualityEvent;
use domain::ticket_quality::event::{CheckAnswer, CheckDrawn, Checked, Rated, SurveySent, WorkOf};

use super::samples::{PERSON, UNIT, instant, sealed};

pub(crate) fn qualities() -> [TicketQualityEvent; 4] {
    let work_of = WorkOf { unit: Some(UNIT), person: Some(PERSON) };
    let words = |name| Some(sealed(name));
    let answer = CheckAnswer { question: "Is it documented?".to_owned(), weight: 2, score: 50 };
    [
        TicketQualityEvent::SurveySent(SurveySent {
            requester: PERSON,
            open_until: instant(0),
            work_of,
        }),
        TicketQualityEvent::Rated(Rated {
            score: 4,
            comment: words("comment"),
            rater: PERSON,
            work_of,
        }),
        TicketQualityEvent::CheckDrawn(CheckDrawn { work_of }),
        TicketQualityEvent::Checked(Checked {
            checklist_version: 3,
            answers: vec![answer],
            score: 50,
            note: words("note"),
            checker: PERSON,
            work_of,
        }),
    ]
}
