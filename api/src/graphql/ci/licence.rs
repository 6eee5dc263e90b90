//! How far licences are used up.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result, SimpleObject};
use domain::cmdb::Datum;
use domain::kernel::CiId;
use projections::ReadError;
use projections::cis::{self, At};

use super::Ci;
use crate::graphql::context::load;
use crate::graphql::loader::{Loaded, Reads};

/// The class whose items these are.
const LICENCE: &str = "Licence";
/// The attribute that says how many may use one.
const LIMIT: &str = "usage_limit";

/// How far a licence is used up.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CiLicenceUsage {
    /// How many active items are `licensed_by` it.
    used: i64,
    /// How many may be, its `usage_limit`; null: any number.
    limit: Option<i64>,
    /// Whether more are than may be.
    exceeded: bool,
}

/// A licence at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct LicenceAt(CiId, At);

#[async_trait]
impl Loader<LicenceAt> for Reads {
    type Value = i64;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[LicenceAt]) -> Loaded<LicenceAt, i64> {
        let mut parts: HashMap<At, Vec<CiId>> = HashMap::new();
        for LicenceAt(id, at) in keys {
            parts.entry(*at).or_default().push(*id);
        }
        let mut found = HashMap::new();
        for (at, ids) in parts {
            let used = cis::licences_used(&self.pool, &ids, at).await?;
            found.extend(used.into_iter().map(|(id, used)| (LicenceAt(id, at), used)));
        }
        Ok(found)
    }
}

/// How far an item is used up, if it is a licence.
pub(super) async fn usage(cx: &Context<'_>, ci: &Ci) -> Result<Option<CiLicenceUsage>> {
    let licence = ci.catalogue.by_name(LICENCE).map(|class| class.id);
    if !licence.is_some_and(|licence| ci.catalogue.is_a(ci.row.class_id, licence)) {
        return Ok(None);
    }
    let asked = LicenceAt(ci.row.ci_id, ci.at);
    let used = load(cx, asked).await?.unwrap_or_default();
    let limit = match ci.row.attributes.get(LIMIT) {
        Some(Datum::Integer(limit)) => Some(*limit),
        _ => None,
    };
    Ok(Some(CiLicenceUsage { used, limit, exceeded: limit.is_some_and(|limit| used > limit) }))
}
