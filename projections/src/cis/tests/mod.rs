//! Events to rows, rows of any day, and pages of them.

mod differences;
mod past;
mod plans;

use domain::Fact;
use domain::ci::words::CiLife;
use domain::cmdb::{Datum, NAMED_MAX};
use domain::kernel::CiId;

use super::{
    At, CiField, CiFilter, CiOrder, CiQuery, CiRow, Compare, Direction, Operand, RelationQuery,
    Sort, Way, by_ids, count, page, relations_between, relations_count, relations_of,
};
use crate::error::ReadError;
use crate::testing::World;
use crate::testing::items::{self, DATABASE, HOUSE, ITEM, SERVER, WEB};

#[tokio::test]
async fn a_row_says_what_counts_and_who_said_what() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[WEB], At::Now).await.unwrap().pop().unwrap();
    assert_eq!((found.name.as_str(), found.status.as_deref()), ("www", Some("stock")));
    assert_eq!((found.organization_id, found.version), (Some(HOUSE), 10));
    assert!(!found.attributes.contains_key("os_family") && !found.given.contains_key("os_family"));
    let (since, until) = (found.since_seq, found.until_seq);
    assert_eq!(until, None);
    let before = by_ids(world.pool(), &[WEB], At::After(since - 1)).await.unwrap().pop().unwrap();
    assert_eq!(before.until_seq, Some(since));
    let ends: Vec<CiLife> = by_ids(world.pool(), &[DATABASE, HOUSE], At::Now)
        .await
        .unwrap()
        .iter()
        .map(|row| row.life)
        .collect();
    assert!(ends.contains(&CiLife::Retired) && ends.contains(&CiLife::Active));
}

#[tokio::test]
async fn the_longest_names_have_their_place_in_every_order() {
    let world = World::new().await;
    let long = |from: u32| (from..).filter_map(char::from_u32).take(NAMED_MAX).collect::<String>();
    let (name, status) = (long(0x1_f300), long(0x2_0000));
    let values = [("name", items::text(&name)), ("status", items::text(&status))];
    world.say(&[Fact::Ci(HOUSE, items::registered(ITEM, values, Vec::new()))]).await;
    world.settled().await;
    world.project().await;
    let found = by_ids(world.pool(), &[HOUSE], At::Now).await.unwrap().pop().unwrap();
    assert_eq!((found.name, found.status), (name, Some(status)));
}

#[tokio::test]
async fn relations_are_told_from_both_ends_at_any_time() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let query = RelationQuery { first: 10, ..RelationQuery::default() };
    let found = relations_of(pool, &[WEB, HOUSE], &query).await.unwrap();
    let told: Vec<(CiId, Way, CiId)> =
        found.iter().map(|(id, way, row)| (*id, *way, row.other(*way))).collect();
    assert!(told.contains(&(WEB, Way::Out, HOUSE)) && told.contains(&(HOUSE, Way::In, WEB)));
    assert_eq!(told.iter().filter(|(id, ..)| *id == WEB).count(), 2);
    assert_eq!(relations_count(pool, WEB, &query).await.unwrap(), 2);
    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let query = RelationQuery { first: 1, after, ..query.clone() };
        let Some((_, way, row)) = relations_of(pool, &[HOUSE], &query).await.unwrap().pop() else {
            break;
        };
        after = Some(row.place(way));
        paged.push(row.other(way));
    }
    let all: Vec<CiId> =
        told.iter().filter(|(id, ..)| *id == HOUSE).map(|(.., other)| *other).collect();
    assert_eq!(paged, all);
    // The web server was parted from the database, and is related to it again.
    let again = found.iter().find(|(id, _, row)| *id == WEB && row.to_id == DATABASE).unwrap();
    let apart = RelationQuery { at: At::After(again.2.since_seq - 1), ..query };
    assert_eq!(relations_of(pool, &[WEB], &apart).await.unwrap().len(), 1);
    let between = (again.2.since_seq - 1, i64::MAX);
    let came = relations_between(pool, WEB, between).await.unwrap();
    assert_eq!(came.len(), 1);
    assert_eq!(came[0].2, again.2);
}

fn text(text: &str) -> Operand {
    Operand::Value(Datum::Text(text.to_owned()))
}

fn attribute(name: &str, sort: Sort, compare: Compare) -> CiFilter {
    CiFilter::Is(CiField::Attribute(name.to_owned(), sort), compare)
}

