//! Every list of the schema, found by asking the schema: it shows just what may be read one by one
//! (T24), and whatever it does not show answers by its id as if it did not exist (T34).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use testbed::{Client, World};

use super::desk::{Desk, absent_like, mutation};

const SCHEMA: &str = "{ __schema { queryType { fields { name type { ...T }
        args { name defaultValue type { ...T } } } }
    types { name interfaces { name } fields { name type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { name } } } }";

const EVERYBODY: [&str; 11] = [
    "admin", "director", "head1", "head2", "agent1", "agent2", "agent3", "client1", "client2",
    "lead", "auditor",
];

/// Arguments by which a list shows what is over as well.
const OVER: [&str; 3] = ["withRetired", "includeRetired", "withdrawn"];

/// What the demo has none of is made first: at least of these something has to be found.
const NOUNS: [&str; 15] = [
    "AccessGroup",
    "AccessRequest",
    "AccessRole",
    "AccessTemplate",
    "Baseline",
    "Ci",
    "CiClass",
    "DenyRule",
    "Macro",
    "Person",
    "ServiceAccount",
    "Subject",
    "Template",
    "Ticket",
    "Unit",
];

/// A root field that lists things with an id.
#[derive(Debug)]
struct List {
    field: String,
    arguments: String,
    of: String,
}

/// What the schema says of itself, as far as it is asked here.
struct Map {
    lists: Vec<List>,
    /// Root fields that one id suffices for, each with the argument's name.
    singles: Vec<(String, String)>,
}

impl Map {
    async fn of(client: &Client) -> Self {
        let schema = client.data(SCHEMA, json!({})).await["__schema"].clone();
        let types = schema["types"].as_array().unwrap().iter();
        let types: BTreeMap<&str, &Value> =
            types.map(|it| (it["name"].as_str().unwrap(), it)).collect();
        let fields = schema["queryType"]["fields"].as_array().unwrap();
        let lists = fields.iter().filter_map(|field| list(field, &types)).collect();
        let singles = fields.iter().filter_map(single).collect();
        Self { lists, singles }
    }
}

fn list(field: &Value, types: &BTreeMap<&str, &Value>) -> Option<List> {
    let connection =
        types[named(&field["type"]).strip_suffix("Connection").map(|_| named(&field["type"]))?];
    let nodes = connection["fields"].as_array()?.iter().find(|it| it["name"] == "nodes")?;
    let of = named(&nodes["type"]);
    let node = types[of]["interfaces"].as_array()?.iter().any(|it| it["name"] == "Node");
    let arguments = field["args"].as_array()?;
    if !node || arguments.iter().any(needed) {
        return None;
    }
    let over = arguments.iter().filter_map(|it| it["name"].as_str()).filter(|it| OVER.contains(it));
    let arguments: String = over.map(|name| format!(", {name}: true")).collect();
    Some(List { field: field["name"].as_str()?.to_owned(), arguments, of: of.to_owned() })
}

fn single(field: &Value) -> Option<(String, String)> {
    let arguments = field["args"].as_array()?;
    let mut ids = arguments.iter().filter(|it| named(&it["type"]) == "ID");
    let id = ids
        .find(|it| needed(it))
        .or_else(|| arguments.iter().find(|it| it["name"] == "id" && named(&it["type"]) == "ID"))?;
    let others = arguments.iter().filter(|it| needed(it) && it["name"] != id["name"]).count();
    let whole = id["type"]["ofType"]["kind"] != "LIST" && others == 0;
    whole.then(|| {
        (field["name"].as_str().unwrap().to_owned(), id["name"].as_str().unwrap().to_owned())
    })
}

fn needed(argument: &Value) -> bool {
    argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null()
}

fn named(kind: &Value) -> &str {
    match kind["ofType"].is_null() {
        true => kind["name"].as_str().unwrap_or(""),
        false => named(&kind["ofType"]),
    }
}

/// How many there are said to be, and which, page by page; nothing where the list is closed.
async fn listed(client: &Client, list: &List, (page, more): (usize, &str)) -> (u64, Vec<String>) {
    let List { field, arguments, .. } = list;
    let query = format!(
        "query($a: Cursor) {{ it: {field}(first: {page}, after: $a{arguments}{more}) {{
            totalCount nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = client.ask(&query, json!({"a": after})).await;
        if answer.body["errors"][0]["extensions"]["code"] == "FORBIDDEN" {
            return (0, Vec::new());
        }
        let found = &answer.body["data"]["it"];
        let nodes = found["nodes"].as_array().unwrap_or_else(|| panic!("{field}: {answer:?}"));
        ids.extend(nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()));
        if found["pageInfo"]["hasNextPage"] == false {
            return (found["totalCount"].as_u64().unwrap(), ids);
        }
        after = found["pageInfo"]["endCursor"].clone();
    }
}

