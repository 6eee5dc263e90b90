//! A rule of segregation of duties, as it is or as it was.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::access::model::{Counted, Duty, SodKind};
use domain::sod_rule::SodRule as Of;

use super::words::SodAction;
use crate::graphql::definition::{self, Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::role::AccessRole;

/// What one human must not have, or do, together.
pub(in crate::graphql) struct SodRule(Shown<Of>);

/// A part that one human plays for an object.
#[derive(SimpleObject)]
struct SodDuty {
    /// What it is called.
    name: String,
    /// By doing what one takes it on; empty: only the object says who has it.
    actions: Vec<String>,
}

impl Noun for SodRule {
    type Of = Of;

    const LIST: &'static str = "sodRules";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

impl SodRule {
    fn kind(&self) -> &SodKind {
        &self.0.row.body.definition.kind
    }
}

impl From<&Duty> for SodDuty {
    fn from(duty: &Duty) -> Self {
        let actions = duty.actions.iter().map(ToString::to_string);
        Self { name: duty.name.to_string(), actions: actions.collect() }
    }
}

/// What one human must not have, or do, together. A static rule counts roles and actions, a dynamic
/// one separates duties; what a rule does not take is null or empty.
#[Object]
impl SodRule {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.row.body.definition.id)
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// What happens when it would be broken.
    async fn action(&self) -> SodAction {
        self.0.row.body.definition.action.into()
    }

    /// Of a static rule: the roles it counts, inherited or not.
    async fn roles(&self, cx: &Context<'_>) -> Result<Vec<AccessRole>> {
        let SodKind::Static { set, .. } = self.kind() else { return Ok(Vec::new()) };
        let roles = set.iter().filter_map(|counted| match counted {
            Counted::Role(id) => Some(id.0),
            Counted::Actions(_) => None,
        });
        definition::some(cx, roles.collect::<Vec<_>>(), self.0.at).await
    }

    /// Of a static rule: the actions, and patterns of them, any permission for which it counts.
    async fn actions(&self) -> Vec<String> {
        let SodKind::Static { set, .. } = self.kind() else { return Vec::new() };
        let actions = set.iter().filter_map(|counted| match counted {
            Counted::Role(_) => None,
            Counted::Actions(pattern) => Some(pattern.to_string()),
        });
        actions.collect()
    }

    /// Of a static rule: how many of them are too many.
    async fn count(&self) -> Option<u8> {
        match self.kind() {
            SodKind::Static { n, .. } => Some(*n),
            SodKind::Dynamic { .. } => None,
        }
    }

    /// Of a dynamic rule: what sort of object.
    async fn object_type(&self) -> Option<&str> {
        match self.kind() {
            SodKind::Static { .. } => None,
            SodKind::Dynamic { object_type, .. } => Some(object_type),
        }
    }

    /// Of a dynamic rule: the duties no human does more than one of, on one object.
    async fn duties(&self) -> Vec<SodDuty> {
        match self.kind() {
            SodKind::Static { .. } => Vec::new(),
            SodKind::Dynamic { duties, .. } => duties.iter().map(Into::into).collect(),
        }
    }

    /// Whether it separates nothing any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}
