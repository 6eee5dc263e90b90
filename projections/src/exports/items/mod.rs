//! Configuration items that there are now, class by class and by their names: what an export of items
//! is made from. Retired and merged ones are none of them.
//!
//! Rows come by a cursor, so that between them others can be looked up at the same instant. Called by
//! the API's export of items.

use std::collections::BTreeMap;

use domain::cmdb::{Catalogue, Datum, Definition};
use domain::kernel::{CiClassId, CiId};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::types::Json;
use sqlx::{Arguments, Executor, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{Condition, Reader};
use crate::error::ReadError;

/// Rows that are in memory at a time.
const FETCH: &str = "fetch forward 1000 from items";
const CLOSE: &str = "close items";
/// Where a statement takes the conditions.
const CONDITIONS: &str = "{conditions}";

/// An item as it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its stream.
    pub id: CiId,
    /// What it is.
    pub class: CiClassId,
    /// What counts of it, by name; references are identities, personal values clear or `erased`.
    pub attributes: BTreeMap<String, Datum>,
    /// Where it goes by the relations that were asked for.
    pub related: BTreeMap<String, CiId>,
    /// Equal for those that names do not put in an order; empty where there is no order.
    pub place: String,
}

/// Items of a class go to items of another, by a reference or a relation of this name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// From which class.
    pub from: CiClassId,
    /// By what.
    pub name: String,
    /// To which class.
    pub to: CiClassId,
}

/// A relation between two items that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bond {
    /// Its name.
    pub relation: String,
    /// The item it goes out from.
    pub from: CiId,
    /// That one's class.
    pub from_class: CiClassId,
    /// Where it goes.
    pub to: CiId,
    /// Equal for those that names do not put in an order.
    pub place: String,
}

/// Items of one class.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of which class, and of none that inherits from it.
    pub class: CiClassId,
    /// The relations to tell of each.
    pub relations: &'a [String],
    /// The one of them that tells those apart that have one name.
    pub tie: Option<&'a str>,
    /// On columns of `cis`, and `organization`, the name of whose they are.
    pub conditions: &'a [Condition],
}

impl Reader {
    /// All classes in force.
    ///
    /// # Errors
    /// The database failed.
    pub async fn catalogue(&mut self) -> Result<Catalogue, ReadError> {
        let sql = include_str!("sql/classes.sql");
        let rows = sqlx::query(sql).fetch_all(self.conn()).await?;
        let class = |row: &PgRow| {
            let Json(definition): Json<Definition> = row.try_get("definition")?;
            Ok((CiClassId(row.try_get("class_id")?), row.try_get("version")?, definition))
        };
        Ok(Catalogue::of(rows.iter().map(class).collect::<Result<Vec<_>, sqlx::Error>>()?))
    }

    /// Between which classes these attributes and relations go.
    ///
    /// # Errors
    /// The database failed.
    pub async fn links(
        &mut self,
        attributes: &[String],
        relations: &[String],
    ) -> Result<Vec<Link>, ReadError> {
        let sql = sqlx::query(include_str!("sql/links.sql")).bind(attributes).bind(relations);
        let rows = sql.fetch_all(self.conn()).await?;
        let link = |row: &PgRow| {
            Ok(Link {
                from: CiClassId(row.try_get("from_class")?),
                name: row.try_get("name")?,
                to: CiClassId(row.try_get("to_class")?),
            })
        };
        rows.iter().map(link).collect::<Result<_, sqlx::Error>>().map_err(ReadError::from)
    }

    /// The names of the attributes that items of these classes have.
    ///
    /// # Errors
    /// The database failed.
    pub async fn attribute_names(
        &mut self,
        classes: &[CiClassId],
        conditions: &[Condition],
    ) -> Result<Vec<String>, ReadError> {
        let mut arguments = Given::default();
        arguments.add(ids(classes))?;
        let mut sql = arguments.into_sql(include_str!("sql/names.sql"), conditions);
        let rows = sql.build().fetch_all(self.conn()).await?;
        let name = |row: &PgRow| row.try_get("name");
        rows.iter().map(name).collect::<Result<_, sqlx::Error>>().map_err(ReadError::from)
    }

