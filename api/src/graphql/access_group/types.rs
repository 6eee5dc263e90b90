//! A group of those who have access, as it is or as it was.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::access::model::AccessSubject as Subject;
use domain::access_group::AccessGroup as Of;
use domain::access_group::state::Body;
use domain::kernel::AccessGroupId;
use projections::ReadError;
use projections::access_definitions::{Members, members, members_count};

use crate::graphql::access::reads_all;
use crate::graphql::context::{load, services};
use crate::graphql::definition::{Noun, Shown};
use crate::graphql::error::unread;
use crate::graphql::id::encode;
use crate::graphql::loader::{self as loaded, Loaded, Reads};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::permission::{AccessSubject, PopulationTest, tests};
use crate::graphql::person::Person;
use crate::graphql::scalar::Cursor;

/// A group of those who have access.
pub(in crate::graphql) struct AccessGroup(Shown<Of>);

impl Noun for AccessGroup {
    type Of = Of;

    const LIST: &'static str = "accessGroups";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

impl AccessGroup {
    fn body(&self) -> &Body {
        &self.0.row.body
    }
}

/// A page of the members of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct MembersOf(AccessGroupId, Members);

#[async_trait]
impl Loader<MembersOf> for Reads {
    type Value = Vec<Subject>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[MembersOf]) -> Loaded<MembersOf, Vec<Subject>> {
        let mut asked: HashMap<Members, Vec<AccessGroupId>> = HashMap::new();
        keys.iter().for_each(|key| asked.entry(key.1).or_default().push(key.0));
        let mut found: HashMap<MembersOf, Vec<Subject>> = HashMap::new();
        for (page, groups) in asked {
            for (group, member) in members(&self.pool, &groups, page).await? {
                found.entry(MembersOf(group, page)).or_default().push(member);
            }
        }
        Ok(found)
    }
}

/// A group of those who have access: those who were added, and whoever is of its population.
#[Object]
impl AccessGroup {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(AccessGroupId(self.0.row.id))
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.body().name
    }

    /// What it is for.
    async fn purpose(&self) -> &str {
        &self.body().purpose
    }

    /// Who answers for it.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loaded::person(cx, self.body().owner).await
    }

    /// Whoever passes all tests of one of these belongs to it besides; empty: nobody does.
    async fn population(&self) -> Vec<Vec<PopulationTest>> {
        self.body().population.as_ref().map(tests).unwrap_or_default()
    }

    /// Who was added: groups, people, programs; null for those who may not see who has access.
    async fn members(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<AccessSubject>>> {
        if !reads_all(cx, Permission::AccessRead) {
            return Ok(None);
        }
        let (group, at) = (AccessGroupId(self.0.row.id), self.0.at);
        let list = format!("members:{group}");
        let after: Option<Subject> = after.map(|after| place(&list, &after)).transpose()?;
        let size = rows(first);
        let asked = MembersOf(group, Members { at, first: size + 1, after });
        let found = load(cx, asked).await?.unwrap_or_default();
        let edge = |member: Subject| (member, AccessSubject(member));
        let pool = services(cx)?.reads.clone();
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { members_count(&pool, group, at).await.map_err(unread) })
        });
        Ok(Some(page_of(&list, (found, size), after.is_some(), edge, count)))
    }

    /// Whether nobody has anything through it any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}