#[tokio::test]
async fn each_comparison_finds_what_passes_it() {
    let world = World::with_desk().await;
    let servers = CiFilter::Class(vec![SERVER]);
    let name = |compare| CiFilter::Is(CiField::Name, compare);
    let ram = |compare| attribute("ram", Sort::Number, compare);
    let number = |number| Operand::Value(Datum::Integer(number));
    let linux = attribute("os_family", Sort::Text, Compare::In(vec![text("Linux")]));
    for (filter, expected) in [
        (servers.clone(), vec!["db1", "web-1", "www"]),
        (CiFilter::Class(vec![ITEM]), vec!["The house"]),
        (name(Compare::Prefix("w".to_owned())), vec!["web-1", "www"]),
        (name(Compare::In(vec![text("db1"), text("nobody")])), vec!["db1"]),
        (CiFilter::Is(CiField::Life, Compare::In(vec![text("MERGED")])), vec!["web-1"]),
        (CiFilter::Is(CiField::Status, Compare::In(vec![text("stock")])), vec!["www"]),
        (
            CiFilter::Is(CiField::OrganizationId, Compare::In(vec![Operand::Id(HOUSE.0)])),
            vec!["db1", "www"],
        ),
        (linux.clone(), vec!["db1"]),
        (
            CiFilter::And(vec![servers.clone(), CiFilter::Not(Box::new(linux))]),
            vec!["web-1", "www"],
        ),
        (ram(Compare::Gt(number(63))), vec!["db1"]),
        (ram(Compare::Gt(number(64))), vec![]),
        (ram(Compare::Lte(number(64))), vec!["The house", "db1"]),
        (ram(Compare::IsNull(false)), vec!["The house", "db1"]),
        (
            attribute("name", Sort::Text, Compare::Lt(text("web"))),
            vec!["Ada L.", "The house", "db1"],
        ),
        (CiFilter::Or(vec![]), vec![]),
    ] {
        assert_eq!(names(&world, Some(filter.clone()), None).await, expected, "{filter:?}");
        let counted = count(world.pool(), At::Now, Some(&filter), None).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len());
    }
    assert_eq!(names(&world, None, Some("HOUSE the")).await, ["The house"]);
    assert!(names(&world, None, Some("100%")).await.is_empty());
    let bad = attribute("ram", Sort::Several, Compare::Gt(text("1")));
    assert!(matches!(
        count(world.pool(), At::Now, Some(&bad), None).await,
        Err(ReadError::BadFilter(_))
    ));
}

#[tokio::test]
async fn every_order_pages_through_all_of_them_once() {
    let world = World::with_desk().await;
    let all = rows(&world, &CiQuery { first: 100, ..CiQuery::default() }).await;
    assert_eq!(all.len(), 5);
    let orders = [
        vec![],
        vec![CiOrder::Name],
        vec![CiOrder::Class(vec![ITEM, SERVER]), CiOrder::Name],
        vec![CiOrder::Status, CiOrder::ChangedAt],
        vec![CiOrder::Organization],
        vec![CiOrder::RegisteredAt],
        vec![CiOrder::ChangedAt],
        vec![CiOrder::Attribute("ram".to_owned(), Sort::Number)],
        vec![CiOrder::Attribute("os_family".to_owned(), Sort::Text)],
    ];
    let any = CiFilter::Not(Box::new(CiFilter::Is(CiField::Id, Compare::In(vec![]))));
    for at in [At::Now, At::After(all.iter().map(|row| row.since_seq).max().unwrap())] {
        for order in &orders {
            for directions in
                [[Direction::Asc; 2], [Direction::Desc; 2], [Direction::Asc, Direction::Desc]]
            {
                for filter in [None, Some(any.clone())] {
                    let order: Vec<_> = order.iter().cloned().zip(directions).collect();
                    let query = CiQuery { at, filter, order, first: 2, ..CiQuery::default() };
                    let mut found = rows(&world, &query).await;
                    let whole = rows(&world, &CiQuery { first: 100, ..query.clone() }).await;
                    assert_eq!(found, whole, "{query:?}");
                    found.sort_by(|a, b| (&a.name, a.ci_id).cmp(&(&b.name, b.ci_id)));
                    assert_eq!(found, all, "{query:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let world = World::with_desk().await;
    let query = CiQuery { first: 2, ..CiQuery::default() };
    let cursor = page(world.pool(), &query).await.unwrap().rows.pop().unwrap().0;
    let servers = Some(CiFilter::Class(vec![SERVER]));
    let backwards = vec![(CiOrder::Name, Direction::Desc)];
    for other in [
        CiQuery { filter: servers, ..query.clone() },
        CiQuery { order: backwards, ..query.clone() },
        CiQuery { at: At::After(5), ..query.clone() },
    ] {
        let other = CiQuery { after: Some(cursor.clone()), ..other };
        assert!(matches!(page(world.pool(), &other).await, Err(ReadError::BadCursor)));
    }
}

async fn names(world: &World, filter: Option<CiFilter>, search: Option<&str>) -> Vec<String> {
    let search = search.map(str::to_owned);
    let query = CiQuery { filter, search, first: 100, ..CiQuery::default() };
    rows(world, &query).await.into_iter().map(|row| row.name).collect()
}

/// All rows of the list, page by page.
async fn rows(world: &World, query: &CiQuery) -> Vec<CiRow> {
    let (mut rows, mut query) = (Vec::new(), query.clone());
    loop {
        let found = page(world.pool(), &query).await.unwrap();
        query.after = found.rows.last().map(|(cursor, _)| cursor.clone());
        rows.extend(found.rows.into_iter().map(|(_, row)| row));
        if !found.has_next {
            return rows;
        }
    }
}