    /// Begins with the items of a class, in the order of their names, of whose they are, and of what
    /// they are tied to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_items(&mut self, wanted: Wanted<'_>) -> Result<(), ReadError> {
        let mut arguments = Given::default();
        arguments.add(wanted.class.0)?;
        arguments.add(wanted.relations.to_vec())?;
        arguments.add(wanted.tie.map(str::to_owned))?;
        let mut sql = arguments.into_sql(include_str!("sql/items.sql"), wanted.conditions);
        sql.build().execute(self.conn()).await?;
        Ok(())
    }

    /// The next of them; empty at the end.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_items(&mut self) -> Result<Vec<Item>, ReadError> {
        self.fetched(item).await
    }

    /// The items among these that there are, with these relations.
    ///
    /// # Errors
    /// The database failed.
    pub async fn items(
        &mut self,
        ids: &[CiId],
        relations: &[String],
    ) -> Result<Vec<Item>, ReadError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let sql = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).bind(relations);
        let rows = sql.fetch_all(self.conn()).await?;
        rows.iter().map(item).collect::<Result<_, _>>().map_err(ReadError::from)
    }

    /// Begins with the relations between items of these classes that meet the conditions, both of
    /// them: in the order of their names, of the classes as they stand here, and of the items' names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_bonds(
        &mut self,
        classes: &[CiClassId],
        conditions: &[Condition],
    ) -> Result<(), ReadError> {
        let mut arguments = Given::default();
        arguments.add(ids(classes))?;
        let mut sql = arguments.into_sql(include_str!("sql/relations.sql"), conditions);
        sql.build().execute(self.conn()).await?;
        Ok(())
    }

    /// The next of them; empty at the end.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_bonds(&mut self) -> Result<Vec<Bond>, ReadError> {
        self.fetched(bond).await
    }

    async fn fetched<T>(
        &mut self,
        of: fn(&PgRow) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, ReadError> {
        let rows = self.conn().fetch_all(FETCH).await?;
        if rows.is_empty() {
            self.conn().execute(CLOSE).await?;
        }
        rows.iter().map(of).collect::<Result<_, _>>().map_err(ReadError::from)
    }
}

/// The parameters that a statement names itself; those of the conditions come behind them.
#[derive(Default)]
struct Given(PgArguments);

impl Given {
    fn add<'q, T>(&mut self, value: T) -> Result<(), ReadError>
    where
        T: 'q + sqlx::Encode<'q, Postgres> + sqlx::Type<Postgres>,
    {
        self.0.add(value).map_err(|error| ReadError::Database(sqlx::Error::Encode(error)))
    }

    fn into_sql(
        self,
        text: &'static str,
        conditions: &[Condition],
    ) -> QueryBuilder<'static, Postgres> {
        let (before, behind) = text.split_once(CONDITIONS).unwrap_or((text, ""));
        let mut sql = QueryBuilder::with_arguments(before, self.0);
        for condition in conditions {
            condition.push(sql.push(" and "));
        }
        sql.push(behind);
        sql
    }
}

fn ids(classes: &[CiClassId]) -> Vec<Uuid> {
    classes.iter().map(|class| class.0).collect()
}

fn item(row: &PgRow) -> Result<Item, sqlx::Error> {
    let Json(attributes) = row.try_get("attributes")?;
    let Json(related) = row.try_get("related")?;
    let (id, class) = (CiId(row.try_get("ci_id")?), CiClassId(row.try_get("class_id")?));
    Ok(Item { id, class, attributes, related, place: row.try_get("place")? })
}

fn bond(row: &PgRow) -> Result<Bond, sqlx::Error> {
    Ok(Bond {
        relation: row.try_get("relation")?,
        from: CiId(row.try_get("from_id")?),
        from_class: CiClassId(row.try_get("from_class")?),
        to: CiId(row.try_get("to_id")?),
        place: row.try_get("place")?,
    })
}
