//! Given, when, then: one file a verb, one test a rule.

mod change_owner;
mod issue_token;
mod laws;
mod register;
mod retire;
mod revoke_token;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::kernel::testing::world::{BEN, HEIDI, noon};
use crate::kernel::testing::{self, Given};
use crate::kernel::{PersonId, ServiceTokenId};
use crate::service_account::command::Register;
use crate::service_account::event::{OwnerChanged, Registered, Retired, TokenIssued, TokenRevoked};
use crate::service_account::{Right, ServiceAccountCommand, ServiceAccountEvent};

const FIRST: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x31));
const SECOND: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x32));
const THIRD: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x33));

fn given(events: impl IntoIterator<Item = ServiceAccountEvent>) -> Given<ServiceAccountCommand> {
    testing::given(events).by(HEIDI).entitled()
}

fn agent() -> Register {
    Register {
        name: "Inventory agent".to_owned(),
        purpose: "Sends what stands in the racks".to_owned(),
        owner: BEN,
        rights: [Right::CiRegister, Right::CiCorrect].into(),
        system: None,
    }
}

fn register(register: Register) -> ServiceAccountCommand {
    ServiceAccountCommand::Register(Box::new(register))
}

fn registered() -> ServiceAccountEvent {
    let Register { name, purpose, owner, rights, system } = agent();
    let registered = Registered { name, purpose, owner, rights, system };
    ServiceAccountEvent::Registered(Box::new(registered))
}

fn owned_by(owner: PersonId) -> ServiceAccountEvent {
    ServiceAccountEvent::OwnerChanged(OwnerChanged { owner })
}

fn in_days(days: i64) -> DateTime<Utc> {
    noon() + TimeDelta::days(days)
}

fn issued(token: ServiceTokenId, days: i64) -> ServiceAccountEvent {
    ServiceAccountEvent::TokenIssued(TokenIssued { token, ends_at: in_days(days) })
}

fn revoked(token: ServiceTokenId) -> ServiceAccountEvent {
    ServiceAccountEvent::TokenRevoked(TokenRevoked { token })
}

fn retired() -> ServiceAccountEvent {
    ServiceAccountEvent::Retired(Retired {})
}
