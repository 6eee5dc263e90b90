//! P16

use chrono::{DateTime, TimeDelta, Utc};

use super::{a_client, an_agent, given, left, needs_somebody};
use crate::kernel::testing::world::{ANNA, CLEO, noon};
use crate::person::command::Move;
use crate::person::event::Moved;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn moves(from: Option<DateTime<Utc>>, grace_days: u8) -> PersonCommand {
    PersonCommand::Move(Move { person: ANNA, from, grace_days })
}

fn day(days: i64) -> DateTime<Utc> {
    noon() + TimeDelta::days(days)
}

fn moved(from: DateTime<Utc>, grace_days: u8) -> PersonEvent {
    PersonEvent::Moved(Moved { from, grace_days })
}

#[test]
fn p16_staff_move_now_or_within_a_year() {
    let person = given(an_agent()).when(moves(None, 0)).then([moved(day(0), 0)]).state();
    assert_eq!(person.body().unwrap().moved, Some(Moved { from: day(0), grace_days: 0 }));
    given(an_agent()).when(moves(Some(day(9)), 30)).then([moved(day(9), 30)]);
    given(an_agent()).when(moves(Some(day(-9)), 1)).then([moved(day(0), 1)]);
    given(an_agent()).when(moves(Some(day(366)), 0)).acts();
    given(an_agent()).when(moves(Some(day(367)), 0)).refused(PersonRefusal::StartUnfit);
    given(an_agent()).when(moves(None, 31)).refused(PersonRefusal::GraceUnfit);
    needs_somebody(moves(None, 0));
}

#[test]
fn p16_only_staff_move_and_by_another_hand() {
    given(an_agent()).by(ANNA).when(moves(None, 0)).refused(PersonRefusal::NotOneself);
    let client = Move { person: CLEO, from: None, grace_days: 0 };
    given(a_client()).when(PersonCommand::Move(client)).refused(PersonRefusal::StaffOnly);
    let gone = [an_agent(), vec![left()]].concat();
    given(gone).when(moves(None, 0)).refused(PersonRefusal::Left);
}
