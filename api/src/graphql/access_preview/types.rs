//! What a grant would come to, for everybody concerned.

use async_graphql::{Context, Enum, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::model::SodAction;
use domain::access::preview::{Change, Preview, Way};
use domain::access::sod::Breach;
use domain::kernel::PersonId;
use projections::cis::At;

use crate::graphql::access_group::AccessGroup;
use crate::graphql::definition::one;
use crate::graphql::loader;
use crate::graphql::permission::words::ActionClass;
use crate::graphql::person::Person;
use crate::graphql::role::AccessRole;
use crate::graphql::sod_rule::SodRule;

/// What a grant would come to, before it is given.
pub(super) struct AccessPreview {
    /// How many people would have more.
    pub(super) concerned: usize,
    /// What it comes to for some of them.
    pub(super) shown: Vec<PersonPreview>,
}

/// What a grant would come to for one person.
pub(super) struct PersonPreview {
    pub(super) person: PersonId,
    pub(super) told: Preview,
    /// How many they can read now, and could.
    pub(super) tickets: (i64, i64),
}

/// An action that would reach further.
pub(super) struct ReachChange(Change);

/// A rule of duties that would be broken.
pub(super) struct SodBreach(Breach);

/// A step to more rights that would take nobody else.
pub(super) struct ElevationWay(Way);

/// How somebody could come to more rights without a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum ElevationWayKind {
    /// The role was prepared for emergencies of a group that they would belong to.
    Emergency,
    /// Requests for the role pass without a vote.
    Unasked,
}

/// What is done about a broken rule of duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum SodConsequence {
    /// The grant would be refused.
    Block,
    /// It takes an exception that was approved.
    Approve,
    /// It is given, and taken note of.
    Record,
    /// Something of what they have is taken back.
    Prune,
}

/// What a grant would come to, before it is given.
#[Object]
impl AccessPreview {
    /// How many people would have it.
    async fn concerned(&self) -> usize {
        self.concerned
    }

    /// What it would come to for each of the first 20 of them.
    async fn people(&self) -> &[PersonPreview] {
        &self.shown
    }
}

/// What a grant would come to for one person.
#[Object]
impl PersonPreview {
    /// Whom.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.person).await
    }

    /// Every action that would reach further than it does now; none when they have all of it already.
    async fn changes(&self) -> Vec<ReachChange> {
        self.told.changes.iter().cloned().map(ReachChange).collect()
    }

    /// The rules of duties that would be broken, and are not now.
    async fn breaches(&self) -> Vec<SodBreach> {
        self.told.breaches.iter().cloned().map(SodBreach).collect()
    }

    /// The steps to more rights that would open to them without a second person.
    async fn ways(&self) -> Vec<ElevationWay> {
        self.told.ways.iter().cloned().map(ElevationWay).collect()
    }

    /// How many tickets they can read now.
    async fn tickets_before(&self) -> i64 {
        self.tickets.0
    }

    /// How many they could read.
    async fn tickets_after(&self) -> i64 {
        self.tickets.1
    }
}

/// An action that would reach further.
#[Object]
impl ReachChange {
    /// Which, such as ticket.resolve.
    async fn action(&self) -> &str {
        self.0.action.as_str()
    }

    /// What sort of permission it takes.
    async fn class(&self) -> ActionClass {
        self.0.class.into()
    }

    /// Whether much depends on it.
    async fn high_risk(&self) -> bool {
        self.0.high_risk
    }

    /// To which objects it can be done now: nothing, everything, or how they have to stand to it and
    /// where it lies, such as own | heads.
    async fn before(&self) -> String {
        self.0.before.to_string()
    }

    /// To which it could be done.
    async fn after(&self) -> String {
        self.0.after.to_string()
    }
}

/// A rule of duties that would be broken.
#[Object]
impl SodBreach {
    /// Which; null when it is gone by now.
    async fn rule(&self, cx: &Context<'_>) -> Result<Option<SodRule>> {
        one(cx, self.0.rule.0, At::Now).await
    }

    /// What is done about it.
    async fn consequence(&self) -> SodConsequence {
        match self.0.action {
            SodAction::Block => SodConsequence::Block,
            SodAction::Approve => SodConsequence::Approve,
            SodAction::Record => SodConsequence::Record,
            SodAction::Prune => SodConsequence::Prune,
        }
    }

    /// From this instant on.
    async fn from(&self) -> DateTime<Utc> {
        self.0.from
    }

    /// No more at this instant; null: for good.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.until
    }
}

/// A step to more rights that would take nobody else.
#[Object]
impl ElevationWay {
    /// By what.
    async fn kind(&self) -> ElevationWayKind {
        match self.0 {
            Way::Emergency { .. } => ElevationWayKind::Emergency,
            Way::Unasked { .. } => ElevationWayKind::Unasked,
        }
    }

    /// To which role.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let (Way::Emergency { role, .. } | Way::Unasked { role, .. }) = &self.0;
        one(cx, role.0, At::Now).await
    }

    /// Of an emergency: the group it was prepared for.
    async fn group(&self, cx: &Context<'_>) -> Result<Option<AccessGroup>> {
        match &self.0 {
            Way::Emergency { group, .. } => one(cx, group.0, At::Now).await,
            Way::Unasked { .. } => Ok(None),
        }
    }

    /// Of requests that nobody is asked about: the rules of the access policy that say so.
    async fn rules(&self) -> Vec<&str> {
        match &self.0 {
            Way::Emergency { .. } => Vec::new(),
            Way::Unasked { rules, .. } => rules.iter().map(String::as_str).collect(),
        }
    }
}
