//! What the database answers to one round of a walk: one row of long columns, which is read far sooner
//! than as many rows.

use std::collections::{BTreeMap, HashMap};

use domain::cmdb::Redundancy;
use domain::cmdb::impact::{Edge, Level, NodeFacts, Rules};
use domain::kernel::{CiClassId, CiId};
use serde_json::Value;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::ReadError;

const MODEL: &str = "cis";

/// The columns. Those of one sort are equally long.
#[derive(sqlx::FromRow)]
pub(super) struct Found {
    relations: Vec<String>,
    from_ids: Vec<Uuid>,
    to_ids: Vec<Uuid>,
    items: Vec<Uuid>,
    classes: Vec<Uuid>,
    actives: Vec<bool>,
    statuses: Vec<Option<String>>,
    redundancies: Vec<Option<Value>>,
    fed: Vec<Uuid>,
    rules: Vec<i64>,
    feeds: Vec<i64>,
}

impl Found {
    pub(super) fn of(row: &PgRow) -> Result<Self, ReadError> {
        Ok(<Self as sqlx::FromRow<_>>::from_row(row)?)
    }

    /// As the walk takes it.
    pub(super) fn level(self, rules: &Rules) -> Result<Level, ReadError> {
        let edges = self.edges(rules);
        Ok(Level { edges, nodes: self.nodes(rules)? })
    }

    /// The relations, but for those that no class knows any more.
    fn edges(&self, rules: &Rules) -> Vec<Edge> {
        let ends = self.from_ids.iter().zip(&self.to_ids);
        let named = self.relations.iter().zip(ends).filter_map(|(relation, (from, to))| {
            Some(Edge { relation: rules.name(relation)?, from: CiId(*from), to: CiId(*to) })
        });
        named.collect()
    }

    /// The items at their far ends.
    fn nodes(self, rules: &Rules) -> Result<Vec<(CiId, NodeFacts)>, ReadError> {
        let mut counts = self.counts()?;
        let classes = self.classes.into_iter().map(CiClassId);
        let states = self.actives.into_iter().zip(self.statuses);
        let said = self.redundancies.into_iter();
        let nodes = self.items.into_iter().map(CiId).zip(classes).zip(states).zip(said);
        let known = nodes.map(|(((ci, class), (active, status)), said)| {
            let facts = NodeFacts {
                class,
                passes: active && rules.serves(class, status.as_deref()),
                redundancy: said.and_then(redundancy),
                feeds: counts.remove(&ci).unwrap_or_default(),
            };
            (ci, facts)
        });
        Ok(known.collect())
    }

    /// How many feed an item, by the rule.
    fn counts(&self) -> Result<HashMap<CiId, BTreeMap<usize, u32>>, ReadError> {
        let mut counts: HashMap<CiId, BTreeMap<usize, u32>> = HashMap::new();
        for (fed, (rule, feeds)) in self.fed.iter().zip(self.rules.iter().zip(&self.feeds)) {
            let rule = usize::try_from(*rule).map_err(|_| ReadError::Row(MODEL))?;
            let feeds = u32::try_from(*feeds).unwrap_or(u32::MAX);
            counts.entry(CiId(*fed)).or_default().insert(rule, feeds);
        }
        Ok(counts)
    }
}

/// What an item says of its own; an attribute of this name may be something else in a class of one's
/// own.
fn redundancy(said: Value) -> Option<Redundancy> {
    serde_json::from_value(said).ok()
}
