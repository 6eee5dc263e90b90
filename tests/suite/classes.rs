//! Classes of configuration items: what an installation begins with, how it is extended while the
//! server runs, what is refused and where; and the page of the book about it, as it stands there.

use std::collections::BTreeMap;

use api::boot::App;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, code, mutate_noun};

const PAGE: &str = include_str!("../../docs/how-to/extend-the-cmdb.md");

const CLASSES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/cmdb-classes.md");

const CLASS: &str = "ciClass { id name label version isAbstract parent { name } inheritsFrom identity
    outOfService attributes { name kind choices of list required recommended default personal definedBy }
    relations { name to flow single downwards definedBy }
    redundancy { relations enabled minUp measure fixed } }";

async fn define(client: &Client, input: Value) -> Value {
    mutate_noun(client, "ciClassDefine", CLASS, input).await
}

fn attribute<'p>(payload: &'p Value, name: &str) -> &'p Value {
    let all = payload["ciClass"]["attributes"].as_array().unwrap();
    all.iter().find(|attribute| attribute["name"] == name).unwrap()
}

async fn events(world: &World, kind: &str) -> i64 {
    let mut database = world.superuser().await;
    sqlx::query_scalar("select count(*) from journal.events where event_type = $1")
        .bind(kind)
        .fetch_one(&mut database)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_installation_begins_with_the_standard_classes_once() {
    let mut world = World::empty().await;
    let mut serve = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    serve.env("ANNALS_ADMIN_PASSWORD", DEMO_PASSWORD);
    let stranger = world.serve_by(&mut serve);
    let first = events(&world, "ci_class.defined").await;
    assert!(first >= 85, "{first} classes");
    // A second node finds nothing missing, and both may start at once.
    let app = App::open(&world.place(), None).await.unwrap();
    let both = tokio::join!(app.establish_classes(), app.establish_classes());
    assert!(both.0.is_ok() && both.1.is_ok());
    app.close().await;
    assert_eq!(events(&world, "ci_class.defined").await, first);
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let list = "query($a: Cursor) { ciClasses(first: 60, after: $a) { totalCount
        nodes { name } pageInfo { hasNextPage endCursor } } }";
    let page = admin.data(list, json!({})).await["ciClasses"].clone();
    assert_eq!(
        (&page["totalCount"], &page["nodes"][0]["name"]),
        (&json!(85), &json!("ApplicationSolution"))
    );
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let rest = json!({"a": page["pageInfo"]["endCursor"]});
    let rest = admin.data(list, rest).await["ciClasses"].clone();
    assert_eq!(rest["nodes"].as_array().unwrap().len(), 25);
}

