//! Configuration items read: lists, references, relations, what was, what differs, who may see them.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, mutate_noun};

const LIST: &str =
    "query($w: CiWhere, $o: [CiOrder!], $s: String, $n: Int, $a: Cursor, $p: Position) {
    cis(where: $w, orderBy: $o, search: $s, first: $n, after: $a, asOfPosition: $p) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id name class status organization { name } } } }";

const ITEM: &str = "query($id: ID!, $p: Position, $t: DateTime) {
    ci(id: $id, asOfPosition: $p, asOf: $t) { id name class status life version attributesJson
        organization { name class }
        attributes { name label kind value text personal references { name }
            given { source rank value } }
        relations { totalCount nodes { relation direction source since until ci { name class } } }
        timeline(first: 100) { totalCount nodes { eventType recordedAt changes { field from to } } }
        mergedInto { id } } }";

const DIFF: &str = "query($id: ID!, $from: Moment!, $to: Moment) {
    ciDiff(ciId: $id, from: $from, to: $to) { truncated from { name } to { name }
        attributes { name from to events { eventType position } }
        relations { relation direction added ci { name } event { eventType } } } }";

/// What became of a command on an item.
struct Done {
    id: Value,
    position: Value,
}

async fn done(client: &Client, verb: &str, input: Value) -> Done {
    let payload = mutate_noun(client, verb, "ci { id version }", input).await;
    let payload = accepted(&payload);
    Done { id: payload["ci"]["id"].clone(), position: payload["position"].clone() }
}

async fn register(client: &Client, class: &str, attributes: Value) -> Done {
    done(client, "ciRegister", json!({"class": class, "attributes": attributes})).await
}

async fn list(client: &Client, variables: Value) -> Value {
    client.data(LIST, variables).await["cis"].clone()
}

