//! M6

use super::{NEW, correct, server, when};
use crate::ci::command::{MergeInto, Retire};
use crate::ci::event::Retired;

use crate::ci::{CiCommand, CiEvent, CiRefusal, Origin};
use crate::cmdb::testing::{DEMO, GONE, NO_ITEM, SRV1};

#[test]
fn m6_what_is_over_holds_nothing_and_does_not_change() {
    let retired = when(&server(), CiCommand::Retire(Retire)).state();
    assert_eq!(retired.identities(), []);
    let mut events = server();
    events.push(CiEvent::Retired(Retired {}));
    when(&events, CiCommand::Retire(Retire)).nothing();
    when(&events, correct(&[("cpu", None)], Origin::manual())).refused(CiRefusal::NotActive);
    let merge = |into| CiCommand::MergeInto(MergeInto { id: NEW, into });
    when(&server(), merge(SRV1)).acts();
    for item in [NEW, GONE, DEMO, NO_ITEM] {
        when(&server(), merge(item)).refused(CiRefusal::MergeUnfit { item });
    }
    when(&[], CiCommand::Retire(Retire)).refused(CiRefusal::Unknown);
}
