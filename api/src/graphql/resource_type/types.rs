//! A type of resources of another system, as it is or as it was.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::ResourceTypeId;
use domain::resource_type::ResourceType as Of;
use domain::resource_type::event::Defined;

use crate::graphql::definition::{Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::permission::words::ActionClass;

/// What another system has and Annals decides about.
pub(in crate::graphql) struct ResourceType(Shown<Of>);

/// What can be done with resources of a type.
#[derive(SimpleObject)]
struct ResourceVerb {
    /// In one word.
    verb: String,
    /// As roles and rules name it: system:type.verb.
    action: String,
    /// Whether it reads, does something, or approves.
    class: ActionClass,
    /// Whether each decision about it is kept.
    high_risk: bool,
}

impl Noun for ResourceType {
    type Of = Of;

    const LIST: &'static str = "resourceTypes";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

impl ResourceType {
    fn definition(&self) -> &Defined {
        &self.0.row.body.definition
    }
}

/// What another system has and Annals decides about.
#[Object]
impl ResourceType {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(ResourceTypeId(self.0.row.id))
    }

    /// Whose the resources are.
    async fn system(&self) -> &str {
        &self.definition().system
    }

    /// What they are called there; with the system unique among those that are not retired.
    async fn name(&self) -> &str {
        &self.definition().name
    }

    /// What people call them.
    async fn label(&self) -> &str {
        &self.definition().label
    }

    /// What can be done with them.
    async fn verbs(&self) -> Vec<ResourceVerb> {
        let full_name = self.definition().full_name();
        let verbs = self.definition().verbs.iter().map(|(verb, it)| ResourceVerb {
            verb: verb.clone(),
            action: format!("{full_name}.{verb}"),
            class: it.class.into(),
            high_risk: it.high_risk,
        });
        verbs.collect()
    }

    /// What the program is called that said so; null: a person did.
    async fn registrar(&self, cx: &Context<'_>) -> Result<Option<String>> {
        let Some(program) = self.definition().registrar else { return Ok(None) };
        loader::service_name(cx, program).await
    }

    /// Whether nobody may do anything with them any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}
