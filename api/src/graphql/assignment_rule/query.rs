//! One of them, and the list.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::assignment_rule::simulation::SimulationQuery;
use domain::kernel::AssignmentRuleId;
use projections::cis::At;

use super::AssignmentRule;
use super::input::AssignmentRuleContentInput;
use super::types::AssignmentRulePreview;
use crate::graphql::access::{MayRead, caller};
use crate::graphql::context::services;
use crate::graphql::definition;
use crate::graphql::error::{bad_id, bad_request, internal};
use crate::graphql::id;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, PageSize};

use crate::graphql::scalar::Cursor;

/// What whoever is of a population has.
#[derive(Default)]
pub(in crate::graphql) struct AssignmentRuleQuery;

/// What whoever is of a population has.
#[Object]
impl AssignmentRuleQuery {
    /// A rule that grants by itself, as it is or as it was; null when there is none, or was none.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    async fn assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<Option<AssignmentRule>> {
        let id: AssignmentRuleId = id::decode(&id).map_err(bad_id)?;
        definition::one(cx, id.0, definition::moment(cx, at).await?).await
    }

    /// The rules that grant by themselves, by name.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn assignment_rules(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "With this in their name, whatever its case; at most 200 characters.")]
        search: Option<String>,
        #[graphql(desc = "Whether to list retired ones too.", default)] with_retired: bool,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AssignmentRule>> {
        let listing = definition::listing(cx, search, with_retired, at).await?;
        definition::list(cx, listing, (first, after)).await
    }

    /// What would come of a rule now; of one that is there and for which nothing else is said, of what
    /// waits. Null when nothing waits.
    #[graphql(guard = "MayRead(Permission::AccessRead)")]
    async fn assignment_rule_preview(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which rule it would be; absent: a new one.")] assignment_rule_id: Option<
            ID,
        >,
        #[graphql(desc = "What it would say; absent: what waits.")] content: Option<
            AssignmentRuleContentInput,
        >,
    ) -> Result<Option<AssignmentRulePreview>> {
        let id: Option<AssignmentRuleId> =
            assignment_rule_id.as_ref().map(id::decode).transpose().map_err(bad_id)?;
        let definition = match (content, id) {
            (Some(content), _) => Some(content.read().map_err(|error| bad_request(error.message))?),
            (None, Some(id)) => {
                let rule: Option<AssignmentRule> = definition::one(cx, id.0, At::Now).await?;
                rule.and_then(|rule| rule.waiting_definition().cloned())
            }
            (None, None) => return Err(bad_request("say which rule, or what it would say")),
        };
        let Some(definition) = definition else { return Ok(None) };
        let gateway = &services(cx)?.gateway;
        let rule = id.unwrap_or_else(|| AssignmentRuleId(gateway.new_id()));
        let found = gateway.simulated(caller(cx)?, SimulationQuery { rule, definition }).await;
        Ok(found.map_err(internal)?.map(Into::into))
    }
}
