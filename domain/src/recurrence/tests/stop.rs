//! G4

use super::{defined, given, stopped};
use crate::recurrence::command::Stop;
use crate::recurrence::{RecurrenceCommand, RecurrenceRefusal};

#[test]
fn g4_it_is_stopped_until_it_is_defined_anew() {
    let stop = || RecurrenceCommand::Stop(Stop {});
    let it = given([defined()]).when(stop()).then([stopped()]).state();
    assert!(it.0.unwrap().stopped);
    given([defined(), stopped()]).when(stop()).nothing();
    given([]).when(stop()).refused(RecurrenceRefusal::NotFound);
}
