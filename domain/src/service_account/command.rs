//! The service account's verbs: a table of contents.

pub use super::decide::change_owner::ChangeOwner;
pub use super::decide::issue_token::IssueToken;
pub use super::decide::register::Register;
pub use super::decide::retire::Retire;
pub use super::decide::revoke_token::RevokeToken;
use super::event::ServiceAccountEvent;
use super::refusal::ServiceAccountRefusal;
use super::state::ServiceAccount;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs, PersonId};

/// The scope of the claims on names of service accounts.
pub const NAMES: &str = "service_account.name";

/// What can be asked of a service account.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum ServiceAccountCommand {
    Register(Box<Register>),
    IssueToken(IssueToken),
    RevokeToken(RevokeToken),
    ChangeOwner(ChangeOwner),
    Retire(Retire),
}

impl Command for ServiceAccountCommand {
    type State = ServiceAccount;
    type Event = ServiceAccountEvent;
    type Refusal = ServiceAccountRefusal;

    fn needs(&self, account: &ServiceAccount) -> Needs {
        let known = |owner: Option<PersonId>| Needs {
            people: owner.into_iter().collect(),
            access: AccessNeeds::rules(),
            ..Needs::default()
        };
        match self {
            Self::Register(c) => known(Some(c.owner)),
            Self::ChangeOwner(c) => known(Some(c.owner)),
            Self::IssueToken(_) => known(account.0.as_deref().map(|body| body.owner)),
            Self::RevokeToken(_) | Self::Retire(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        account: &ServiceAccount,
        cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        match self {
            Self::Register(c) => c.decide(account, cx),
            Self::IssueToken(c) => c.decide(account, cx),
            Self::RevokeToken(c) => c.decide(account, cx),
            Self::ChangeOwner(c) => c.decide(account, cx),
            Self::Retire(c) => c.decide(account, cx),
        }
    }

    fn claims(before: &ServiceAccount, event: &ServiceAccountEvent) -> Vec<ClaimChange> {
        let held = before.name_held();
        let wanted = match event {
            ServiceAccountEvent::Registered(e) => Some(e.name.as_str()),
            ServiceAccountEvent::Retired(_) => None,
            ServiceAccountEvent::TokenIssued(_)
            | ServiceAccountEvent::TokenRevoked(_)
            | ServiceAccountEvent::OwnerChanged(_) => held,
        };
        let key = |name: Option<&str>| name.map(ClaimKey::of_name);
        ClaimChange::exchange(NAMES, key(held), key(wanted))
    }
}
