//! Issue token: it can speak with another one.

use chrono::{DateTime, TimeDelta, Utc};

use super::{must_hold, must_own};
use crate::kernel::{Context, ServiceTokenId};
use crate::service_account::event::{ServiceAccountEvent, TokenIssued};
use crate::service_account::refusal::ServiceAccountRefusal;
use crate::service_account::state::ServiceAccount;

/// How far ahead a token may end.
pub(crate) const DAYS_MAX: i64 = 90;
/// How many tokens serve at a time: one, and the one that takes over.
pub(crate) const TOKENS_MAX: usize = 2;

/// Z2, Z3, Z5. It can speak with this token as well, until it ends.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueToken {
    /// The token's identity; whoever keeps the secret draws it.
    pub token: ServiceTokenId,
    /// From this instant on it does not serve.
    pub ends_at: DateTime<Utc>,
}

impl IssueToken {
    pub(in crate::service_account) fn decide(
        self,
        account: &ServiceAccount,
        cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        let body = account.open()?;
        if body.tokens.contains_key(&self.token) {
            return Ok(vec![]);
        }
        must_hold(&body.rights, cx)?;
        must_own(body.owner, cx)?;
        let ahead = self.ends_at - cx.now;
        if ahead <= TimeDelta::zero() || ahead > TimeDelta::days(DAYS_MAX) {
            return Err(ServiceAccountRefusal::EndUnfit);
        }
        let serving = body.tokens.values().filter(|token| token.serves(cx.now)).count();
        if serving >= TOKENS_MAX {
            return Err(ServiceAccountRefusal::TooManyTokens);
        }
        let (token, ends_at) = (self.token, self.ends_at);
        Ok(vec![ServiceAccountEvent::TokenIssued(TokenIssued { token, ends_at })])
    }
}
