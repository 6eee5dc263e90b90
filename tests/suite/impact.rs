//! What falls with an item of a small data centre, and what it leans on: both ways, at depths, with and
//! without redundancy, now and before, over the real binary.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, mutate_noun};

const IMPACT: &str = "query($id: ID!, $way: ImpactDirection!, $depth: Int, $saved: Boolean,
    $at: Moment) { impact(ciId: $id, direction: $way, depth: $depth, redundancy: $saved,
    history: $at) { truncated position
        nodes { ci { id name class } state depth reason up of steps { relation by { name } } }
        edges { relation from { name } to { name } }
        services { ci { name class } by { name } } contacts { depth ci { name class } } } }";

/// Its class, its name, and how it is related to which others.
type Item = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// A data centre: each item with its class and what it is related to.
const ITEMS: [Item; 15] = [
    ("Power 1", "PowerSource", &[]),
    ("Power 2", "PowerSource", &[]),
    ("Mail", "Service", &[]),
    ("Server 1", "Server", &[("power_a", "Power 1"), ("power_b", "Power 2")]),
    ("Server 2", "Server", &[("power_a", "Power 1")]),
    ("Farm", "Farm", &[]),
    ("Host 1", "Hypervisor", &[("hypervisor_on", "Server 1"), ("member_of_farm", "Farm")]),
    ("Host 2", "Hypervisor", &[("hypervisor_on", "Server 2"), ("member_of_farm", "Farm")]),
    ("Machine", "VirtualMachine", &[("virtualized_by", "Farm")]),
    ("Database", "DBServer", &[("runs_on", "Machine")]),
    ("Schema", "DatabaseSchema", &[("hosted_by_dbserver", "Database")]),
    ("Payroll", "BusinessProcess", &[]),
    (
        "Wages",
        "ApplicationSolution",
        &[("depends_on", "Schema"), ("supports", "Payroll"), ("provides", "Mail")],
    ),
    ("Operators", "Team", &[("contact_of", "Wages")]),
    ("Old server", "Server", &[("power_a", "Power 1")]),
];

struct Centre {
    world: World,
    agent: Client,
    ids: BTreeMap<&'static str, Value>,
}

/// Nodes by name: state and depth.
type Nodes = BTreeMap<String, (String, u64)>;

impl Centre {
    async fn build() -> Self {
        let mut world = World::demo().await;
        let stranger = world.serve();
        let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
        let mut ids = BTreeMap::new();
        let demo = json!({"class": "Organization", "attributes": {"name": "Data centre"}});
        let demo = register(&agent, demo).await;
        for (name, class, related) in ITEMS {
            let mut attributes = json!({"name": name, "organization": demo});
            if name == "Old server" {
                attributes["status"] = json!("obsolete");
            }
            let to = |(relation, to): &(&str, &str)| json!({"relation": relation, "toId": ids[to]});
            let relations: Vec<Value> = related.iter().map(to).collect();
            let item = json!({"class": class, "attributes": attributes, "relations": relations});
            let id = register(&agent, item).await;
            ids.insert(name, id);
        }
        Self { world, agent, ids }
    }

    async fn ask(&self, root: &str, asked: Value) -> Value {
        let mut asked = asked;
        asked["id"] = self.ids[root].clone();
        if asked.get("way").is_none() {
            asked["way"] = json!("IMPACTS");
        }
        self.agent.data(IMPACT, asked).await["impact"].clone()
    }
}

async fn register(client: &Client, item: Value) -> Value {
    let told = mutate_noun(client, "ciRegister", "ci { id }", item).await;
    accepted(&told)["ci"]["id"].clone()
}

fn nodes(answer: &Value) -> Nodes {
    let nodes = answer["nodes"].as_array().unwrap().iter();
    let one = |node: &Value| {
        let name = node["ci"]["name"].as_str().unwrap().to_owned();
        (name, (node["state"].as_str().unwrap().to_owned(), node["depth"].as_u64().unwrap()))
    };
    nodes.map(one).collect()
}

