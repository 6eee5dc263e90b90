//! Who watches over access in the demo: people who may decide on it, so that what takes two of them finds two.

use chrono::{DateTime, Utc};
use domain::access::model::AccessSubject;
use domain::access_group::AccessGroupCommand;
use domain::access_group::command::{AddMember, Define};
use domain::access_policy::command::ChooseGovernance;
use domain::access_policy::{self, AccessPolicyCommand};
use domain::kernel::{AccessGroupId, PersonId};

use super::{GatewayError, Seed, World};

/// Those besides the administrator: one decides on anybody's access, the other on that of their people.
const GOVERNANCE: [&str; 2] = ["director", "head1"];

/// After the people.
pub(super) async fn seed(
    seed: &Seed,
    world: &World,
    (admin, at): (PersonId, DateTime<Utc>),
) -> Result<(), GatewayError> {
    let define = AccessGroupCommand::Define(Define {
        name: "Access governance".to_owned(),
        purpose: "Decides on exceptions, and on what nobody else can be asked for".to_owned(),
        owner: admin,
    });
    let group = seed.system("governance", seed.new_id(), define, at).await?;
    let others = GOVERNANCE.iter().filter_map(|login| world.people.get(login).copied());
    for person in std::iter::once(admin).chain(others) {
        let add = AddMember { group: AccessGroupId(group), member: AccessSubject::Person(person) };
        let step = format!("governance {person}");
        seed.system(&step, group, AccessGroupCommand::AddMember(add), at).await?;
    }
    let governance = Some(AccessGroupId(group));
    let choose = ChooseGovernance { governance, owner: Some(admin) };
    let choose = AccessPolicyCommand::ChooseGovernance(choose);
    seed.system("choose governance", access_policy::STREAM_ID, choose, at).await?;
    Ok(())
}
