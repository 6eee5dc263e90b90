//! Q4

use super::{given, removed, saved, urgent};
use crate::queue::command::Remove;
use crate::queue::{QueueCommand, QueueRefusal};

fn remove() -> QueueCommand {
    QueueCommand::Remove(Remove {})
}

#[test]
fn q4_it_is_gone_for_good() {
    let queue = given([saved(urgent())]).when(remove()).then([removed()]).state();
    assert!(queue.body().unwrap().removed);
    given([saved(urgent()), removed()]).when(remove()).nothing();
    given([]).when(remove()).refused(QueueRefusal::NotFound);
}
