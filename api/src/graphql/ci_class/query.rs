//! The classes there are.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;

use super::CiClass;
use crate::graphql::access::MayRead;
use crate::graphql::error::{bad_id, bad_request};
use crate::graphql::id;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize, part};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "ciClasses";

/// Classes of configuration items.
#[derive(Default)]
pub(in crate::graphql) struct CiClassQuery;

/// Classes of configuration items.
#[Object]
impl CiClassQuery {
    /// The classes, by name.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    async fn ci_classes(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CiClass>> {
        let catalogue = loader::catalogue(cx).await?;
        let all = catalogue.classes().filter_map(|class| {
            Some((class.name.to_lowercase(), CiClass::of(&catalogue, class.id)?))
        });
        part(LIST, all.collect(), first, after)
    }

    /// A class, by its id or by its name whatever its case; null when there is none.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    async fn ci_class(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id; else say its name.")] id: Option<ID>,
        #[graphql(desc = "Its name, such as Server.")] name: Option<String>,
    ) -> Result<Option<CiClass>> {
        let catalogue = loader::catalogue(cx).await?;
        let class = match (id, name) {
            (Some(id), None) => Some(id::decode(&id).map_err(bad_id)?),
            (None, Some(name)) => catalogue.by_name(&name).map(|class| class.id),
            _ => return Err(bad_request("say an id or a name")),
        };
        Ok(class.and_then(|class| CiClass::of(&catalogue, class)))
    }
}
