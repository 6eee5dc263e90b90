//! Where a grant or a rule holds.

use async_graphql::{Context, ID, Object, OneofObject, Result};
use domain::access::model::{Scope, ScopePath};
use domain::kernel::{CiId, UnitId};

use super::patterns::{placed, unfit};
use crate::graphql::ci::Ci;
use crate::graphql::input::single;
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::unit::Unit;

/// A place; absent: everywhere.
#[derive(Debug, Clone, OneofObject)]
pub(in crate::graphql) enum AccessScopeInput {
    /// What lies in this unit.
    UnitId(ID),
    /// This configuration item.
    CiId(ID),
}

/// Where a grant or a rule holds.
pub(in crate::graphql) struct AccessScope(pub(in crate::graphql) Scope);

/// The place that is meant; `place` is where it stands in the input.
pub(in crate::graphql) fn scope(
    place: &str,
    input: Option<AccessScopeInput>,
) -> std::result::Result<Scope, UserError> {
    Ok(match input {
        None => Scope::Everywhere,
        Some(AccessScopeInput::UnitId(id)) => {
            let place = format!("{place}.unitId");
            let unit: UnitId = placed(single(&place, &id), &place)?;
            let path = ScopePath::of_units(&[unit]);
            Scope::Node(path.ok_or_else(|| unfit(&place, "lies too deep"))?)
        }
        Some(AccessScopeInput::CiId(id)) => {
            let place = format!("{place}.ciId");
            Scope::Item(placed(single::<CiId>(&place, &id), &place)?)
        }
    })
}

/// Where a grant or a rule holds: everywhere, in a unit, or on one configuration item.
#[Object]
impl AccessScope {
    /// Whether it is the whole tree.
    async fn everywhere(&self) -> bool {
        self.0 == Scope::Everywhere
    }

    /// Below which unit; null when it is none, or one that you may not see.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Scope::Node(path) = &self.0 else { return Ok(None) };
        let text = path.to_string();
        let last = text.rsplit('/').next().unwrap_or_default();
        match last.parse() {
            Ok(id) => loader::unit(cx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// On which item; null when it is none, or one that you may not see.
    async fn ci(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let Scope::Item(id) = self.0 else { return Ok(None) };
        loader::ci(cx, id).await
    }
}
