//! What differs is found as fast when there are many items: what the database reads for a page is
//! about what changed in between, and no more than the page shows.

use std::collections::BTreeSet;

use serde_json::Value;
use sqlx::{Connection, Row};
use uuid::Uuid;

use crate::testing::World;
use crate::{SEARCH_PATH, session};

/// So many items there are: the first so many events registered them, the next corrected them.
const ITEMS: i64 = 20_000;
/// A page, and one more that tells that there are more.
const PAGE: i64 = 51;

/// What ran.
#[derive(Debug, Default)]
struct Plan {
    indexes: BTreeSet<String>,
    /// Rows of items that were looked at, whether they are shown or not.
    read: u64,
    /// Rows that were answered.
    found: u64,
}

#[tokio::test]
async fn what_differs_is_walked_to_from_what_changed_last() {
    let world = World::new().await;
    world.tamper(include_str!("many.sql")).await;
    world.tamper("vacuum analyze view_cis.cis, view_cis.ci_relations").await;
    let last = 2 * ITEMS + ITEMS / 100;
    for (span, below, found, most) in [
        // All that there are, from the last and from the middle: a page of them.
        ((0, last), None, 51, 110),
        ((ITEMS, last), None, 51, 250),
        ((ITEMS, last), Some(ITEMS + ITEMS / 2), 51, 250),
        // Few changed, and those differ.
        ((2 * ITEMS, last), None, 51, 250),
        // They are as they were at first.
        ((last, last), None, 0, 0),
        ((ITEMS / 2, ITEMS / 2 + 10), None, 10, 50),
    ] {
        let plan = world.difference(span, below).await;
        assert!(plan.indexes.contains("cis_since"), "{span:?} {plan:?}");
        assert_eq!(plan.found, found, "{span:?} {plan:?}");
        assert!(plan.read <= most, "{span:?} {plan:?}");
    }
}

impl World {
    /// What runs for a page of what differs, on a connection that is set as a serving one is.
    async fn difference(&self, span: (i64, i64), below: Option<i64>) -> Plan {
        let options = self.options.clone().options([("random_page_cost", "1.1")]);
        let mut conn = session::open(&options, SEARCH_PATH).await.unwrap();
        let sql =
            format!("explain (analyze, format json) {}", include_str!("../sql/differing.sql"));
        let explained = sqlx::query(&sql)
            .bind(span.0)
            .bind(span.1)
            .bind(below.unwrap_or(i64::MAX))
            .bind(None::<Vec<Uuid>>)
            .bind(None::<Vec<Uuid>>)
            .bind(PAGE)
            .persistent(false)
            .fetch_one(&mut conn)
            .await
            .unwrap();
        let explained: Value = explained.try_get(0).unwrap();
        let mut plan = Plan { found: rows(&explained[0]["Plan"]), ..Plan::default() };
        plan.add(&explained[0]["Plan"]);
        conn.close().await.unwrap();
        plan
    }
}

fn rows(node: &Value) -> u64 {
    node["Actual Rows"].as_f64().unwrap_or_default() as u64
}

impl Plan {
    fn add(&mut self, node: &Value) {
        let number = |key: &str| node[key].as_f64().unwrap_or_default();
        let loops = number("Actual Loops");
        if loops > 0.0 {
            self.indexes.extend(node["Index Name"].as_str().map(str::to_owned));
            if matches!(node["Alias"].as_str(), Some("n" | "c")) {
                let seen = number("Actual Rows") + number("Rows Removed by Filter");
                self.read += (seen * loops).round() as u64;
            }
        }
        for part in node["Plans"].as_array().into_iter().flatten() {
            self.add(part);
        }
    }
}
