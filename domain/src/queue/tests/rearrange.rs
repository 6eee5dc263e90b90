//! Q2, Q3, Q4

use super::{given, removed, saved, urgent};
use crate::kernel::testing::world::{ANNA, DESK, NETWORK, NORA};
use crate::queue::command::Rearrange;
use crate::queue::event::Rearranged;
use crate::queue::{Arrangement, QueueCommand, QueueEvent, QueueRefusal, Sharing};

fn rearrange(arrangement: Arrangement) -> QueueCommand {
    QueueCommand::Rearrange(Box::new(Rearrange { arrangement }))
}

fn rearranged(it: Arrangement) -> QueueEvent {
    QueueEvent::Rearranged(Box::new(Rearranged {
        unit: it.unit,
        name: it.name,
        sharing: it.sharing,
        filter: it.filter,
        order: it.order,
        columns: it.columns,
    }))
}

fn shared(unit: crate::kernel::UnitId) -> Arrangement {
    Arrangement { sharing: Sharing::Unit, unit: Some(unit), ..urgent() }
}

#[test]
fn q4_it_shows_something_else_and_its_owner_stays() {
    let outcome = given([saved(urgent())]).when(rearrange(shared(DESK)));
    let queue = outcome.then([rearranged(shared(DESK))]).state();
    let body = queue.body().unwrap();
    assert_eq!((body.owner, &body.arrangement), (ANNA, &shared(DESK)));
    given([saved(urgent())]).when(rearrange(urgent())).nothing();
}

#[test]
fn q3_a_unit_it_is_shared_with_already_stays_whoever_rearranges_it() {
    let other = || Arrangement { name: "Other".to_owned(), ..shared(DESK) };
    given([saved(shared(DESK))]).by(NORA).when(rearrange(other())).then([rearranged(other())]);
    given([saved(urgent())]).by(NORA).when(rearrange(other())).refused(QueueRefusal::UnitUnfit);
    let moved = given([saved(shared(DESK))]).when(rearrange(shared(NETWORK)));
    moved.refused(QueueRefusal::UnitUnfit);
}

#[test]
fn q1_q4_it_is_there() {
    given([]).when(rearrange(urgent())).refused(QueueRefusal::NotFound);
    let gone = given([saved(urgent()), removed()]);
    gone.when(rearrange(shared(DESK))).refused(QueueRefusal::NotFound);
}
