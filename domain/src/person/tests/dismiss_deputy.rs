//! P11

use super::{an_agent, given, is_for_staff, needs_somebody};
use crate::kernel::testing::world::{BEN, noon};
use crate::person::command::DismissDeputy;
use crate::person::event::{DeputyAppointed, DeputyDismissed};
use crate::person::{PersonCommand, PersonEvent};

fn dismiss() -> PersonCommand {
    PersonCommand::DismissDeputy(DismissDeputy {})
}

#[test]
fn p11_the_deputy_is_dismissed_once() {
    let day = noon().date_naive();
    let appointed = DeputyAppointed { deputy: BEN, from: day, until: day };
    let history = [an_agent(), vec![PersonEvent::DeputyAppointed(appointed)]].concat();
    let dismissed = PersonEvent::DeputyDismissed(DeputyDismissed {});
    let person = given(history).when(dismiss()).then([dismissed]).state();
    assert_eq!(person.body().unwrap().deputy, None);
    given(an_agent()).when(dismiss()).nothing();
    needs_somebody(dismiss());
    is_for_staff(dismiss());
}