fn names(list: &Value) -> Vec<&str> {
    list["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn items_are_found_as_they_are_and_as_they_were() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let house = register(&director, "Organization", json!({"name": "The house"})).await;
    let at = |name: &str, os: &str| json!({"name": name, "organization": house.id, "os_family": os, "status": "production"});
    let web = register(&director, "Server", at("web1", "Linux")).await;
    let database = register(&director, "Server", at("db1", "Linux")).await;
    let machine = register(&director, "VirtualMachine", at("vm1", "BSD")).await;
    assert_lists(&director, &house).await;

    let renamed = json!({"name": "www", "os_family": "Windows"});
    let correct = json!({"ciId": web.id, "attributes": renamed});
    let corrected = done(&director, "ciCorrect", correct).await;
    let solution = register(&director, "ApplicationSolution", json!({"name": "Shop"})).await;
    for to in [&web, &database] {
        let bond = json!({"ciId": solution.id, "relation": "depends_on", "toId": to.id});
        done(&director, "ciRelate", bond).await;
    }
    let bond = json!({"ciId": solution.id, "relation": "depends_on", "toId": web.id});
    let parted = done(&director, "ciUnrelate", bond).await;
    assert_item(&director, &web, &machine).await;
    assert_past(&director, &web, &corrected).await;
    assert_diff(&director, &solution, &parted).await;

    let client = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let refused = client.ask(LIST, json!({})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let hidden = client.data(ITEM, json!({"id": web.id})).await;
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(hidden["ci"], Value::Null);
    assert_eq!(client.data(node, json!({"id": web.id})).await["node"], Value::Null);
    assert_eq!(director.data(node, json!({"id": web.id})).await["node"]["id"], web.id);
}

async fn assert_lists(director: &Client, house: &Done) {
    let linux = json!([{"name": "os_family", "eq": "Linux"}]);
    for (variables, expected) in [
        (json!({"w": {"class": {"eq": "FunctionalCI"}}}), vec!["db1", "vm1", "web1"]),
        (json!({"w": {"class": {"eq": "server"}}}), vec!["db1", "web1"]),
        (json!({"w": {"class": {"exactly": "FunctionalCI"}}}), vec![]),
        (json!({"w": {"attributes": linux}}), vec!["db1", "web1"]),
        (
            json!({"w": {"organizationId": {"eq": house.id}, "not": {"name": {"prefix": "db"}}}}),
            vec!["vm1", "web1"],
        ),
        (
            json!({"w": {"or": [{"name": {"in": ["db1"]}}, {"status": {"isNull": true}}]}}),
            vec!["db1"],
        ),
        (
            json!({"w": {"class": {"eq": "FunctionalCI"}},
            "o": [{"field": "CLASS"}, {"field": "NAME", "direction": "DESC"}]}),
            vec!["web1", "db1", "vm1"],
        ),
        (
            json!({"w": {"class": {"in": ["Server", "VirtualMachine"]}},
            "o": [{"attribute": "os_family"}, {"field": "ORGANIZATION"}]}),
            vec!["vm1", "db1", "web1"],
        ),
        (json!({"s": "HOUSE"}), vec!["The house"]),
    ] {
        let whole = list(director, variables.clone()).await;
        let mut found = names(&whole);
        if variables.get("o").is_some_and(|order| order[0].get("attribute").is_some()) {
            // Those that are alike come in the order of their ids.
            found[1..].sort_unstable();
        }
        assert_eq!(found, expected, "{variables}");
        assert_eq!(whole["totalCount"], expected.len());
    }
    let first = list(director, json!({"n": 2, "w": {"class": {"eq": "FunctionalCI"}}})).await;
    assert_eq!(first["nodes"][0]["organization"]["name"], "The house");
    let after = first["pageInfo"]["endCursor"].clone();
    let rest = json!({"n": 2, "a": after, "w": {"class": {"eq": "FunctionalCI"}}});
    assert_eq!(names(&list(director, rest).await), ["web1"]);
    for (variables, told) in [
        (json!({"a": after}), "cursor"),
        (json!({"w": {"class": {"eq": "Nothing"}}}), "no class"),
        (json!({"w": {"attributes": [{"name": "nothing", "eq": "1"}]}}), "no attribute"),
        (json!({"o": [{}]}), "field or an attribute"),
        (json!({"p": "999999"}), "position"),
    ] {
        let refused = director.ask(LIST, variables).await;
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert_eq!(refused.body["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{refused:?}");
        assert!(message.contains(told), "{message}");
    }
}

async fn assert_item(director: &Client, web: &Done, machine: &Done) {
    let item = director.data(ITEM, json!({"id": web.id})).await["ci"].clone();
    assert_eq!((&item["name"], &item["class"]), (&json!("www"), &json!("Server")));
    assert_eq!((&item["life"], &item["version"]), (&json!("ACTIVE"), &json!(3)));
    assert_eq!(item["attributesJson"]["os_family"], "Windows");
    let attributes = item["attributes"].as_array().unwrap();
    let house = attributes.iter().find(|it| it["name"] == "organization").unwrap();
    assert_eq!(
        (&house["kind"], &house["references"][0]["name"]),
        (&json!("REFERENCE"), &json!("The house"))
    );
    let family = attributes.iter().find(|it| it["name"] == "os_family").unwrap();
    assert_eq!(family["given"], json!([{"source": "manual", "rank": 0, "value": "Windows"}]));
    let told = item["timeline"]["nodes"].as_array().unwrap();
    let renamed = told.iter().find(|event| event["eventType"] == "ci.renamed").unwrap();
    assert_eq!(renamed["changes"], json!([{"field": "name", "from": "web1", "to": "www"}]));
    let registered = told[0]["changes"].as_array().unwrap();
    let class = registered.iter().find(|change| change["field"] == "class").unwrap();
    assert_eq!(class["to"], "Server");
    let machine = director.data(ITEM, json!({"id": machine.id})).await["ci"].clone();
    assert_eq!(machine["relations"]["totalCount"], 0);
}

async fn assert_past(director: &Client, web: &Done, corrected: &Done) {
    let before = director.data(ITEM, json!({"id": web.id, "p": web.position})).await["ci"].clone();
    assert_eq!((&before["name"], &before["version"]), (&json!("web1"), &json!(1)));
    let after = json!({"id": web.id, "p": corrected.position});
    assert_eq!(director.data(ITEM, after).await["ci"]["name"], "www");
    // The instant of an event is the position of that event.
    let recorded = before["timeline"]["nodes"][0]["recordedAt"].clone();
    let then = json!({"id": web.id, "t": recorded});
    assert_eq!(director.data(ITEM, then).await["ci"]["name"], "web1");
    let long_ago = json!({"id": web.id, "t": "2001-01-01T00:00:00Z"});
    assert_eq!(director.data(ITEM, long_ago).await["ci"], Value::Null);
    let both = director.ask(ITEM, json!({"id": web.id, "t": recorded, "p": web.position})).await;
    assert_eq!(both.body["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    let servers = json!({"class": {"eq": "Server"}});
    let then = list(director, json!({"w": servers, "p": web.position})).await;
    assert_eq!((names(&then), &then["totalCount"]), (vec!["web1"], &json!(1)));
    let diff = json!({"id": web.id, "from": {"asOfPosition": web.position}});
    let diff = director.data(DIFF, diff).await["ciDiff"].clone();
    assert_eq!((&diff["from"]["name"], &diff["to"]["name"]), (&json!("web1"), &json!("www")));
    let differ: Vec<_> =
        diff["attributes"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(differ, ["name", "os_family"]);
    assert_eq!(diff["attributes"][0]["events"][0]["eventType"], "ci.renamed");
    assert_eq!(
        (&diff["attributes"][1]["from"], &diff["attributes"][1]["to"]),
        (&json!("Linux"), &json!("Windows"))
    );
    assert_eq!(diff["relations"], json!([]));
    assert_eq!(diff["truncated"], false);
}

async fn assert_diff(director: &Client, solution: &Done, parted: &Done) {
    let item = director.data(ITEM, json!({"id": solution.id})).await["ci"].clone();
    let relations = &item["relations"];
    assert_eq!(relations["totalCount"], 1);
    assert_eq!(relations["nodes"][0]["ci"]["name"], "db1");
    let (from, to) =
        (json!({"asOfPosition": solution.position}), json!({"asOfPosition": parted.position}));
    let diff = json!({"id": solution.id, "from": to, "to": from});
    let diff = director.data(DIFF, diff).await["ciDiff"].clone();
    assert_eq!(
        diff["relations"],
        json!([{"relation": "depends_on", "direction": "OUT", "added": true, "ci": {"name": "db1"},
            "event": {"eventType": "ci.related"}}])
    );
}

#[tokio::test]
async fn relations_that_came_with_one_event_are_all_told_with_it() {
    let mut world = World::demo().await;
    let director = world.serve().sign_in("director", DEMO_PASSWORD).await;
    let feed = register(&director, "PowerSource", json!({"name": "feed"})).await;
    let links = ["power_a", "power_b"].map(|name| json!({"relation": name, "toId": feed.id}));
    let input = json!({"class": "Server", "attributes": {"name": "srv"}, "relations": links});
    let server = done(&director, "ciRegister", input).await;
    let diff = json!({"id": server.id, "from": {"asOfPosition": feed.position}});
    let diff = director.data(DIFF, diff).await["ciDiff"].clone();
    let events: Vec<_> =
        diff["relations"].as_array().unwrap().iter().map(|it| &it["event"]["eventType"]).collect();
    assert_eq!(events, ["ci.registered", "ci.registered"]);
}

#[tokio::test]
async fn what_is_picked_from_a_list_is_changed_each_by_itself() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let mut servers = Vec::new();
    for name in ["web1", "web2", "web3"] {
        servers.push(register(&director, "Server", json!({"name": name})).await.id);
    }
    let rack = register(&director, "Enclosure", json!({"name": "rack"})).await.id;

    let stocked = |(nr, id): (usize, &Value)| {
        let status = if nr == 1 { "asleep" } else { "stock" };
        json!({"ciId": id, "attributes": {"status": status}, "clientMutationId": nr.to_string()})
    };
    let items = servers.iter().enumerate().map(stocked).collect();
    let results = many(&agent, "ciCorrectMany", items).await;
    assert_eq!(codes(&results), ["", "CI_VALUE_UNFIT", ""], "{results}");
    assert_eq!(results[2]["ci"], json!({"name": "web3", "status": "stock", "life": "ACTIVE"}));
    assert_eq!(results[1]["clientMutationId"], "1");

    let within = |id: &Value| json!({"ciId": id, "relation": "in_enclosure", "toId": rack});
    let mut items: Vec<Value> = servers.iter().map(within).collect();
    items.push(within(&rack));
    let results = many(&agent, "ciRelateMany", items).await;
    assert_eq!(codes(&results)[..3], ["", "", ""], "{results}");
    assert!(!codes(&results)[3].is_empty(), "{results}");

    // Whoever may not is told so of each.
    let retired: Vec<Value> = servers[1..].iter().map(|id| json!({"ciId": id})).collect();
    let results = many(&agent, "ciRetireMany", retired.clone()).await;
    assert_eq!(codes(&results), ["FORBIDDEN", "FORBIDDEN"]);
    let results = many(&director, "ciRetireMany", retired.clone()).await;
    assert_eq!(codes(&results), ["", ""], "{results}");
    assert_eq!(results[0]["ci"]["life"], "RETIRED");
    let again = many(&director, "ciRetireMany", retired).await;
    assert_eq!(again[0]["position"], Value::Null, "{again}");
    let wanted = json!({"class": {"exactly": "Server"}, "life": {"eq": "ACTIVE"}});
    assert_eq!(names(&list(&director, json!({"w": wanted})).await), ["web1"]);

    for items in [vec![], vec![json!({"ciId": servers[0]}); 101]] {
        let text = "mutation($i: CiRetireManyInput!) { ciRetireMany(input: $i) {
            clientMutationId } }";
        let answer = director.ask(text, json!({"i": {"items": items}})).await;
        assert_eq!(answer.body["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{answer:?}");
    }
}

/// The results of a mutation of several items.
async fn many(who: &Client, verb: &str, items: Vec<Value>) -> Value {
    let mut capital = verb.to_owned();
    capital[..1].make_ascii_uppercase();
    let text = format!(
        "mutation($i: {capital}Input!) {{ {verb}(input: $i) {{ clientMutationId results {{
            clientMutationId position ci {{ name status life }} userErrors {{ code field }} }} }} }}"
    );
    let input = json!({"items": items, "clientMutationId": "m"});
    let told = who.data(&text, json!({"i": input})).await[verb].clone();
    assert_eq!(told["clientMutationId"], "m");
    told["results"].clone()
}

/// The first code of each, or nothing.
fn codes(results: &Value) -> Vec<String> {
    let code = |it: &Value| it["userErrors"][0]["code"].as_str().unwrap_or("").to_owned();
    results.as_array().unwrap().iter().map(code).collect()
}