#[tokio::test]
async fn two_servers_that_start_at_once_define_each_class_once() {
    let world = World::empty().await;
    let place = world.place();
    // One after the other: migrations are another matter.
    let one = App::open(&place, None).await.unwrap();
    let other = App::open(&place, None).await.unwrap();
    let both = tokio::join!(one.establish_classes(), other.establish_classes());
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    let mut database = world.superuser().await;
    let streams: i64 = sqlx::query_scalar(
        "select count(distinct aggregate_id) from journal.events where aggregate_type = 'ci_class'",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!(streams, 85);
    let defined = events(&world, "ci_class.defined").await;
    one.establish_classes().await.unwrap();
    assert_eq!(events(&world, "ci_class.defined").await, defined);
    one.close().await;
    other.close().await;
}

#[tokio::test]
async fn a_class_is_added_and_extended_while_the_server_runs() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let client = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let wind = json!({"name": "WindTurbine", "parent": "PowerSource", "attributes": [
        {"name": "rotor", "kind": "DECIMAL"},
        {"name": "side", "kind": "ENUM", "choices": ["north", "south"], "default": "north"},
        {"name": "twin", "kind": "REFERENCE", "of": "windturbine"},
        {"name": "addresses", "kind": "IP", "list": true}],
        "relations": [{"name": "turns_for", "to": "Organization", "flow": "NONE"}]});
    assert_eq!(code(&define(&agent, wind.clone()).await), "FORBIDDEN");
    let defined = define(&director, wind).await;
    let class = &accepted(&defined)["ciClass"];
    assert_eq!((&class["label"], &class["version"]), (&json!("WindTurbine"), &json!(1)));
    assert_eq!(class["identity"], json!([["name", "organization"]]));
    assert_eq!(attribute(&defined, "twin")["of"], "WindTurbine");
    assert_eq!(attribute(&defined, "side")["default"], "north");
    assert_eq!(attribute(&defined, "serial")["definedBy"], "PhysicalDevice");
    let again = define(&director, json!({"name": "windTurbine", "parent": "Tablet"})).await;
    assert_eq!(code(&again), "CLAIM_TAKEN");
    assert_eq!(again["userErrors"][0]["field"], json!(["name"]));

    let more = json!({"ciClassId": class["id"], "attributes": [{"name": "height", "kind": "INTEGER"},
        {"name": "side", "kind": "ENUM", "choices": ["north", "south", "east"]}]});
    let more = define(&director, more).await;
    assert_eq!(accepted(&more)["ciClass"]["version"], 2);
    assert_eq!(attribute(&more, "side")["choices"], json!(["north", "south", "east"]));
    assert_eq!(attribute(&more, "rotor")["kind"], "DECIMAL");
    let same = define(&director, json!({"ciClassId": class["id"]})).await;
    assert_eq!(accepted(&same)["ciClass"]["version"], 2, "the same again is no version");

    let asked = json!({"name": "WINDTURBINE"});
    let seen = "query($name: String) { ciClass(name: $name) { name version } }";
    let seen_by = agent.data(seen, asked.clone()).await["ciClass"].clone();
    assert_eq!(seen_by, json!({"name": "WindTurbine", "version": 2}));
    let hidden = client.ask(seen, asked).await;
    assert_eq!(hidden.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let timeline = "query($id: ID!) { timeline(nodeId: $id) { totalCount } node(id: $id) { id } }";
    let timeline = director.data(timeline, json!({"id": class["id"]})).await;
    assert_eq!(timeline["timeline"]["totalCount"], 2);
    assert_eq!(timeline["node"]["id"], class["id"]);
}

#[tokio::test]
async fn what_makes_no_class_is_refused_with_its_place() {
    let mut world = World::demo().await;
    let director = world.serve_for("director").await;
    let id = async |name: &str| {
        let query = "query($n: String) { ciClass(name: $n) { id } }";
        director.data(query, json!({"n": name})).await["ciClass"]["id"].clone()
    };
    let (server, device) = (id("Server").await, id("PhysicalDevice").await);
    let many: Vec<Value> =
        (0..201).map(|nr| json!({"name": format!("a{nr}"), "kind": "TEXT"})).collect();
    let before = events(&world, "ci_class.defined").await;
    for (input, expected, field) in [
        (json!({"parent": "Server"}), "INVALID_INPUT", "name"),
        (json!({"name": " "}), "CI_CLASS_NAME_UNFIT", "name"),
        (json!({"name": "X", "parent": "Nowhere"}), "CI_CLASS_PARENT_UNKNOWN", "parent"),
        (json!({"name": "X"}), "CI_CLASS_IDENTITY_MISSING", "identity"),
        (json!({"name": "sErVeR", "parent": "PhysicalDevice"}), "CLAIM_TAKEN", "name"),
        (json!({"ciClassId": device, "parent": "Server"}), "CI_CLASS_PARENT_CIRCULAR", "parent"),
        (json!({"ciClassId": server, "parent": "PC"}), "CI_CLASS_PARENT_FIXED", "parent"),
        (
            json!({"ciClassId": server, "attributes": [{"name": "cpu", "kind": "INTEGER"}]}),
            "CI_CLASS_MADE_OTHERWISE",
            "attributes",
        ),
        (
            json!({"ciClassId": server, "attributes": [{"name": "Serial No", "kind": "TEXT"}]}),
            "CI_CLASS_WORD_UNFIT",
            "attributes",
        ),
        (
            json!({"ciClassId": server, "attributes": [{"name": "brand", "kind": "TEXT"}]}),
            "CI_CLASS_NAME_TWICE",
            "attributes",
        ),
        (
            json!({"ciClassId": server, "attributes": [{"name": "owner", "kind": "REFERENCE", "of": "Nobody"}]}),
            "CI_CLASS_CLASS_UNKNOWN",
            "attributes",
        ),
        (
            json!({"ciClassId": server, "attributes": many}),
            "CI_CLASS_TOO_MANY_ATTRIBUTES",
            "attributes",
        ),
        (
            json!({"ciClassId": server, "identity": [["name"]]}),
            "CI_CLASS_IDENTITY_FIXED",
            "identity",
        ),
        (
            json!({"ciClassId": server, "outOfService": ["gone"]}),
            "CI_CLASS_STATUS_UNKNOWN",
            "outOfService",
        ),
        (
            json!({"ciClassId": server, "redundancy": [{"relations": ["power_a"], "enabled": true,
                "minUp": "many", "measure": "COUNT"}]}),
            "INVALID_INPUT",
            "redundancy",
        ),
        (
            json!({"ciClassId": server, "relations": [{"name": "runs_on", "to": "Rack", "flow": "NONE"}]}),
            "CI_CLASS_RELATION_TAKEN",
            "relations",
        ),
        (json!({"ciClassId": "Q2k6MQ", "label": "X"}), "INVALID_ID", "ciClassId"),
    ] {
        let refused = define(&director, input.clone()).await;
        assert_eq!(code(&refused), expected, "{input}: {refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!([field]), "{input}: {refused}");
        assert_eq!(refused["ciClass"], Value::Null);
    }
    let unknown = json!({"ciClassId": server, "relations": [{"name": "beside", "to": "Nowhere", "flow": "NONE"}]});
    let unknown = define(&director, unknown).await;
    assert_eq!(unknown["userErrors"][0]["meta"]["place"], "relations[0].to");
    assert_eq!(events(&world, "ci_class.defined").await, before, "nothing is half written");
}

#[tokio::test]
async fn the_page_about_it_is_true() {
    let mut world = World::demo().await;
    let director = world.serve_for("director").await;
    let mut bound: BTreeMap<String, Value> = BTreeMap::new();
    for (query, json) in examples(PAGE) {
        let (answers, given): (Vec<_>, Vec<_>) =
            json.into_iter().partition(|json| json.get("data").is_some());
        let given = filled(given.first().cloned().unwrap_or(json!({})), &bound);
        let told = director.data(&query, given).await;
        match answers.first() {
            Some(expected) => same(&expected["data"], &told, &mut bound),
            None => assert!(!told.to_string().contains("\"code\""), "{query}: {told}"),
        }
    }
    assert!(bound.contains_key("$CLASS"), "the page makes a class");
}

/// A page's requests, each with the JSON that follows it.
pub(crate) fn examples(page: &str) -> Vec<(String, Vec<Value>)> {
    let mut found: Vec<(String, Vec<Value>)> = Vec::new();
    for fence in page.split("```").skip(1).step_by(2) {
        match fence.split_once('\n') {
            Some(("graphql", query)) => found.push((query.to_owned(), Vec::new())),
            Some(("json", text)) => {
                found.last_mut().unwrap().1.push(serde_json::from_str(text).unwrap());
            }
            other => panic!("{other:?}"),
        }
    }
    found
}

/// The examples of all classes are a file, in the order of the page; the head's own lines come after.
#[tokio::test]
async fn the_examples_of_all_classes_can_be_imported() {
    let world = World::empty().await;
    let page = std::fs::read_to_string(CLASSES).unwrap();
    let (head, classes) = page.split_once("## The tree").unwrap();
    let items = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("{\"class\""));
        lines.map(str::to_owned).collect()
    };
    let lines = [items(classes), items(head)].concat();
    let file = world.folder().join("items.ndjson");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let arguments = ["import", "cis", file.to_str().unwrap(), "--format", "ndjson", "--strict"];
    let done = world.run_annals(&arguments);
    assert_eq!(done.code, 0, "{done:?}");
    let new = format!("{0} rows: {0} new", lines.len());
    assert!(done.stdout.contains(&new), "{done:?}");
}

pub(crate) fn filled(value: Value, bound: &BTreeMap<String, Value>) -> Value {
    match value {
        Value::String(text) => bound.get(&text).cloned().unwrap_or(Value::String(text)),
        Value::Array(all) => all.into_iter().map(|it| filled(it, bound)).collect(),
        Value::Object(all) => all.into_iter().map(|(key, it)| (key, filled(it, bound))).collect(),
        other => other,
    }
}

/// The answer is the page's; a placeholder stands for whatever is there.
pub(crate) fn same(expected: &Value, told: &Value, bound: &mut BTreeMap<String, Value>) {
    match (expected, told) {
        (Value::String(name), _) if name.starts_with('$') => {
            bound.insert(name.clone(), told.clone());
        }
        (Value::Object(expected), Value::Object(_)) => {
            for (key, value) in expected {
                same(value, &told[key], bound);
            }
        }
        _ => assert_eq!(expected, told),
    }
}
