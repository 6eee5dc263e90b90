//! Queries: by identity, a page, a count; the members of a group; what roles permit in the end.

use cqrs_es::Aggregate;
use domain::access::model::{AccessSubject, Registry, RoleDefinition, Roles};
use domain::access_policy::{AccessPolicy, STREAM_ID};
use domain::kernel::{AccessGroupId, RoleId};
use domain::resource_type::ResourceType;
use domain::role::Role;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::definition::Definition;
use super::row::Defined;
use crate::cis::At;
use crate::error::ReadError;
use crate::read::{containing, decode, page_size, storable};
use crate::rows;

const NAME: &str = "access_definitions";

/// Which definitions of a noun are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Retired ones, too.
    pub with_retired: bool,
    /// With this in their name, whatever its case.
    pub search: Option<String>,
    /// Groups that this one was added to.
    pub member: Option<AccessSubject>,
    /// As they are or were.
    pub at: At,
}

/// Members of groups that were added by name: a page of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Members {
    /// As they are or were.
    pub at: At,
    /// At most so many, 1 to 100.
    pub first: i64,
    /// Behind this one.
    pub after: Option<AccessSubject>,
}

/// All roles together, with the actions there are.
#[derive(Debug, Clone)]
pub struct WorkedOut {
    /// What can be done, here and in other systems.
    pub registry: Registry,
    /// The roles that are not retired.
    pub roles: Roles,
}

impl Listing {
    /// What the statements are told after the noun: $2 to $5.
    fn told(&self) -> (bool, Option<String>, Option<i64>, Option<String>) {
        let pattern = |text: &String| containing(&rows::line(text));
        (
            self.with_retired,
            self.search.as_ref().map(pattern),
            position(self.at),
            self.member.map(|member| member.to_string()),
        )
    }

    /// Whether Postgres could hold what is searched for at all.
    fn is_storable(&self) -> bool {
        self.search.as_deref().is_none_or(storable)
    }
}

/// These definitions of a noun, in no order, retired ones among them.
///
/// # Errors
/// The database.
pub async fn by_ids<S: Definition>(
    pool: &PgPool,
    ids: &[Uuid],
    at: At,
) -> Result<Vec<Defined<S::Body>>, ReadError> {
    let query = sqlx::query(include_str!("sql/by_ids.sql"));
    let rows = query.bind(S::TYPE).bind(ids).bind(position(at)).fetch_all(pool).await?;
    defined::<S>(&rows)
}

/// Definitions of a noun by name, then identity: at most `first` (1 to 100) behind `after`.
///
/// # Errors
/// The database.
pub async fn page<S: Definition>(
    pool: &PgPool,
    listing: &Listing,
    first: i64,
    after: Option<Uuid>,
) -> Result<Vec<Defined<S::Body>>, ReadError> {
    if !listing.is_storable() {
        return Ok(Vec::new());
    }
    let (with_retired, pattern, at, member) = listing.told();
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(S::TYPE)
        .bind(with_retired)
        .bind(pattern)
        .bind(at)
        .bind(member)
        .bind(page_size(first))
        .bind(after)
        .fetch_all(pool)
        .await?;
    defined::<S>(&rows)
}

/// How many definitions of a noun there are.
///
/// # Errors
/// The database.
pub async fn count<S: Definition>(pool: &PgPool, listing: &Listing) -> Result<i64, ReadError> {
    if !listing.is_storable() {
        return Ok(0);
    }
    let (with_retired, pattern, at, member) = listing.told();
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(S::TYPE)
        .bind(with_retired)
        .bind(pattern)
        .bind(at)
        .bind(member)
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}

/// The policy: before any change, the shipped one.
///
/// # Errors
/// The database.
pub async fn policy(pool: &PgPool, at: At) -> Result<Defined<AccessPolicy>, ReadError> {
    let found = by_ids::<AccessPolicy>(pool, &[STREAM_ID], at).await?.pop();
    Ok(found.unwrap_or_else(|| Defined {
        id: STREAM_ID,
        version: 0,
        since_seq: 0,
        until_seq: None,
        name: AccessPolicy::TYPE.to_owned(),
        retired: false,
        body: AccessPolicy::default(),
    }))
}

/// Who was added to these groups, of each group groups first, then people, then programs.
///
/// # Errors
/// The database.
pub async fn members(
    pool: &PgPool,
    groups: &[AccessGroupId],
    asked: Members,
) -> Result<Vec<(AccessGroupId, AccessSubject)>, ReadError> {
    let groups: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
    let rows = sqlx::query(include_str!("sql/members.sql"))
        .bind(groups)
        .bind(position(asked.at))
        .bind(page_size(asked.first))
        .bind(asked.after.map(|after| after.to_string()))
        .fetch_all(pool)
        .await?;
    let member = |row: &PgRow| {
        let text: &str = row.try_get("member")?;
        let member = text.parse().map_err(|_| ReadError::Row("access_members"))?;
        Ok((AccessGroupId(row.try_get("group_id")?), member))
    };
    rows.iter().map(member).collect()
}

/// How many were added to a group.
///
/// # Errors
/// The database.
pub async fn members_count(pool: &PgPool, group: AccessGroupId, at: At) -> Result<i64, ReadError> {
    let query = sqlx::query(include_str!("sql/members_count.sql"));
    let row = query.bind(group.0).bind(position(at)).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}

/// What every role permits in the end.
///
/// # Errors
/// The database, or roles that cannot be together, which no command makes.
pub async fn worked_out(pool: &PgPool, at: At) -> Result<WorkedOut, ReadError> {
    let types = in_force::<ResourceType>(pool, at).await?;
    let actions = types.iter().flat_map(|it| it.body.definition.actions());
    let unfit = || ReadError::Row(NAME);
    let registry = Registry::ours().with(actions).map_err(|_| unfit())?;
    let roles = in_force::<Role>(pool, at).await?.into_iter();
    let mut roles: Vec<RoleDefinition> = roles.map(|it| it.body.definition).collect();
    let there: Vec<RoleId> = roles.iter().map(|role| role.id).collect();
    roles.iter_mut().for_each(|role| role.juniors.retain(|junior| there.contains(junior)));
    let roles = Roles::of(roles, &registry).map_err(|_| unfit())?;
    Ok(WorkedOut { registry, roles })
}

async fn in_force<S: Definition>(
    pool: &PgPool,
    at: At,
) -> Result<Vec<Defined<S::Body>>, ReadError> {
    let query = sqlx::query(include_str!("sql/in_force.sql"));
    let rows = query.bind(S::TYPE).bind(position(at)).fetch_all(pool).await?;
    defined::<S>(&rows)
}

fn defined<S: Definition>(rows: &[PgRow]) -> Result<Vec<Defined<S::Body>>, ReadError> {
    let rows: Vec<Defined<S>> = decode(NAME, rows)?;
    let each = rows.into_iter().map(Defined::into_body);
    each.collect::<Option<_>>().ok_or(ReadError::Row(NAME))
}

/// The position of the log that the statements are told; null: now.
fn position(at: At) -> Option<i64> {
    match at {
        At::Now => None,
        At::After(position) => Some(position),
    }
}
