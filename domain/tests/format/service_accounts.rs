//! One event of each kind of a service account.

use domain::kernel::ServiceTokenId;
use domain::service_account::event::{
    OwnerChanged, Registered, Retired, TokenIssued, TokenRevoked,
};
use domain::service_account::{Right, ServiceAccountEvent};
use uuid::Uuid;

use super::samples::{PERSON, instant};

const TOKEN: ServiceTokenId = ServiceTokenId(Uuid::from_u128(0x31));

pub(crate) fn service_accounts() -> [ServiceAccountEvent; 5] {
    [
        ServiceAccountEvent::Registered(Box::new(Registered {
            name: "Inventory agent".to_owned(),
            purpose: "Sends what stands in the racks".to_owned(),
            owner: PERSON,
            rights: [Right::CiRegister, Right::CiCorrect, Right::CiRelate, Right::CiRetire].into(),
            system: None,
        })),
        ServiceAccountEvent::TokenIssued(TokenIssued { token: TOKEN, ends_at: instant(250_001) }),
        ServiceAccountEvent::TokenRevoked(TokenRevoked { token: TOKEN }),
        ServiceAccountEvent::OwnerChanged(OwnerChanged { owner: PERSON }),
        ServiceAccountEvent::Retired(Retired {}),
    ]
}
