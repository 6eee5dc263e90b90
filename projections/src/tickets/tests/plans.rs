//! Lists stay fast when there are many tickets: what the database reads for a page is about what the
//! page shows.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Who;
use domain::kernel::{PersonId, UnitId};
use domain::person::Role;
use domain::ticket::TicketState;
use serde_json::Value;
use sqlx::{Connection, QueryBuilder, Row};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{all, own, view, who};
use crate::testing::World;
use crate::tickets::cursor::list_of;
use crate::tickets::long::Total;
use crate::tickets::narrow::narrows;
use crate::tickets::read::push_count;
use crate::tickets::{
    ATTENTION, BuiltIn, Compare, Cursor, Direction, INCOMING, Long, Operand, Scope, TicketField,
    TicketFilter, TicketOrder, TicketQuery, by_number, page, statement,
};
use crate::{SEARCH_PATH, session};

const CREATED: [(TicketOrder, Direction); 1] = [(TicketOrder::CreatedAt, Direction::Desc)];
const BIG: u128 = 0x0000_0000_0000_7000_a000_0000_0000_0001;
const SMALL: u128 = 0x0000_0000_0000_7000_a000_0000_0000_0002;
const PERSON: PersonId = PersonId(Uuid::from_u128(0x0000_0000_0000_7000_9000_0000_0000_0007));
const NOBODY: PersonId = PersonId(Uuid::from_u128(0x0bad));

/// So many there are.
const TOTAL: Total = Total { all: 30_000, live: 3_000 };

/// What ran.
#[derive(Debug, Default)]
struct Plan {
    indexes: BTreeSet<String>,
    /// Rows that were looked at in the table itself, whether they are shown or not.
    read: u64,
}

#[tokio::test]
async fn walks_begin_where_the_page_does() {
    let world = World::with_many().await;
    let live = of_states(|state| !state.is_over());
    let closed = of_states(|state| state == TicketState::Closed);
    for (order, filter, behind, index) in [
        (CREATED.to_vec(), None, "INC-15000", "tickets_by_created_at"),
        (ATTENTION.to_vec(), None, "INC-15000", "tickets_by_attention"),
        (ATTENTION.to_vec(), Some(closed), "INC-20000", "tickets_by_attention"),
        (INCOMING.to_vec(), Some(live), "INC-29001", "tickets_live_by_arrival"),
    ] {
        let query = TicketQuery { filter, ..all(order, 50) };
        for behind in [None, Some(behind)] {
            let plan = world.plan(&query, behind).await;
            assert!(plan.indexes.contains(index), "{plan:?} {query:?}");
            // One more than the page for each range, and few that the filter does not want.
            assert!(plan.read <= 150, "{plan:?} {query:?}");
        }
    }
}