/// Which of these may be read by their ids.
async fn readable(client: &Client, ids: &BTreeSet<String>) -> BTreeSet<String> {
    let query = "query($i: [ID!]!) { nodes(ids: $i) { id } }";
    let all: Vec<&String> = ids.iter().collect();
    let mut found = BTreeSet::new();
    for some in all.chunks(50) {
        let nodes = client.data(query, json!({"i": some})).await["nodes"].clone();
        let seen = nodes.as_array().unwrap().iter().filter_map(|node| node["id"].as_str());
        found.extend(seen.map(str::to_owned));
    }
    found
}

/// Something of what the demo has none of, none of it a client's business.
async fn more(desk: &Desk) {
    desk.open("agent1", "Among ourselves").await;
    let define = mutation("defineRole", "role { id } userErrors { code message }");
    let input = json!({"name": "Looker", "requestable": true,
        "entries": [{"actions": ["ticket.read"]}]});
    let defined = desk.of_login("admin").data(&define, json!({"i": input})).await;
    let what = json!({"roleId": defined["defineRole"]["role"]["id"]});
    for (login, verb, noun, input) in [
        (
            "admin",
            "defineAccessGroup",
            "accessGroup { id }",
            json!({"name": "Night shift",
            "purpose": "Nights", "ownerId": desk.id("director")}),
        ),
        (
            "admin",
            "defineAccessTemplate",
            "accessTemplate { id }",
            json!({"name": "Joiner",
            "items": [{"what": what}]}),
        ),
        (
            "admin",
            "defineDenyRule",
            "denyRule { id }",
            json!({"name": "No exports",
            "strength": "SOFT", "actions": ["access.export"], "whom": {"subjectId": desk.id("agent1")}}),
        ),
        (
            "admin",
            "serviceAccountRegister",
            "serviceAccount { id }",
            json!({"name": "Agents",
            "purpose": "Inventories", "ownerId": desk.id("director"), "rights": ["CI_REGISTER"]}),
        ),
        (
            "director",
            "macroDefine",
            "macro { id }",
            json!({"name": "Quick",
            "unitId": desk.unit("Service Desk"), "steps": [{"tag": "quick"}]}),
        ),
        ("director", "baselineName", "baseline { id }", json!({"name": "Before the move"})),
        (
            "director",
            "ciRegister",
            "ci { id }",
            json!({"class": "Organization",
            "attributes": {"name": "Elsewhere"}}),
        ),
        (
            "agent1",
            "requestAccess",
            "accessRequest { id }",
            json!({"what": what,
            "beneficiaryId": desk.id("agent1"), "justification": "For the night shift"}),
        ),
    ] {
        let query = mutation(verb, &format!("{noun} userErrors {{ code message }}"));
        let payload = desk.of_login(login).data(&query, json!({"i": input})).await;
        assert_eq!(payload[verb]["userErrors"], json!([]), "{verb}: {payload}");
    }
}

/// Everything that is in some list for somebody, by list.
type Known = BTreeMap<String, BTreeSet<String>>;

async fn known(desk: &Desk, map: &Map) -> Known {
    let mut known = Known::new();
    for login in EVERYBODY {
        for list in &map.lists {
            let (_, ids) = listed(desk.of_login(login), list, (100, "")).await;
            known.entry(list.field.clone()).or_default().extend(ids);
        }
    }
    known
}

#[tokio::test]
async fn t24_every_list_shows_and_counts_what_may_be_read_one_by_one() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    more(&desk).await;
    let map = Map::of(desk.of_login("admin")).await;
    let known = known(&desk, &map).await;
    let found = map.lists.iter().filter(|list| !known[&list.field].is_empty());
    let found: BTreeSet<&str> = found.map(|list| list.of.as_str()).collect();
    let missing: Vec<_> = NOUNS.iter().filter(|noun| !found.contains(**noun)).collect();
    assert!(missing.is_empty(), "nothing is there to be hidden: {missing:?}");
    let mut hidden = 0;
    for login in EVERYBODY {
        let client = desk.of_login(login);
        for list in &map.lists {
            let name = format!("{login}, {}", list.field);
            let (count, ids) = listed(client, list, (100, "")).await;
            assert_eq!(usize::try_from(count).unwrap(), ids.len(), "{name}: the count");
            assert_eq!(listed(client, list, (3, "")).await, (count, ids.clone()), "{name}: pages");
            let shown: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(shown.len(), ids.len(), "{name}: each once");
            let readable = readable(client, &known[&list.field]).await;
            assert_eq!(shown, readable, "{name}: one by one");
            hidden += known[&list.field].len() - shown.len();
        }
    }
    assert!(hidden > 100, "only {hidden} things are hidden from anybody");
}

