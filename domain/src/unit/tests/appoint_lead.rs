//! U4

use super::{created, given, lead_appointed};
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, CARL, CLEO, NOBODY};
use crate::unit::command::AppointLead;
use crate::unit::{UnitCommand, UnitKind, UnitRefusal};

fn appoint(person: PersonId) -> UnitCommand {
    UnitCommand::AppointLead(AppointLead { person })
}

#[test]
fn u4_a_client_leads_a_customer_organisation_instead_of_whoever_did() {
    let history = [created(UnitKind::CustomerOrganization), lead_appointed(CARL)];
    let unit = given(history).when(appoint(CLEO)).then([lead_appointed(CLEO)]).state();
    assert_eq!(unit.body().unwrap().lead, Some(CLEO));
}

#[test]
fn u4_only_active_clients_and_only_there() {
    for person in [ANNA, CARL, NOBODY] {
        let history = [created(UnitKind::CustomerOrganization)];
        given(history).when(appoint(person)).refused(UnitRefusal::PersonUnfit);
    }
    given([created(UnitKind::SupportUnit)]).when(appoint(CLEO)).refused(UnitRefusal::PersonUnfit);
    given([]).when(appoint(CLEO)).refused(UnitRefusal::NotFound);
}

#[test]
fn u4_appointing_twice_changes_nothing() {
    let history = [created(UnitKind::CustomerOrganization), lead_appointed(CLEO)];
    given(history).when(appoint(CLEO)).nothing();
}
