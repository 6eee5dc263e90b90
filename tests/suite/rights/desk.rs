//! Everybody of the demo, signed in, and what they do to tickets.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use uuid::Uuid;

/// Of a payload, what the tests look at.
const TICKET: &str = "ticket { id number state version } userErrors { code message field meta }";

/// The demo organisation at work.
pub(super) struct Desk {
    people: BTreeMap<&'static str, Client>,
    names: BTreeMap<&'static str, String>,
    ids: BTreeMap<&'static str, Value>,
    units: BTreeMap<String, Value>,
    plan: Value,
}

impl Desk {
    /// Starts the server and signs everybody in.
    pub(super) async fn of(world: &mut World) -> Self {
        let stranger = world.serve();
        let mut desk = Self {
            people: BTreeMap::new(),
            names: BTreeMap::new(),
            ids: BTreeMap::new(),
            units: BTreeMap::new(),
            plan: Value::Null,
        };
        for login in [
            "admin", "director", "head1", "head2", "agent1", "agent2", "agent3", "client1",
            "client2", "lead", "auditor",
        ] {
            let client = stranger.sign_in(login, DEMO_PASSWORD).await;
            let viewer = client.data("{ viewer { person { id name } } }", json!({})).await;
            let person = &viewer["viewer"]["person"];
            desk.ids.insert(login, person["id"].clone());
            desk.names.insert(login, person["name"].as_str().unwrap().to_owned());
            desk.people.insert(login, client);
        }
        let units = desk.of_login("director").data("{ units { nodes { id name } } }", json!({}));
        for unit in units.await["units"]["nodes"].as_array().unwrap() {
            desk.units.insert(unit["name"].as_str().unwrap().to_owned(), unit["id"].clone());
        }
        desk.plan = desk.define_plan().await;
        desk
    }

    /// A plan that measures next to nothing.
    async fn define_plan(&self) -> Value {
        let priorities = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
        let targets =
            priorities.map(|priority| json!({"priority": priority, "deadlineSeconds": 1}));
        let input = json!({"name": "Gold", "targets": targets});
        let query = mutation("slaPlanDefine", "slaPlan { id } userErrors { code }");
        let payload = self.of_login("director").data(&query, json!({"i": input})).await;
        payload["slaPlanDefine"]["slaPlan"]["id"].clone()
    }

    pub(super) fn plan(&self) -> &Value {
        &self.plan
    }

    pub(super) fn of_login(&self, login: &str) -> &Client {
        &self.people[login]
    }

    pub(super) fn id(&self, login: &str) -> Value {
        self.ids[login].clone()
    }

    /// Whose id this is.
    pub(super) fn login(&self, id: &Value) -> &'static str {
        self.ids.iter().find(|(_, known)| *known == id).unwrap_or_else(|| panic!("{id}?")).0
    }

    pub(super) fn name(&self, login: &str) -> &str {
        &self.names[login]
    }

    pub(super) fn unit(&self, name: &str) -> Value {
        self.units[name].clone()
    }

    /// Runs a ticket mutation; its payload.
    pub(super) async fn mutate(&self, login: &str, name: &str, input: Value) -> Value {
        let query = mutation(name, TICKET);
        self.of_login(login).data(&query, json!({"i": input})).await[name].clone()
    }

    /// Runs a ticket mutation that must be accepted.
    pub(super) async fn done(&self, login: &str, name: &str, input: Value) -> Value {
        let payload = self.mutate(login, name, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{login} {name}: {payload}");
        payload
    }

    /// Opens a ticket that nobody has yet; its id.
    pub(super) async fn open(&self, login: &str, title: &str) -> Value {
        let input = json!({"kind": "INCIDENT", "title": title});
        self.done(login, "ticketOpen", input).await["ticket"]["id"].clone()
    }

    /// Gives a ticket to a unit, or to people of it, in the director's name.
    pub(super) async fn assign(&self, ticket: &Value, unit: Option<&str>, people: &[&str]) {
        let people: Vec<Value> = people.iter().map(|login| self.id(login)).collect();
        let unit = unit.map(|unit| self.unit(unit));
        let input = json!({"ticketId": ticket, "unitId": unit, "assigneeIds": people});
        self.done("director", "ticketAssign", input).await;
    }
}

/// The document of a mutation that takes the variable `i`.
pub(super) fn mutation(name: &str, selection: &str) -> String {
    let kind: String =
        name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1)).collect();
    format!("mutation($i: {kind}Input!) {{ {name}(input: $i) {{ {selection} }} }}")
}

/// What is behind a global id: its sort, and which.
fn decoded(id: &Value) -> (String, Uuid) {
    let plain = URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    let (sort, uuid) = plain.split_once(':').unwrap();
    (sort.to_owned(), uuid.parse().unwrap())
}

/// The stream behind a global id.
pub(super) fn uuid_of(id: &Value) -> Uuid {
    decoded(id).1
}

/// An id of the same sort, of nothing that there is.
pub(super) fn absent_like(id: &Value) -> Value {
    let (sort, uuid) = decoded(id);
    let other = Uuid::from_u128(uuid.as_u128() ^ 0xdead_beef);
    json!(URL_SAFE_NO_PAD.encode(format!("{sort}:{other}")))
}
