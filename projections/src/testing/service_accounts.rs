//! Two service accounts: one that speaks, one that is over.

use chrono::TimeDelta;
use domain::Fact;
use domain::kernel::{PersonId, ServiceAccountId, ServiceTokenId};
use domain::service_account::event::{
    OwnerChanged, Registered, Retired, TokenIssued, TokenRevoked,
};
use domain::service_account::{Right, ServiceAccountEvent};
use uuid::Uuid;

use super::desk::LEAVER;
use super::{AGENT, at};

pub(crate) const AGENT_ACCOUNT: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x5b1));
pub(crate) const OLD_ACCOUNT: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x5b2));
pub(crate) const FIRST: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x5b3));
pub(crate) const SECOND: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x5b4));
const THIRD: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x5b5));

/// What became of them.
pub(super) fn service_accounts() -> Vec<Fact> {
    let registered = |name: &str, owner: PersonId| {
        ServiceAccountEvent::Registered(Box::new(Registered {
            name: name.to_owned(),
            purpose: "Sends inventories".to_owned(),
            owner,
            rights: [Right::CiRegister, Right::CiCorrect].into(),
            system: None,
        }))
    };
    let issued = |token| {
        let ends_at = at(0) + TimeDelta::days(60);
        ServiceAccountEvent::TokenIssued(TokenIssued { token, ends_at })
    };
    let agent = [
        registered("Agent", AGENT),
        issued(FIRST),
        issued(SECOND),
        ServiceAccountEvent::TokenRevoked(TokenRevoked { token: FIRST }),
        ServiceAccountEvent::OwnerChanged(OwnerChanged { owner: LEAVER }),
    ];
    let old =
        [registered("Scanner", AGENT), issued(THIRD), ServiceAccountEvent::Retired(Retired {})];
    let agent = agent.map(|event| Fact::ServiceAccount(AGENT_ACCOUNT, event));
    let old = old.map(|event| Fact::ServiceAccount(OLD_ACCOUNT, event));
    agent.into_iter().chain(old).collect()
}
