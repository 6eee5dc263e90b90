//! What a walk wants to know, read in one snapshot.

use std::collections::{BTreeMap, HashMap};

use domain::ci::words::CiLife;
use domain::cmdb::impact::{Direction, Level, NODES_MAX, NodeFacts, Rules, Wanted};
use domain::kernel::{CiClassId, CiId};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{Connection, PgConnection, Postgres, QueryBuilder, Row, Transaction};
use uuid::Uuid;

use super::level::Found;
use crate::cis::columns::{COLUMNS, decode};
use crate::cis::{At, CiRow};
use crate::error::ReadError;
use crate::schema;

/// A walk asks the same some ten times, for a few items and for thousands: everything is looked up
/// one by one either way, and need not be planned again each time.
const SNAPSHOT: &str = "begin isolation level repeatable read, read only; \
    set local plan_cache_mode = force_generic_plan";
const MODEL: &str = "cis";

/// A snapshot of items and relations as they were at one time.
pub(super) struct Source<'c, 'r> {
    snapshot: Transaction<'c, Postgres>,
    rules: &'r Rules,
    at: At,
    position: i64,
    out_of_service: (Vec<Uuid>, Vec<String>),
    feeds: Feeds,
}

/// What feeds items under rules, column by column.
#[derive(Default)]
struct Feeds {
    classes: Vec<Uuid>,
    rules: Vec<i64>,
    relations: Vec<String>,
    outward: Vec<bool>,
    enabled: Vec<bool>,
}

impl<'c, 'r> Source<'c, 'r> {
    /// Of today, or after an event. Where the slots of the view are not equally far, today is where
    /// the last of them is.
    pub(super) async fn open(
        conn: &'c mut PgConnection,
        rules: &'r Rules,
        at: At,
    ) -> Result<Self, ReadError> {
        let mut snapshot = conn.begin_with(SNAPSHOT).await?;
        let sql = schema::within(&schema::live(MODEL), include_str!("sql/through.sql"));
        let through = sqlx::query(&sql).fetch_one(&mut *snapshot).await?;
        let (least, most): (i64, i64) = (through.try_get("least")?, through.try_get("most")?);
        let (at, position) = match at {
            At::After(position) => (at, position),
            At::Now if least == most => (at, least),
            At::Now => (At::After(least), least),
        };
        let out = rules.out_of_service().map(|(class, value)| (class.0, value.to_owned()));
        let (out_of_service, feeds) = (out.unzip(), Feeds::of(rules));
        Ok(Self { snapshot, rules, at, position, out_of_service, feeds })
    }

    /// Ends it; of which position it was.
    pub(super) async fn close(self) -> Result<i64, ReadError> {
        self.snapshot.rollback().await?;
        Ok(self.position)
    }

    /// What is known of these items; nothing of those that were not there.
    pub(super) async fn facts(
        &mut self,
        items: &[CiId],
    ) -> Result<Vec<(CiId, NodeFacts)>, ReadError> {
        let items: Vec<Uuid> = items.iter().map(|ci| ci.0).collect();
        let sql = self.valid(include_str!("sql/facts.sql"), "$2");
        let query = sqlx::query(&sql).bind(items);
        let rows = bound(query, self.at).fetch_all(&mut *self.snapshot).await?;
        rows.iter().map(|row| self.facts_of(row)).collect()
    }

    /// The relations at these items, and what is known of their other ends.
    pub(super) async fn level(
        &mut self,
        wanted: Wanted<'_>,
        direction: Direction,
    ) -> Result<Level, ReadError> {
        let ids = |items: &[CiId]| items.iter().map(|ci| ci.0).collect::<Vec<Uuid>>();
        let sql = self.valid(include_str!("sql/level.sql"), "$13");
        let none = Feeds::default();
        let feeds = if wanted.feeds { &self.feeds } else { &none };
        let (classes, values) = &self.out_of_service;
        let query = sqlx::query(&sql)
            .bind(ids(wanted.outward))
            .bind(self.rules.outward(direction))
            .bind(ids(wanted.inward))
            .bind(self.rules.inward(direction))
            .bind(i64::try_from(wanted.most).unwrap_or(i64::MAX))
            .bind(classes)
            .bind(values)
            .bind(&feeds.classes)
            .bind(&feeds.rules)
            .bind(&feeds.relations)
            .bind(&feeds.outward)
            .bind(&feeds.enabled);
        let row = bound(query, self.at).fetch_one(&mut *self.snapshot).await?;
        Found::of(&row)?.level(self.rules)
    }

