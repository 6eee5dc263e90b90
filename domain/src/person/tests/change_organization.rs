//! P4

use super::{a_client, an_agent, given, needs_somebody};
use crate::kernel::UnitId;
use crate::kernel::testing::world::{CLEO, CLOSED_CUSTOMER, CUSTOMER, DESK, NOWHERE};
use crate::person::command::ChangeOrganization;
use crate::person::event::OrganizationChanged;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn change(organization: Option<UnitId>) -> PersonCommand {
    PersonCommand::ChangeOrganization(ChangeOrganization { person: CLEO, organization })
}

fn changed(organization: Option<UnitId>) -> PersonEvent {
    PersonEvent::OrganizationChanged(OrganizationChanged { organization })
}

#[test]
fn p4_a_client_belongs_to_another_organisation_or_to_none() {
    given(a_client()).when(change(Some(CUSTOMER))).then([changed(Some(CUSTOMER))]);
    let history = [a_client(), vec![changed(Some(CUSTOMER))]].concat();
    given(history.clone()).when(change(Some(CUSTOMER))).nothing();
    let person = given(history).when(change(None)).then([changed(None)]).state();
    assert_eq!(person.body().unwrap().organization, None);
    needs_somebody(change(None));
}

#[test]
fn p4_only_to_a_customer_organisation_that_is_open_and_staff_to_none() {
    for unit in [DESK, NOWHERE, CLOSED_CUSTOMER] {
        given(a_client()).when(change(Some(unit))).refused(PersonRefusal::OrganizationUnfit);
    }
    given(an_agent()).when(change(Some(CUSTOMER))).refused(PersonRefusal::OrganizationUnfit);
    given(an_agent()).when(change(None)).nothing();
}