fn expected(nodes: &[(&str, &str, u64)]) -> Nodes {
    let one = |(name, state, depth): &(&str, &str, u64)| {
        let state = if *state == "saved" { "NOT_IMPACTED" } else { "IMPACTED" };
        ((*name).to_owned(), (state.to_owned(), *depth))
    };
    nodes.iter().map(one).collect()
}

fn node<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let mut nodes = answer["nodes"].as_array().unwrap().iter();
    nodes.find(|node| node["ci"]["name"] == name).unwrap()
}

#[tokio::test]
async fn a_data_centre_falls_as_its_relations_and_redundancy_say() {
    let centre = Centre::build().await;
    // The first server has another feed, the farm another host; the old server is out of service.
    let answer = centre.ask("Power 1", json!({"depth": 20})).await;
    let falls = [
        ("Power 1", "falls", 0),
        ("Server 1", "saved", 1),
        ("Server 2", "falls", 1),
        ("Host 2", "falls", 2),
        ("Farm", "saved", 3),
    ];
    assert_eq!(nodes(&answer), expected(&falls));
    let farm = node(&answer, "Farm");
    assert_eq!(
        (&farm["reason"], &farm["up"], &farm["of"]),
        (&json!("1 of 2 up"), &json!(1), &json!(2))
    );
    let host = node(&answer, "Host 2");
    assert_eq!(host["reason"], "Power 1 → power_a → Server 2 → hypervisor_on → Host 2");
    assert_eq!(host["steps"][0], json!({"relation": "hypervisor_on", "by": {"name": "Server 2"}}));
    assert_eq!(answer["edges"].as_array().unwrap().len(), 4);
    assert_eq!(answer["services"], json!([]));
    assert_eq!(answer["truncated"], false);

    // Without redundancy all of it falls.
    let answer = centre.ask("Power 1", json!({"depth": 20, "saved": false})).await;
    let all = [
        ("Power 1", "falls", 0),
        ("Server 1", "falls", 1),
        ("Server 2", "falls", 1),
        ("Host 1", "falls", 2),
        ("Host 2", "falls", 2),
        ("Farm", "falls", 3),
        ("Machine", "falls", 4),
        ("Database", "falls", 5),
        ("Schema", "falls", 6),
        ("Wages", "falls", 7),
        ("Payroll", "falls", 8),
        ("Operators", "falls", 8),
    ];
    assert_eq!(nodes(&answer), expected(&all));
    let mail = json!([{"ci": {"name": "Mail", "class": "Service"}, "by": {"name": "Wages"}}]);
    assert_eq!(answer["services"], mail);
    let contact = json!([{"depth": 8, "ci": {"name": "Operators", "class": "Team"}}]);
    assert_eq!(answer["contacts"], contact);
    let runs =
        json!({"relation": "runs_on", "from": {"name": "Database"}, "to": {"name": "Machine"}});
    assert!(answer["edges"].as_array().unwrap().contains(&runs));

    for (depth, many) in [(1, 3), (2, 5)] {
        let answer = centre.ask("Power 1", json!({"depth": depth, "saved": false})).await;
        assert_eq!(nodes(&answer), expected(&all[..many]));
    }
}

