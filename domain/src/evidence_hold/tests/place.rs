//! EH1, EH2, EH4

use chrono::{DateTime, TimeDelta, Utc};

use super::{WHY, begun, given, placed};
use crate::access::premise::Premise;
use crate::evidence_hold::command::Place;
use crate::evidence_hold::{EvidenceHoldCommand, EvidenceHoldRefusal, HeldObject};
use crate::fact::Fact;
use crate::kernel::EvidenceHoldId;
use crate::kernel::TicketId;
use crate::kernel::testing::world::{CARL, NOBODY, PARENT, noon};
use crate::kernel::text::TextFault;

fn place(on: HeldObject, why: &str, until: Option<DateTime<Utc>>) -> EvidenceHoldCommand {
    EvidenceHoldCommand::Place(Place { on, why: why.to_owned(), until })
}

const ON_CARL: HeldObject = HeldObject::Person(CARL);

#[test]
fn eh1_a_person_or_a_ticket_is_held_once_and_says_why() {
    for on in [ON_CARL, HeldObject::Ticket(PARENT)] {
        given([]).when(place(on, " Case 7 ", None)).then([placed(on, None)]);
    }
    let held = given([placed(ON_CARL, None)]);
    held.when(place(ON_CARL, WHY, None)).refused(EvidenceHoldRefusal::Exists);
    for unknown in
        [HeldObject::Person(NOBODY), HeldObject::Ticket(TicketId(uuid::Uuid::from_u128(9)))]
    {
        let refused = EvidenceHoldRefusal::ObjectUnknown;
        given([]).when(place(unknown, WHY, None)).refused(refused);
    }
    for (why, fault) in
        [(" ".to_owned(), TextFault::Empty), ("x".repeat(2_001), TextFault::TooLong(2_000))]
    {
        let refused = EvidenceHoldRefusal::WhyUnfit(fault);
        given([]).when(place(ON_CARL, &why, None)).refused(refused);
    }
}

#[test]
fn eh1_its_end_is_later_than_now_and_within_ten_years() {
    let when = |until: DateTime<Utc>| given([]).when(place(ON_CARL, WHY, Some(until)));
    let (moment, longest) = (TimeDelta::microseconds(1), TimeDelta::days(3_653));
    for until in [noon() + moment, noon() + longest] {
        when(until).then([placed(ON_CARL, Some(until))]);
    }
    for until in [noon() - moment, noon(), noon() + longest + moment] {
        when(until).refused(EvidenceHoldRefusal::EndUnfit);
    }
}

#[test]
fn eh2_it_is_too_late_when_the_erasure_has_begun() {
    let late = given([]).knowing(begun());
    late.when(place(ON_CARL, WHY, None)).refused(EvidenceHoldRefusal::TooLate);
    // What others wrote is there to be protected.
    let ticket = HeldObject::Ticket(PARENT);
    let late = given([]).knowing(begun());
    late.when(place(ticket, WHY, None)).then([placed(ticket, None)]);
}

#[test]
fn eh2_a_hold_moves_what_a_destruction_leans_on() {
    let id = EvidenceHoldId(uuid::Uuid::from_u128(1));
    let moved = |event| Premise::moved_by(&Fact::EvidenceHold(id, event));
    assert_eq!(moved(placed(ON_CARL, None)), [Premise::Evidence]);
    assert_eq!(moved(super::lifted()), []);
}
