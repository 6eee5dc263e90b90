//! A role, as it is or as it was; and what it permits in the end.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::access::model::RoleDefinition;
use domain::access::standard::standard_roles;
use domain::kernel::RoleId;
use domain::role::Role;
use uuid::Uuid;

use crate::graphql::definition::{self, Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize, part};
use crate::graphql::permission::AccessEntry;
use crate::graphql::permission::words::{AccessObligation, ActionClass, RiskTier};
use crate::graphql::person::Person;
use crate::graphql::scalar::Cursor;

/// Permissions under one name.
pub(in crate::graphql) struct AccessRole(Shown<Role>);

/// What a role permits of one action in the end.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RolePermission {
    /// Which action, such as ticket.close.
    action: String,
    /// What sort of permission it takes.
    class: ActionClass,
    /// Whether each decision on it is kept.
    high_risk: bool,
    /// By which entry, of its own or inherited.
    entry: AccessEntry,
    /// Whether it is of a role that it inherits from.
    inherited: bool,
    /// On what terms: those of the entry, and of every role on the way from where it comes from.
    obligations: Vec<AccessObligation>,
}

impl Noun for AccessRole {
    type Of = Role;

    const LIST: &'static str = "roles";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Role>) -> Self {
        Self(shown)
    }
}

impl AccessRole {
    fn definition(&self) -> &RoleDefinition {
        &self.0.row.body.definition
    }

    fn role(&self) -> RoleId {
        self.definition().id
    }
}

/// Permissions under one name. Each definition is a version of its own.
#[Object]
impl AccessRole {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.role())
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.definition().name
    }

    /// Who answers for it; null: whoever the policy says.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(owner) = self.definition().owner else { return Ok(None) };
        loader::person(cx, owner).await
    }

    /// How much harm it can do.
    async fn risk(&self) -> RiskTier {
        self.definition().risk.into()
    }

    /// What it permits by itself.
    async fn entries(&self) -> Vec<AccessEntry> {
        self.definition().entries.iter().cloned().map(AccessEntry).collect()
    }

    /// The roles that it inherits from, and from none between.
    async fn juniors(&self, cx: &Context<'_>) -> Result<Vec<Self>> {
        let juniors = self.definition().juniors.iter().map(|junior| junior.0);
        definition::some(cx, juniors, self.0.at).await
    }

    /// What it does not take over from them: actions and patterns of them.
    async fn mask(&self) -> Vec<String> {
        self.definition().mask.iter().map(ToString::to_string).collect()
    }

    /// The roles that inherit from it, and from none between, by name.
    async fn seniors(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Self>> {
        let known = definition::worked_out(cx, self.0.at).await?;
        let seniors = known.roles.definitions().filter(|it| it.juniors.contains(&self.role()));
        let seniors: Vec<Uuid> = seniors.map(|senior| senior.id.0).collect();
        let seniors: Vec<Self> = definition::some(cx, seniors, self.0.at).await?;
        let named = |senior: Self| (format!("{} {}", senior.0.row.name, senior.role()), senior);
        let list = format!("seniors:{}", self.role());
        part(&list, seniors.into_iter().map(named).collect(), first, after)
    }

    /// What it permits in the end, by action: its own entries, and those of the roles it inherits from
    /// without what it masks; nothing once it is retired.
    async fn permissions(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<RolePermission>> {
        let known = definition::worked_out(cx, self.0.at).await?;
        let mut all = Vec::new();
        if let Some(index) = known.roles.index(self.role()) {
            for (action, info) in known.registry.actions() {
                for (number, it) in known.roles.effective(index, action).enumerate() {
                    let permission = RolePermission {
                        action: info.name.to_string(),
                        class: info.class.into(),
                        high_risk: info.high_risk,
                        entry: AccessEntry(it.entry.clone()),
                        inherited: !self.definition().entries.contains(it.entry),
                        obligations: it.obligations.iter().map(Into::into).collect(),
                    };
                    all.push((format!("{} {number:04}", info.name), permission));
                }
            }
        }
        part(&format!("permissions:{}", self.role()), all, first, after)
    }

    /// Whether it can be asked for.
    async fn requestable(&self) -> bool {
        self.definition().requestable
    }

    /// For how many hours it is granted at most; null: for good.
    async fn max_hours(&self) -> Option<u32> {
        self.definition().max_hours
    }

    /// What goes with all that it permits, inherited or not.
    async fn obligations(&self) -> Vec<AccessObligation> {
        self.definition().obligations.iter().map(Into::into).collect()
    }

    /// Whether Annals ships it: then it is not retired.
    async fn shipped(&self) -> bool {
        standard_roles().iter().any(|standard| standard.definition.id == self.role())
    }

    /// Whether it permits nothing any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}