#[tokio::test]
async fn t24_order_search_facets_and_aliases_tell_nothing_more() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let title = "Unspeakable";
    let hidden = desk.open("client2", title).await;
    desk.assign(&hidden, Some("Infrastructure"), &[]).await;
    let tickets =
        List { field: "tickets".to_owned(), arguments: String::new(), of: "Ticket".to_owned() };
    for login in ["client1", "agent1", "head1", "lead", "auditor"] {
        let client = desk.of_login(login);
        let (count, mut all) = listed(client, &tickets, (100, "")).await;
        all.sort();
        let sees = all.iter().any(|id| *id == hidden);
        assert_eq!(sees, ["lead", "auditor"].contains(&login), "{login}");
        for field in ["CHANGED_AT", "CREATED_AT", "NUMBER", "PRIORITY", "OPEN_FIRST", "DUE_AT"] {
            for direction in ["ASC", "DESC"] {
                let order = format!(", orderBy: {{field: {field}, direction: {direction}}}");
                let (ordered, mut ids) = listed(client, &tickets, (7, &order)).await;
                ids.sort();
                assert_eq!((ordered, &ids), (count, &all), "{login}: by {field}");
            }
        }
        let search = format!(", search: \"{title}\"");
        let (found, ids) = listed(client, &tickets, (7, &search)).await;
        assert_eq!((found, ids.len()), (u64::from(sees), usize::from(sees)), "{login}: a search");
        let of_author = format!(", where: {{requesterId: {{eq: {}}}}}", desk.id("client2"));
        let (found, ids) = listed(client, &tickets, (7, &of_author)).await;
        assert_eq!(usize::try_from(found).unwrap(), ids.len(), "{login}: a filter");
        assert!(ids.iter().all(|id| all.contains(id)), "{login}: a filter");
        let query = "{ a: tickets(first: 1) { totalCount } b: tickets(first: 1) { totalCount
            facets(fields: [STATE, KIND, PRIORITY]) { field values { value count } } } }";
        let told = client.data(query, json!({})).await;
        assert_eq!(
            (&told["a"]["totalCount"], &told["b"]["totalCount"]),
            (&json!(count), &json!(count))
        );
        for facet in told["b"]["facets"].as_array().unwrap() {
            let values = facet["values"].as_array().unwrap().iter();
            let sum: u64 = values.map(|value| value["count"].as_u64().unwrap()).sum();
            assert_eq!(sum, count, "{login}: {facet}");
        }
    }
}

#[tokio::test]
async fn t34_whatever_no_list_shows_is_by_its_id_as_if_it_did_not_exist() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    more(&desk).await;
    let map = Map::of(desk.of_login("admin")).await;
    let known = known(&desk, &map).await;
    for login in ["client1", "lead", "agent3"] {
        let client = desk.of_login(login);
        let mut asked = BTreeSet::new();
        for list in &map.lists {
            let (_, shown) = listed(client, list, (100, "")).await;
            let Some(hidden) = known[&list.field].iter().find(|id| !shown.contains(id)) else {
                continue;
            };
            let hidden = json!(hidden);
            let absent = absent_like(&hidden);
            asked.insert(list.of.as_str());
            for (field, argument) in &map.singles {
                let query =
                    format!("query($i: ID!) {{ it: {field}({argument}: $i) {{ __typename }} }}");
                let of_hidden = answer(client, &query, &hidden).await;
                let of_absent = answer(client, &query, &absent).await;
                assert_eq!(of_hidden, of_absent, "{login}: {field} of a {}", list.of);
            }
        }
        let least: &[&str] = match login {
            "agent3" => &["AccessRequest", "DenyRule", "Macro", "ServiceAccount", "Ticket"],
            _ => &["AccessGroup", "AccessRole", "Ci", "Person", "ServiceAccount", "Ticket", "Unit"],
        };
        assert!(least.iter().all(|noun| asked.contains(noun)), "{login}: {asked:?}");
    }
}

/// The status and the body, but for how far the read side is and for the id itself.
async fn answer(client: &Client, query: &str, id: &Value) -> (u16, String) {
    let response = client.request(query, json!({ "i": id })).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let told = text.find(",\"extensions\":{\"consistency\"").unwrap_or(text.len());
    (status, text[..told].replace(id.as_str().unwrap(), "the id"))
}