#[tokio::test]
async fn customers_contracts_are_named_with_what_they_promise() {
    let centre = Centre::build().await;
    let new = async |class: &str, name: &str, related: &[(&str, &Value)]| {
        let to = |(relation, to): &(&str, &Value)| json!({"relation": relation, "toId": to});
        let relations: Vec<Value> = related.iter().map(to).collect();
        let attributes = json!({"name": name});
        let item = json!({"class": class, "attributes": attributes, "relations": relations});
        register(&centre.agent, item).await
    };
    let gold = new("SLA", "Gold", &[]).await;
    let (mail, wages) = (&centre.ids["Mail"], &centre.ids["Wages"]);
    new("CustomerContract", "City", &[("covers_service", mail), ("under_sla", &gold)]).await;
    new("CustomerContract", "Harbour", &[("covers", wages), ("covers", &centre.ids["Farm"])]).await;
    new("ProviderContract", "Hosting", &[("covers_service", mail)]).await;
    let asked = "query($id: ID!, $depth: Int, $at: Moment) {
        impact(ciId: $id, depth: $depth, history: $at) { position
            agreements { contract { name } slas { name } covers { name } } } }";
    let agreements = async |root: &str, more: Value| {
        let mut variables = more;
        variables["id"] = centre.ids[root].clone();
        centre.agent.data(asked, variables).await["impact"].clone()
    };
    let agreed = |contract: &str, slas: Value, covers: Value| json!({"contract": {"name": contract}, "slas": slas, "covers": covers});
    let city = agreed("City", json!([{"name": "Gold"}]), json!([{"name": "Mail"}]));
    let told = agreements("Machine", json!({})).await;
    let harbour = agreed("Harbour", json!([]), json!([{"name": "Wages"}]));
    assert_eq!(told["agreements"], json!([city, harbour]));
    // What the farm's contract covers stands on another host.
    assert_eq!(agreements("Host 1", json!({})).await["agreements"], json!([]));
    let near = agreements("Farm", json!({"depth": 1})).await;
    let farm = agreed("Harbour", json!([]), json!([{"name": "Farm"}]));
    assert_eq!(near["agreements"], json!([farm]));
    let change = json!({"ciId": wages, "relation": "provides", "toId": mail});
    accepted(&mutate_noun(&centre.agent, "ciUnrelate", "ci { id }", change).await);
    assert_eq!(agreements("Machine", json!({})).await["agreements"], json!([harbour]));
    let at = json!({"at": {"asOfPosition": told["position"]}});
    assert_eq!(agreements("Machine", at).await, told);
}

#[tokio::test]
async fn what_an_item_leans_on_is_found_whatever_redundancy_it_has() {
    let centre = Centre::build().await;
    let answer = centre.ask("Schema", json!({"way": "DEPENDS_ON", "depth": 20})).await;
    let all = [
        ("Schema", "falls", 0),
        ("Database", "falls", 1),
        ("Machine", "falls", 2),
        ("Farm", "falls", 3),
        ("Host 1", "falls", 4),
        ("Host 2", "falls", 4),
        ("Server 1", "falls", 5),
        ("Server 2", "falls", 5),
        ("Power 1", "falls", 6),
        ("Power 2", "falls", 6),
    ];
    assert_eq!(nodes(&answer), expected(&all));
    let answer = centre.ask("Schema", json!({"way": "DEPENDS_ON", "depth": 2})).await;
    assert_eq!(nodes(&answer), expected(&all[..3]));
    // A team is told of what falls; it leans on nothing.
    let answer = centre.ask("Operators", json!({"way": "DEPENDS_ON", "depth": 20})).await;
    assert_eq!(nodes(&answer), expected(&[("Operators", "falls", 0)]));
}

#[tokio::test]
async fn the_past_is_answered_by_what_was_so_then() {
    let centre = Centre::build().await;
    let before = centre.ask("Power 1", json!({"depth": 20})).await;
    let retired = json!({"ciId": centre.ids["Host 1"]});
    let head = centre.agent.clone();
    let head = Client::new(&head.base).sign_in("director", DEMO_PASSWORD).await;
    accepted(&mutate_noun(&head, "ciRetire", "ci { id }", retired).await);
    let change = json!({"ciId": centre.ids["Server 1"], "relation": "power_b",
        "toId": centre.ids["Power 2"]});
    accepted(&mutate_noun(&centre.agent, "ciUnrelate", "ci { id }", change).await);
    // One feed is left, and one host.
    let now = centre.ask("Power 1", json!({"depth": 20})).await;
    assert_eq!(nodes(&now)["Server 1"], ("IMPACTED".to_owned(), 1));
    assert_eq!(nodes(&now)["Payroll"], ("IMPACTED".to_owned(), 8));
    assert!(!nodes(&now).contains_key("Host 1"));
    let at = json!({"asOfPosition": before["position"]});
    let mut then = centre.ask("Power 1", json!({"depth": 20, "at": at})).await;
    assert_eq!(then["position"], before["position"]);
    then["position"] = before["position"].clone();
    assert_eq!(then, before);
}

