//! A rule that denies, as it is or as it was.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::access::model::{AccessSubject as Subject, FieldName, Matcher};
use domain::deny_rule::DenyRule as Of;
use domain::deny_rule::event::Definition;
use domain::kernel::DenyRuleId;

use super::words::DenyStrength;
use crate::graphql::definition::{self, Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::permission::{AccessCondition, AccessScope, AccessSubject};
use crate::graphql::role::AccessRole;

/// What somebody may not do, whatever they were granted.
pub(in crate::graphql) struct DenyRule(Shown<Of>);

impl Noun for DenyRule {
    type Of = Of;

    const LIST: &'static str = "denyRules";
    const READ: Permission = Permission::AccessRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

impl DenyRule {
    fn definition(&self) -> &Definition {
        &self.0.row.body.definition
    }
}

/// What somebody may not do, whatever they were granted.
#[Object]
impl DenyRule {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(DenyRuleId(self.0.row.id))
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.definition().name
    }

    /// Whether anything lifts it.
    async fn strength(&self) -> DenyStrength {
        self.definition().strength.into()
    }

    /// Whether it is for everybody.
    async fn for_everybody(&self) -> bool {
        self.definition().whom == Matcher::Any
    }

    /// The person, the program, or the group whose members it is for; null when it is for others.
    async fn subject(&self) -> Option<AccessSubject> {
        match self.definition().whom {
            Matcher::Subject(subject) => Some(AccessSubject(subject)),
            Matcher::Group(id) => Some(AccessSubject(Subject::Group(id))),
            Matcher::Any | Matcher::Role(_) => None,
        }
    }

    /// The role that those it is for have; null when it is for others.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Matcher::Role(id) = self.definition().whom else { return Ok(None) };
        definition::one(cx, id.0, self.0.at).await
    }

    /// What it denies: actions and patterns of them.
    async fn actions(&self) -> Vec<String> {
        self.definition().actions.iter().map(ToString::to_string).collect()
    }

    /// Where.
    async fn scope(&self) -> AccessScope {
        AccessScope(self.definition().scope.clone())
    }

    /// Under what circumstances; null: always.
    async fn condition(&self) -> Option<AccessCondition> {
        self.definition().condition.clone().map(AccessCondition)
    }

    /// Which fields alone; empty: the action as a whole.
    async fn fields(&self) -> Vec<&str> {
        self.definition().fields.iter().map(FieldName::as_str).collect()
    }

    /// Whether it denies nothing any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}
