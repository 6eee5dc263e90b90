//! N15

use domain::Fact;
use domain::kernel::{Actor, Source};
use domain::notice::{NoticeChannel, NoticeKind};
use domain::ticket_quality::TicketQualityEvent;
use domain::ticket_quality::event::{CheckDrawn, Rated, SurveySent, WorkOf};

use super::testing::{Log, NETWORK, TICKET, id, names};
use crate::testing::at;

#[test]
fn n15_whoever_is_asked_how_it_was_is_told_and_nobody_else() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    let work_of = WorkOf { unit: Some(NETWORK), person: Some(id("ann")) };
    let survey = SurveySent { requester: id("kay"), open_until: at(9_000), work_of };
    let sent = Fact::TicketQuality(TICKET, TicketQualityEvent::SurveySent(survey));
    let told = log.tell(Actor::System, Source::Process, None, &sent);
    assert_eq!(names(&told), "kay");
    let (kind, channel) = (told[0].kind, told[0].channel);
    assert_eq!((kind, channel), (NoticeKind::TicketSurvey, NoticeChannel::InApp));
    let rated = Rated { score: 1, comment: None, rater: id("kay"), work_of };
    let drawn = TicketQualityEvent::CheckDrawn(CheckDrawn { work_of });
    for event in [TicketQualityEvent::Rated(rated), drawn] {
        assert!(log.say("kay", &Fact::TicketQuality(TICKET, event)).is_empty());
    }
}