#[tokio::test]
async fn what_changed_near_an_item_is_suspected() {
    let centre = Centre::build().await;
    let well = centre.ask("Power 1", json!({"depth": 1})).await["position"].clone();
    let change = json!({"ciId": centre.ids["Server 2"], "attributes": {"cpu": "16"}});
    accepted(&mutate_noun(&centre.agent, "ciCorrect", "ci { id }", change).await);
    let gone = json!({"ciId": centre.ids["Server 1"], "relation": "power_b",
        "toId": centre.ids["Power 2"]});
    accepted(&mutate_noun(&centre.agent, "ciUnrelate", "ci { id }", gone).await);
    let elsewhere = json!({"ciId": centre.ids["Payroll"], "attributes": {"description": "New"}});
    accepted(&mutate_noun(&centre.agent, "ciCorrect", "ci { id }", elsewhere).await);
    let asked = "query($id: ID!, $from: Moment!) { changeSuspects(ciId: $id, from: $from) {
        truncated suspects { depth ci { name } event { eventType } } } }";
    let from = json!({"id": centre.ids["Machine"], "from": {"asOfPosition": well}});
    let told = centre.agent.data(asked, from.clone()).await["changeSuspects"].clone();
    let suspect = |name: &str, kind: &str| json!({"depth": 3, "ci": {"name": name}, "event": {"eventType": kind}});
    let expected =
        json!([suspect("Server 1", "ci.unrelated"), suspect("Server 2", "ci.corrected")]);
    assert_eq!(told, json!({"truncated": false, "suspects": expected}));
    let client = Client::new(&centre.agent.base).sign_in("client1", DEMO_PASSWORD).await;
    assert_eq!(client.data(asked, from).await["changeSuspects"], Value::Null);
}

#[tokio::test]
async fn bad_questions_are_told_so_and_strangers_see_nothing() {
    let mut centre = Centre::build().await;
    for depth in [0, 21, -3] {
        let asked = json!({"id": centre.ids["Farm"], "way": "IMPACTS", "depth": depth});
        let answer = centre.agent.ask(IMPACT, asked).await;
        let error = &answer.body["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_REQUEST", "{answer:?}");
        assert!(error["message"].as_str().unwrap().contains("from 1 to 20"), "{answer:?}");
    }
    let both = json!({"asOfPosition": "1", "asOf": "2031-03-01T00:00:00Z"});
    let asked = json!({"id": centre.ids["Farm"], "way": "IMPACTS", "at": both});
    assert_eq!(
        centre.agent.ask(IMPACT, asked).await.body["errors"][0]["extensions"]["code"],
        "BAD_REQUEST"
    );
    let client = Client::new(&centre.agent.base).sign_in("client1", DEMO_PASSWORD).await;
    let asked = json!({"id": centre.ids["Farm"], "way": "IMPACTS"});
    assert_eq!(client.data(IMPACT, asked).await["impact"], Value::Null);
    // Lists inside what may be long are charged as if it were.
    let deep = "query($id: ID!) { impact(ciId: $id) { nodes { ci { timeline(first: 100) {
        nodes { id } } } } } }";
    let answer = centre.agent.ask(deep, json!({"id": centre.ids["Farm"]})).await;
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "COST_LIMIT", "{answer:?}");
    assert!(centre.world.server().greeting.contains("answers at"));
}