    /// What these relations lead to from these items, and from which; at most as many as an answer
    /// names.
    pub(super) async fn led(
        &mut self,
        items: &[CiId],
        relations: &[String],
    ) -> Result<Vec<(CiId, CiId)>, ReadError> {
        self.ends(include_str!("sql/led.sql"), items, relations).await
    }

    /// To which of these items relations lead, and from what; at most as many as an answer names.
    pub(super) async fn covering(
        &mut self,
        items: &[CiId],
        relations: &[String],
    ) -> Result<Vec<(CiId, CiId)>, ReadError> {
        self.ends(include_str!("sql/covering.sql"), items, relations).await
    }

    async fn ends(
        &mut self,
        sql: &str,
        items: &[CiId],
        relations: &[String],
    ) -> Result<Vec<(CiId, CiId)>, ReadError> {
        let items: Vec<Uuid> = items.iter().map(|ci| ci.0).collect();
        let sql = self.valid(sql, "$4");
        let most = i64::try_from(NODES_MAX).unwrap_or(i64::MAX);
        let query = sqlx::query(&sql).bind(items).bind(relations).bind(most);
        let rows = bound(query, self.at).fetch_all(&mut *self.snapshot).await?;
        let ends = |row: &PgRow| -> Result<(CiId, CiId), sqlx::Error> {
            Ok((CiId(row.try_get("to_id")?), CiId(row.try_get("from_id")?)))
        };
        Ok(rows.iter().map(ends).collect::<Result<_, _>>()?)
    }

    /// These items; without `attributes` their values are left out.
    pub(super) async fn rows(
        &mut self,
        items: &[CiId],
        attributes: bool,
    ) -> Result<HashMap<CiId, CiRow>, ReadError> {
        let items: Vec<Uuid> = items.iter().map(|ci| ci.0).collect();
        let columns = if attributes { COLUMNS.to_owned() } else { without_values() };
        let mut sql = QueryBuilder::new(" select ");
        sql.push(columns).push(" from cis c where c.ci_id = any(").push_bind(items).push(") and ");
        self.at.push_is(&mut sql, "c");
        let rows = sql.build().fetch_all(&mut *self.snapshot).await?;
        Ok(decode(&rows)?.into_iter().map(|row| (row.ci_id, row)).collect())
    }

    fn facts_of(&self, row: &PgRow) -> Result<(CiId, NodeFacts), ReadError> {
        let class = CiClassId(row.try_get("class_id")?);
        let is_active = row.try_get::<&str, _>("life")? == <&str>::from(CiLife::Active);
        let facts = NodeFacts {
            class,
            passes: is_active && self.rules.serves(class, row.try_get("status")?),
            redundancy: None,
            feeds: BTreeMap::new(),
        };
        Ok((CiId(row.try_get("ci_id")?), facts))
    }

    /// The statement for rows of that time, which stands in its last parameter unless it is today.
    fn valid(&self, sql: &str, last: &str) -> String {
        let is = |row: &str| match self.at {
            At::Now => format!("{row}.until_seq is null"),
            At::After(_) => format!(
                "{row}.since_seq <= {last} and ({row}.until_seq is null or {row}.until_seq > {last})"
            ),
        };
        sql.replace("{item_is}", &is("c")).replace("{relation_is}", &is("r"))
    }
}

impl Feeds {
    fn of(rules: &Rules) -> Self {
        let mut columns = Self::default();
        for feed in rules.feeds() {
            columns.classes.push(feed.class.0);
            columns.rules.push(i64::try_from(feed.rule).unwrap_or(i64::MAX));
            columns.relations.push(feed.relation.to_string());
            columns.outward.push(feed.outward);
            columns.enabled.push(feed.enabled);
        }
        columns
    }
}

/// The columns of an item, but for what is large.
fn without_values() -> String {
    COLUMNS
        .replace("c.attributes", "'{}'::jsonb as attributes")
        .replace("c.given", "'{}'::jsonb as given")
}

/// The query with its last parameter.
fn bound<'q>(query: Query<'q, Postgres, PgArguments>, at: At) -> Query<'q, Postgres, PgArguments> {
    match at {
        At::Now => query,
        At::After(position) => query.bind(position),
    }
}
