//! The gates of a decision, as the schema knows them.

use async_graphql::Enum;
use domain::access::decide::Reason;

/// Which gate a question did not pass, in the order of the gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AccessGate {
    /// Who asks, for what: an unknown action, somebody who may do nothing, a program that would approve.
    Identity,
    /// They have nothing to do with such things at all.
    Function,
    /// A rule denies it that takes no exception.
    HardDeny,
    /// No grant permits it here.
    Grant,
    /// A bound above what was granted.
    Ceiling,
    /// A rule denies it that takes exceptions.
    SoftDeny,
    /// They did another duty on it.
    Duty,
    /// They may approve less.
    Level,
    /// Not all of these fields.
    Fields,
    /// Something has to be met before.
    Obligation,
}

impl From<&Reason> for AccessGate {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::Gate(_) => Self::Identity,
            Reason::NoFunction => Self::Function,
            Reason::HardDeny(_) => Self::HardDeny,
            Reason::Revoked | Reason::Expired | Reason::OutOfScope | Reason::NoGrant => Self::Grant,
            Reason::Ceiling => Self::Ceiling,
            Reason::SoftDeny(_) => Self::SoftDeny,
            Reason::Duty(_) => Self::Duty,
            Reason::Level => Self::Level,
            Reason::Fields(_) => Self::Fields,
            Reason::Obligation(_) => Self::Obligation,
        }
    }
}
