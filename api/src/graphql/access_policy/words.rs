//! The closed vocabularies of the policy, as the schema knows them.

use async_graphql::Enum;
use domain::access_policy::Approver;

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum PolicyApproverKind {
    /// Whoever answers for the role; of a role that is nobody's, the policy's owner.
    RoleOwner,
    /// Those who head a unit of the beneficiary.
    Superior,
    /// Those who watch over access.
    Governance,
    /// One person.
    Person,
    /// The people of a group.
    Group,
    /// Whoever holds a role.
    Holders,
}

/// Who is asked, and needs no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum PolicyOffice {
    /// Whoever answers for the role; of a role that is nobody's, the policy's owner.
    RoleOwner,
    /// Those who head a unit of the beneficiary.
    Superior,
    /// Those who watch over access.
    Governance,
}

/// How many votes decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum PolicyMode {
    /// The first vote.
    Any,
    /// Everybody approves, or somebody rejects.
    All,
    /// So many approve, or so many reject that they cannot any more.
    Quorum,
    /// The first threshold that is satisfied, from above.
    Thresholds,
}

/// A way to decide that takes no numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum PolicyPlainMode {
    /// The first vote.
    Any,
    /// Everybody approves, or somebody rejects.
    All,
}

impl From<PolicyOffice> for Approver {
    fn from(office: PolicyOffice) -> Self {
        match office {
            PolicyOffice::RoleOwner => Self::RoleOwner,
            PolicyOffice::Superior => Self::Superior,
            PolicyOffice::Governance => Self::Governance,
        }
    }
}

impl From<&Approver> for PolicyApproverKind {
    fn from(approver: &Approver) -> Self {
        match approver {
            Approver::RoleOwner => Self::RoleOwner,
            Approver::Superior => Self::Superior,
            Approver::Governance => Self::Governance,
            Approver::Person(_) => Self::Person,
            Approver::Group(_) => Self::Group,
            Approver::Holders(_) => Self::Holders,
        }
    }
}
