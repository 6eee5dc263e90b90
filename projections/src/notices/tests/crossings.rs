//! Who is told that a clock crossed a threshold.

use chrono::DateTime;
use domain::Fact;
use domain::kernel::{Actor, Source};
use domain::notice::NoticeKind;
use domain::sla::ClockKind;
use domain::sla_plan::Whom;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::{DeadlineNeared, DeadlinePassed, Notified};

use super::{assert_told, dispatch, started, watched};
use crate::notices::testing::{DESK, Log, NETWORK, TICKET};

fn crossed(percent: u16, whom: &[Whom]) -> Fact {
    let (clock, whom) = (ClockKind::Deadline, whom.iter().copied().collect());
    let notified = Notified { clock, percent, cycle: 1, whom };
    Fact::TicketClock(TICKET, TicketClockEvent::Notified(notified))
}

#[test]
fn n15_a_crossing_is_told_to_whom_the_plan_names_and_to_watchers() {
    use NoticeKind::{TicketDeadlineNear as Near, TicketOvertime as Over};
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    log.desk(&[dispatch(Some(DESK))]);
    log.say("ben", &started("ben"));
    let mut told = |percent, whom: &[Whom]| {
        log.tell(Actor::System, Source::Process, None, &crossed(percent, whom))
    };
    assert_told(&told(75, &[Whom::Holder]), Near, "ben", "who holds it");
    assert_told(&told(99, &[Whom::Assignees]), Near, "ann", "whose it is");
    assert_told(&told(100, &[Whom::Heads]), Over, "dee hal ida", "who heads its unit");
    assert_told(&told(150, &[Whom::Unit]), Over, "ann ben bob dan hal ida", "its unit's staff");
    let all = [Whom::Holder, Whom::Assignees, Whom::Heads];
    let rows = told(100, &all);
    assert_told(&rows, Over, "ann ben dee hal ida", "each once");
    assert_eq!((rows.len(), rows[0].actor_id), (5, None), "nobody did it by hand");
    log.say("eve", &watched("eve"));
    let told = log.tell(Actor::System, Source::Process, None, &crossed(75, &[Whom::Holder]));
    assert_told(&told, Near, "ben eve", "and a watcher");
    let imported = log.tell(Actor::Import, Source::Import, None, &crossed(75, &all));
    assert!(imported.is_empty());

    let mut log = Log::with_ticket(None, "");
    log.desk(&[dispatch(Some(DESK))]);
    let told = log.tell(Actor::System, Source::Process, None, &crossed(100, &[Whom::Unit]));
    assert_told(&told, Over, "eve", "nobody's is dispatch's");
}

#[test]
fn n17_of_a_deadline_set_by_hand_watchers_are_reminded() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    let deadline_at = DateTime::UNIX_EPOCH;
    let near = TicketClockEvent::DeadlineNeared(DeadlineNeared { deadline_at });
    let over = TicketClockEvent::DeadlinePassed(DeadlinePassed { deadline_at });
    let told = |log: &mut Log, event: &TicketClockEvent, actor, source| {
        log.tell(actor, source, None, &Fact::TicketClock(TICKET, event.clone()))
    };
    assert!(told(&mut log, &near, Actor::System, Source::Process).is_empty(), "nobody watches");
    log.say("eve", &watched("eve"));
    let rows = told(&mut log, &near, Actor::System, Source::Process);
    assert_told(&rows, NoticeKind::TicketDeadlineNear, "eve", "who watches");
    let rows = told(&mut log, &over, Actor::System, Source::Process);
    assert_told(&rows, NoticeKind::TicketOvertime, "eve", "who watches");
    assert!(told(&mut log, &over, Actor::Import, Source::Import).is_empty());
}
