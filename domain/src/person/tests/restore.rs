//! P12

use super::{an_agent, given, needs_somebody, suspended};
use crate::person::command::Restore;
use crate::person::event::Restored;
use crate::person::{Life, PersonCommand, PersonEvent};

#[test]
fn p12_whoever_is_suspended_is_restored_once() {
    let restore = || PersonCommand::Restore(Restore {});
    let restored = || PersonEvent::Restored(Restored {});
    let history = [an_agent(), vec![suspended()]].concat();
    let person = given(history.clone()).when(restore()).then([restored()]).state();
    assert_eq!(person.body().unwrap().life, Life::Active);
    given([history, vec![restored()]].concat()).when(restore()).nothing();
    given(an_agent()).when(restore()).nothing();
    needs_somebody(restore());
}
