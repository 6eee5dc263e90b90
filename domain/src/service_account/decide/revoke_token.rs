//! Revoke token: it serves no more.

use crate::kernel::{Context, ServiceTokenId};
use crate::service_account::event::{ServiceAccountEvent, TokenRevoked};
use crate::service_account::refusal::ServiceAccountRefusal;
use crate::service_account::state::ServiceAccount;

/// Z4. The token never serves again. Revoking it twice, or after its end, changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct RevokeToken {
    /// Which one.
    pub token: ServiceTokenId,
}

impl RevokeToken {
    pub(in crate::service_account) fn decide(
        self,
        account: &ServiceAccount,
        cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        let known = account.body()?.tokens.get(&self.token);
        let token = known.ok_or(ServiceAccountRefusal::TokenNotFound)?;
        if !token.serves(cx.now) {
            return Ok(vec![]);
        }
        Ok(vec![ServiceAccountEvent::TokenRevoked(TokenRevoked { token: self.token })])
    }
}