#[tokio::test]
async fn whoever_sees_few_reads_only_those() {
    let world = World::with_many().await;
    let small = view(&agent(SMALL));
    let stranger = own(NOBODY);
    for order in [CREATED.to_vec(), ATTENTION.to_vec(), vec![(TicketOrder::Number, Direction::Asc)]]
    {
        for (scope, index, most) in [
            (own(PERSON), "tickets_requester", 180),
            (small.clone(), "tickets_unit", 200),
            (stranger.clone(), "tickets_author", 0),
        ] {
            for behind in [None, Some("INC-20407")] {
                let query = TicketQuery { scope: scope.clone(), ..all(order.clone(), 50) };
                let plan = world.plan(&query, behind).await;
                assert!(plan.indexes.contains(index), "{plan:?} {query:?}");
                assert!(plan.read <= most, "{plan:?} {query:?}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_sees_many_walks_past_a_few_others() {
    let world = World::with_many().await;
    let scope = view(&agent(BIG));
    for behind in [None, Some("INC-15000")] {
        let query = TicketQuery { scope: scope.clone(), ..all(CREATED.to_vec(), 50) };
        let plan = world.plan(&query, behind).await;
        assert!(plan.indexes.contains("tickets_by_created_at"), "{plan:?}");
        // Two of five are the unit's.
        assert!(plan.read <= 200, "{plan:?}");
    }
}

#[test]
fn of_fewer_tickets_fewer_are_looked_up() {
    for (total, few) in
        [(0, 0), (1_000, 126), (100_000, 1_264), (1_000_000, 4_000), (i64::MAX, 4_000)]
    {
        let narrows = narrows(&own(PERSON), None, &CREATED, total).unwrap();
        let mut sql = QueryBuilder::new("");
        narrows[0].push_beyond(&mut sql, 0);
        assert_eq!(sql.sql(), format!(" and (select count(*) from few_0) > {few}"));
    }
}

#[tokio::test]
async fn what_turned_out_to_be_long_is_not_counted_again() {
    let world = World::with_many().await;
    let long = Long::default();
    for (unit, is_long) in [(BIG, true), (SMALL, false)] {
        let scope = view(&agent(unit));
        let query = TicketQuery { scope, ..all(CREATED.to_vec(), 50) };
        let first = page(world.pool(), &long, &query).await.unwrap();
        assert_eq!(long.has(list_of(&query)), is_long);
        assert_eq!(page(world.pool(), &long, &query).await.unwrap(), first);
    }
}

#[tokio::test]
async fn a_queue_that_stands_in_an_index_is_read_from_its_place() {
    let world = World::with_many().await;
    let open = of_states(TicketState::is_open);
    let live = of_states(|state| !state.is_over());
    let of_units = |units: &[u128]| {
        let units = units.iter().map(|unit| Operand::Id(Uuid::from_u128(*unit))).collect();
        TicketFilter::Is(TicketField::UnitId, Compare::In(units))
    };
    let mine = TicketFilter::Is(TicketField::AuthorId, Compare::Eq(Operand::Id(PERSON.0)));
    let both = Who { units: [BIG, SMALL].map(Uuid::from_u128).map(UnitId).into(), ..agent(BIG) };
    let (oldest, newest) = ("tickets_live_of_unit", "tickets_live_of_unit_by_arrival");
    // The last one is resolved.
    for (who, filter, order, places, index) in [
        (
            agent(BIG),
            vec![of_units(&[BIG]), open.clone()],
            ATTENTION.to_vec(),
            ["INC-27411"; 2],
            oldest,
        ),
        (both, vec![of_units(&[BIG, SMALL]), open], ATTENTION.to_vec(), ["INC-27413"; 2], oldest),
        (
            agent(BIG),
            vec![of_units(&[BIG]), live],
            INCOMING.to_vec(),
            ["INC-28002", "INC-27410"],
            newest,
        ),
        (
            who(PERSON, Role::Client),
            vec![mine],
            ATTENTION.to_vec(),
            ["INC-27411", "INC-410"],
            "tickets_author",
        ),
    ] {
        let scope = view(&who);
        let filter = Some(TicketFilter::And(filter));
        let query = TicketQuery { scope, filter, ..all(order, 50) };
        for behind in [None, Some(places[0]), Some(places[1])] {
            let plan = world.plan(&query, behind).await;
            // Where few are left, either of the unit's indexes has them.
            assert!(plan.indexes.iter().any(|it| it.starts_with(index)), "{plan:?} {query:?}");
            // One more than the page for each unit and each range.
            assert!(plan.read <= 120, "{plan:?} {query:?}");
        }
    }
}

#[tokio::test]
async fn what_was_resolved_of_late_is_found_by_its_time() {
    let world = World::with_many().await;
    let newest = by_number(world.pool(), "INC-26900", &Scope::All).await.unwrap().unwrap();
    let resolved = |at: DateTime<Utc>| {
        TicketFilter::Is(TicketField::ResolvedAt, Compare::Gte(Operand::Time(at)))
    };
    let filter = Some(resolved(newest.created_at - TimeDelta::minutes(10)));
    for scope in [Scope::All, view(&agent(BIG))] {
        let query = TicketQuery { scope, filter: filter.clone(), ..all(ATTENTION.to_vec(), 50) };
        let plan = world.plan(&query, None).await;
        assert!(plan.indexes.contains("tickets_by_resolved_at"), "{plan:?}");
        // About 600, looked at twice.
        assert!(plan.read <= 1_500, "{plan:?}");
    }
}

#[tokio::test]
async fn what_breaches_is_walked_to_whenever_it_does() {
    let world = World::with_many().await;
    let middle = by_number(world.pool(), "INC-28002", &Scope::All).await.unwrap().unwrap();
    let now = middle.dues.breach_at.unwrap();
    for (queue, behind) in [(BuiltIn::Breached, "INC-27802"), (BuiltIn::DueSoon, "INC-28202")] {
        let lined = queue.of(&who(PERSON, Role::Auditor), now).unwrap();
        let query = TicketQuery { filter: Some(lined.filter), ..all(lined.order, 50) };
        for behind in [None, Some(behind)] {
            let plan = world.plan(&query, behind).await;
            assert!(plan.indexes.contains("tickets_by_attention"), "{plan:?} {query:?}");
            // Of some hundreds, to sort all is as good as to walk; but no others are looked at.
            assert!(plan.read <= 900, "{plan:?} {query:?}");
        }
    }
}

#[tokio::test]
async fn what_is_due_is_walked_to_by_its_time() {
    let world = World::with_many().await;
    let middle = by_number(world.pool(), "INC-28002", &Scope::All).await.unwrap().unwrap();
    let due = |compare: fn(Operand) -> Compare| {
        let at = Operand::Time(middle.dues.due_at.unwrap());
        Some(TicketFilter::Is(TicketField::DueAt, compare(at)))
    };
    let order = vec![(TicketOrder::DueAt, Direction::Asc)];
    for scope in [Scope::All, view(&agent(BIG))] {
        for (filter, behind) in
            [(None, "INC-28002"), (due(Compare::Lt), "INC-27802"), (due(Compare::Gte), "INC-28202")]
        {
            let query = TicketQuery { scope: scope.clone(), filter, ..all(order.clone(), 50) };
            for behind in [None, Some(behind)] {
                let plan = world.plan(&query, behind).await;
                assert!(plan.indexes.contains("tickets_by_due_at"), "{plan:?} {query:?}");
                assert!(plan.read <= 1_200, "{plan:?} {query:?}");
            }
        }
    }
}

#[tokio::test]
async fn open_ones_are_walked_to_by_what_is_due() {
    let world = World::with_many().await;
    for order in [TicketOrder::DueAt, TicketOrder::BreachAt] {
        let filter = Some(of_states(TicketState::is_open));
        let query = TicketQuery { filter, ..all(vec![(order, Direction::Asc)], 50) };
        for behind in [None, Some("INC-28002")] {
            let plan = world.plan(&query, behind).await;
            let [by_time, of_open] = match order {
                TicketOrder::DueAt => ["tickets_by_due_at", "tickets_live_by_due_at"],
                _ => ["tickets_by_breach_at", "tickets_by_attention"],
            };
            let walks = |index| plan.indexes.contains(index);
            assert!(walks(by_time) || walks(of_open), "{plan:?} {query:?}");
            assert!(plan.read <= 150, "{plan:?} {query:?}");
        }
    }
}

#[tokio::test]
async fn who_sees_a_good_part_of_what_is_open_walks_past_the_others() {
    let world = World::with_many().await;
    let middle = by_number(world.pool(), "INC-28002", &Scope::All).await.unwrap().unwrap();
    let lined = BuiltIn::Breached.of(&agent(BIG), middle.dues.breach_at.unwrap()).unwrap();
    let scope = view(&agent(BIG));
    let query = TicketQuery { scope, filter: Some(lined.filter), ..all(lined.order, 50) };
    let plan = world.plan(&query, None).await;
    assert!(plan.indexes.contains("tickets_by_attention"), "{plan:?}");
    // Two of five are the unit's; of those no more are counted than are few among the live ones.
    assert!(plan.read <= 450, "{plan:?}");
}

#[tokio::test]
async fn what_is_open_is_counted_in_an_index_alone() {
    let world = World::with_many().await;
    let clients = (0..250).map(|n| PersonId(Uuid::from_u128(PERSON.0.as_u128() - 7 + n)));
    let lead = Who { clients: clients.collect(), ..who(NOBODY, Role::ClientGroupLead) };
    let open = of_states(TicketState::is_open);
    let mut sql = QueryBuilder::new("explain (analyze, format json) select ");
    push_count(&mut sql, &view(&lead), Some(&open), None).unwrap();
    let plan = world.explained(sql).await;
    assert!(plan.indexes.contains("tickets_live_by_arrival"), "{plan:?}");
    assert_eq!(plan.read, 0, "{plan:?}");
}

#[tokio::test]
async fn tickets_of_a_small_plan_are_looked_up() {
    let world = World::with_many().await;
    for (plan, few) in [(2, true), (1, false)] {
        let plan = Uuid::from_u128(0x0000_0000_0000_7000_b000_0000_0000_0000 + plan);
        let of_plan = TicketFilter::Is(TicketField::SlaPlanId, Compare::Eq(Operand::Id(plan)));
        let query = TicketQuery { filter: Some(of_plan), ..all(CREATED.to_vec(), 50) };
        let plan = world.plan(&query, None).await;
        assert!(plan.indexes.contains("tickets_sla_plan"), "{plan:?}");
        assert_eq!(plan.indexes.contains("tickets_by_created_at"), !few, "{plan:?}");
        assert!(plan.read <= 250, "{plan:?}");
    }
}

#[tokio::test]
async fn due_tickets_have_an_index_of_their_own() {
    let world = World::with_many().await;
    let mut sql = QueryBuilder::new("explain (analyze, format json) ");
    sql.push(include_str!("../sql/due.sql").replace("$1", "now()").replace("$2", "50"));
    let plan = world.explained(sql).await;
    assert!(plan.indexes.contains("tickets_resolved"), "{plan:?}");
    assert!(plan.read <= 50, "{plan:?}");
}

fn agent(unit: u128) -> Who {
    Who { units: [UnitId(Uuid::from_u128(unit))].into(), ..who(NOBODY, Role::Agent) }
}

fn of_states(wanted: fn(TicketState) -> bool) -> TicketFilter {
    let words = TicketState::iter().filter(|state| wanted(*state));
    let words = words.map(|state| Operand::Text(state.to_string())).collect();
    TicketFilter::Is(TicketField::State, Compare::In(words))
}

impl World {
    /// With many tickets, which the database knows the shape of.
    async fn with_many() -> Self {
        let world = Self::new().await;
        world.tamper(include_str!("many.sql")).await;
        world.tamper("vacuum analyze view_tickets.tickets").await;
        world
    }

    /// What runs for the page behind the ticket of this number.
    async fn plan(&self, query: &TicketQuery, behind: Option<&str>) -> Plan {
        let orders: Vec<TicketOrder> = query.order.iter().map(|(order, _)| *order).collect();
        let list = list_of(query);
        let mut place = None;
        if let Some(number) = behind {
            let row = by_number(self.pool(), number, &Scope::All).await.unwrap().unwrap();
            place = Some(Cursor::of(&row, list, &orders).place(list, &orders).unwrap());
        }
        let mut sql = QueryBuilder::new("explain (analyze, format json) ");
        statement::push_page(&mut sql, query, &query.order, (place.as_ref(), Some(TOTAL))).unwrap();
        self.explained(sql).await
    }

    /// On a connection that is set as a serving one is.
    async fn explained(&self, mut sql: QueryBuilder<'static, sqlx::Postgres>) -> Plan {
        let options = self.options.clone().options([("random_page_cost", "1.1")]);
        let mut conn = session::open(&options, SEARCH_PATH).await.unwrap();
        let row = sql.build().fetch_one(&mut conn).await.unwrap();
        let explained: Value = row.try_get(0).unwrap();
        let mut plan = Plan::default();
        plan.add(&explained[0]["Plan"]);
        conn.close().await.unwrap();
        plan
    }
}

impl Plan {
    fn add(&mut self, node: &Value) {
        let number = |key: &str| node[key].as_u64().unwrap_or(0);
        let loops = number("Actual Loops");
        if loops > 0 {
            self.indexes.extend(node["Index Name"].as_str().map(str::to_owned));
            let seen = number("Actual Rows") + number("Rows Removed by Filter");
            let is_table = node["Alias"].as_str().is_some_and(|alias| alias.starts_with('t'));
            if is_table && node["Node Type"] != "Index Only Scan" {
                self.read += seen * loops;
            }
        }
        for part in node["Plans"].as_array().into_iter().flatten() {
            self.add(part);
        }
    }
}
