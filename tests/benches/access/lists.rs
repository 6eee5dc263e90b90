//! Lists and counts of tickets for readers of whom the one sees all, the other a tenth, the third a
//! hundredth, in turns with the same statements unfiltered.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::access::decide::{Held, Holdings, RuleSet, Rules, World};
use domain::access::model::{
    AccessSubject, ClassSet, Deny, Matcher, Registry, Roles, Scope as Place, ScopePath, ScopeTree,
    Strength,
};
use domain::access::standard::{StandardRole, holder, standard_role_of, standard_roles};
use domain::access::{Permission, Who};
use domain::kernel::{DenyRuleId, PersonId, UnitId};
use domain::person::Role;
use domain::ticket::TicketState;
use projections::tickets::{
    ATTENTION, Compare, Direction, Long, Operand, Scope, TicketField, TicketFilter, TicketOrder,
    TicketQuery, count, page,
};
use sqlx::{PgPool, Row};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::append::midnight;
use crate::generator::{Depth, Tickets, fill};
use crate::ground::Ground;
use crate::load::Latency;
use crate::node::Node;
use crate::report::{Line, Section};
use crate::{Fault, Run};

/// Pages a round of each, and counts.
const PAGES: usize = 200;
const COUNTS: usize = 10;
/// What filtering may cost: a list is at least this many times as fast as unfiltered.
const BAR: f64 = 0.87;
const ME: PersonId = PersonId(Uuid::from_u128(0x61));
/// A unit that nothing lies at.
const ELSEWHERE: UnitId = UnitId(Uuid::from_u128(0x62));

/// Runs it.
pub(super) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_access").await?;
    let mut conn = database.connect().await?;
    let node = Node::open(&database, run).await?;
    let mut tickets = Tickets::new(node.organisation.clone(), run.seed, midnight());
    fill(node.app.gateway.journal(), &mut tickets, (run.tickets, Depth::Brief)).await?;
    node.caught_up().await?;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut conn).await?;
    let reads = node.app.reads.clone();
    for reader in readers(&reads).await? {
        for list in lists() {
            section.push(turns(&reads, (run.rounds, run.tickets), &reader, &list).await?);
        }
    }
    node.close().await;
    ground.drop(database).await
}

/// Somebody, and how they come to see what they see.
struct Reader {
    name: &'static str,
    scope: Scope,
}

/// What is asked, whoever asks.
struct List {
    name: &'static str,
    filter: Option<TicketFilter>,
    order: Vec<(TicketOrder, Direction)>,
    counted: bool,
}

fn lists() -> [List; 4] {
    let open = TicketState::iter().filter(|state| state.is_open());
    let open = open.map(|state| Operand::Text(state.to_string())).collect();
    let open = TicketFilter::Is(TicketField::State, Compare::In(open));
    let list = |name, filter, counted| List { name, filter, order: ATTENTION.to_vec(), counted };
    [
        List { order: Vec::new(), ..list("page of all, newest first", None, false) },
        list("page of a queue", Some(open.clone()), false),
        list("count of a queue", Some(open), true),
        list("count of all", None, true),
    ]
}

async fn readers(reads: &PgPool) -> Result<[Reader; 3], Fault> {
    let units = some(reads, "unit_id", 0.10).await?;
    let clients = some(reads, "author_id", 0.01).await?;
    let places: Vec<Place> = units.iter().filter_map(|unit| at(UnitId(*unit))).collect();
    let of = |holdings: (&StandardRole, &[Place]), denies, clients: Vec<Uuid>| {
        let world = Arc::new(world(holdings, (units.as_slice(), denies))?);
        let who = who(clients);
        Ok::<_, Fault>(Scope::of(&world, &who, Permission::TicketRead, now()))
    };
    let auditor = standard_role_of(Role::Auditor);
    let lead = standard_role_of(Role::ClientGroupLead);
    let everywhere = [Place::Everywhere];
    Ok([
        Reader {
            name: "100 % visible: all but an empty unit",
            scope: of((auditor, &everywhere[..]), vec![deny()?], Vec::new())?,
        },
        Reader {
            name: "10 % visible: of some units",
            scope: of((auditor, &places[..]), Vec::new(), Vec::new())?,
        },
        Reader {
            name: "1 % visible: of some clients",
            scope: of((lead, &everywhere[..]), Vec::new(), clients)?,
        },
    ])
}

