//! What a ticket is about, as a row of the read side.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::{SlaPlanId, UnitId};
use projections::subjects::SubjectRow;

use crate::graphql::access::reads_all;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::sla_plan::SlaPlan;
use crate::graphql::ticket::words::Priority;
use crate::graphql::unit::Unit;

/// What tickets are about.
pub(in crate::graphql) struct Subject(pub(in crate::graphql) SubjectRow);

/// How tickets about a subject start.
#[derive(SimpleObject)]
#[graphql(complex)]
struct SubjectDefaults {
    #[graphql(skip)]
    unit_id: Option<UnitId>,
    #[graphql(skip)]
    sla_plan_id: Option<SlaPlanId>,
    /// Their priority when nobody says one; null: NORMAL.
    priority: Option<Priority>,
    /// What whoever works on them has to be able to do.
    skill: Option<String>,
    /// The tier that works on them; null: any.
    tier: Option<i16>,
}

#[ComplexObject]
impl SubjectDefaults {
    /// Which unit they go to; null: dispatch.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.unit_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// The service level plan that measures them; null: that of their kind.
    async fn sla_plan(&self, cx: &Context<'_>) -> Result<Option<SlaPlan>> {
        let Some(id) = self.sla_plan_id else { return Ok(None) };
        loader::sla_plan(cx, id).await
    }
}

/// What tickets are about, such as a category or a service.
#[Object]
impl Subject {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.subject_id)
    }

    /// For people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether no new ticket is about it.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// How tickets about it start; null for clients.
    async fn defaults(&self, cx: &Context<'_>) -> Option<SubjectDefaults> {
        reads_all(cx, Permission::SubjectRead).then(|| SubjectDefaults {
            unit_id: self.0.unit_id,
            sla_plan_id: self.0.sla_plan_id,
            priority: self.0.priority.map(Into::into),
            skill: self.0.skill.clone(),
            tier: self.0.tier,
        })
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
