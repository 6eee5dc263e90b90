//! The closed vocabularies of permissions, as the schema knows them.

use async_graphql::Enum;
use domain::access::model::ClassSet;

/// One way to stand to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::RelationName")]
pub(in crate::graphql) enum AccessRelation {
    /// Its author or requester, or the person itself.
    Own,
    /// Speaks for the organisation of its author or requester.
    Leads,
    /// Named by it.
    Assigned,
    /// Holds it.
    Holds,
    /// Held it last.
    HeldLast,
    /// Belongs to its unit.
    Member,
    /// It names nobody.
    Unassigned,
    /// Heads its unit.
    Heads,
    /// Heads a unit its author belongs to.
    Answers,
    /// Places it, and it waits for that.
    Dispatches,
    /// Places such, and it is given to nobody.
    Unplaced,
    /// Asked to hear of it.
    Watches,
}

/// With what weight one speaks on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::Weight")]
pub(in crate::graphql) enum AccessStanding {
    /// As any permitted person.
    Ordinary,
    /// As one who steers: may break a hold, may steer a resolved ticket.
    Steering,
}

/// What goes with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::Obligation")]
pub(in crate::graphql) enum AccessObligation {
    /// The session has proved who it is a second time.
    StepUpMfa,
    /// Whoever does it says why.
    ReasonRequired,
    /// Whoever watches over access hears of it.
    Watch,
}

/// What sort of permission an action takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::ActionClass")]
pub(in crate::graphql) enum ActionClass {
    /// To have to do with a type at all.
    Function,
    /// To read.
    Data,
    /// To do something.
    Operation,
    /// To approve: a person's to do, and up to a level.
    Approval,
}

/// One by one.
pub(in crate::graphql) fn classes(all: ClassSet) -> Vec<ActionClass> {
    Vec::from(all).into_iter().map(Into::into).collect()
}

/// How much harm a role can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::RiskTier")]
pub(in crate::graphql) enum RiskTier {
    /// What most people have.
    Standard,
    /// More than that.
    Elevated,
    /// May change what others may do, or undo what others rely on.
    Privileged,
}

/// What sort of subject has access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::SubjectKind")]
pub(in crate::graphql) enum AccessSubjectKind {
    /// A person's account.
    Person,
    /// A program's.
    Service,
    /// A group.
    Group,
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AccessConditionKind {
    /// The clocks of a zone.
    TimeWindow,
    /// An attribute of the object.
    AttributeIn,
    /// The object's risk.
    RiskAtMost,
    /// Several conditions together.
    All,
}

/// What a population is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum PopulationTestKind {
    /// Which side of the desk somebody is on.
    Kind,
    /// Whose client somebody is.
    Organization,
    /// To which unit somebody belongs.
    Unit,
    /// Which role of the desk somebody has.
    Role,
    /// Of which tier somebody is.
    Tier,
    /// Which position somebody has.
    Position,
    /// In what somebody is certified.
    Skill,
}