/// Whose tickets make up this share of all, those with the most first.
async fn some(reads: &PgPool, column: &str, share: f64) -> Result<Vec<Uuid>, Fault> {
    let sql = format!(
        "select {column} as id, count(*) / sum(count(*)) over () as share from tickets \
         group by 1 order by 2 desc, 1"
    );
    let mut left = share;
    let mut chosen = Vec::new();
    for row in sqlx::query(&format!("select id, share::float8 from ({sql}) s where id is not null"))
        .fetch_all(reads)
        .await?
    {
        let (id, share): (Uuid, f64) = (row.try_get("id")?, row.try_get("share")?);
        if share <= left {
            left -= share;
            chosen.push(id);
        }
    }
    Ok(chosen)
}

fn at(unit: UnitId) -> Option<Place> {
    ScopePath::of_units(&[unit]).map(Place::Node)
}

fn deny() -> Result<Deny, Fault> {
    Ok(Deny {
        id: DenyRuleId(Uuid::from_u128(0x63)),
        strength: Strength::Hard,
        whom: Matcher::Any,
        actions: vec![Permission::TicketRead.into()],
        scope: at(ELSEWHERE).ok_or("a unit lies too deep")?,
        condition: None,
        fields: Default::default(),
    })
}

/// Who has this role at these places.
fn world(
    (standard, places): (&StandardRole, &[Place]),
    (units, denies): (&[Uuid], Vec<Deny>),
) -> Result<World, Fault> {
    let registry = Registry::ours();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    let units = units.iter().copied().map(UnitId).chain([ELSEWHERE]);
    let tree: ScopeTree = units
        .filter_map(|unit| ScopePath::of_units(&[unit]))
        .map(|it| (it, ClassSet::NONE))
        .collect();
    let rules = Rules::of(RuleSet {
        roles: Roles::of(definitions, &registry)?,
        registry,
        tree,
        denies,
        sod: Vec::new(),
        boundaries: Default::default(),
        revision: 1,
    });
    let grants =
        places.iter().flat_map(|place| holder(standard, ME, place.clone()).held().to_vec());
    let grants: Vec<Held> = grants.collect();
    let holdings = Holdings { grants, ..Holdings::none(AccessSubject::Person(ME)) };
    Ok(World::of(holdings, Arc::new(rules)))
}

fn who(clients: Vec<Uuid>) -> Who {
    Who {
        person: ME,
        role: Role::Auditor,
        units: BTreeSet::new(),
        heads: BTreeSet::new(),
        people: BTreeSet::new(),
        clients: clients.into_iter().map(PersonId).collect(),
        dispatches: false,
        lenders: Vec::new(),
    }
}

fn now() -> DateTime<Utc> {
    midnight()
}

/// The list for this reader and for one who sees everything, one after the other.
async fn turns(
    reads: &PgPool,
    (rounds, size): (usize, u64),
    reader: &Reader,
    list: &List,
) -> Result<Line, Fault> {
    let (long, unfiltered) = (Long::default(), Long::default());
    let times = if list.counted { COUNTS } else { PAGES } * rounds;
    let (mut ours, mut theirs) = (Vec::with_capacity(times), Vec::with_capacity(times));
    let mut rows = (0, 0);
    // The first of each reads what was not read yet.
    for nr in 0..=times {
        let (took, found) = once(reads, &long, (list, &reader.scope)).await?;
        let (without, all) = once(reads, &unfiltered, (list, &Scope::All)).await?;
        rows = (found, all);
        if nr > 0 {
            ours.push(took);
            theirs.push(without);
        }
    }
    let (ours, theirs) = (Latency::of(ours), Latency::of(theirs));
    let rate = |latency: Latency| 1.0 / latency.p50.as_secs_f64();
    let line = Line::new(format!("{}, {}, {size} tickets", reader.name, list.name));
    let line = line.rate(rate(ours)).latency(ours);
    let line = line.against("unfiltered", rate(theirs), rate(ours)).ratio_at_least(BAR);
    let found =
        if list.counted { format!("{} of {}", rows.0, rows.1) } else { format!("{} rows", rows.0) };
    Ok(line.remark(format!(
        "{found}; unfiltered p50 {:.2} ms, p99 {:.2} ms",
        theirs.p50.as_secs_f64() * 1_000.0,
        theirs.p99.as_secs_f64() * 1_000.0
    )))
}

async fn once(
    reads: &PgPool,
    long: &Long,
    (list, scope): (&List, &Scope),
) -> Result<(Duration, i64), Fault> {
    let began = Instant::now();
    let found = if list.counted {
        count(reads, scope, list.filter.as_ref(), None).await?
    } else {
        let query = TicketQuery {
            scope: scope.clone(),
            filter: list.filter.clone(),
            search: None,
            order: list.order.clone(),
            first: 50,
            after: None,
        };
        i64::try_from(page(reads, long, &query).await?.rows.len())?
    };
    Ok((began.elapsed(), found))
}
