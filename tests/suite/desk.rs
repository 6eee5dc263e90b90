//! The people of the suites about conversations, dossiers and macros, and how they ask.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, DEMO_PASSWORD, World};

const ERRORS: &str = "userErrors { code message field meta } position replayed";

const TALK: &str = "ticket { id version state conversation(first: 100) { totalCount nodes {
    id body internal author { name } mentions { name } originTicket { id } } }
    tags watchers { login } parent { id } children { totalCount nodes { id } }
    links { totalCount nodes { kind ticket { id } } }
    fields { field { name } text choices } }";

/// Runs a mutation that answers a ticket; its payload.
pub(crate) async fn mutate(client: &Client, name: &str, input: Value) -> Value {
    mutate_noun(client, name, TALK, input).await
}

pub(crate) async fn mutate_noun(client: &Client, name: &str, shown: &str, input: Value) -> Value {
    let kind = name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1));
    let kind: String = kind.collect();
    let query =
        format!("mutation($i: {kind}Input!) {{ {name}(input: $i) {{ {shown} {ERRORS} }} }}");
    client.data(&query, json!({"i": input})).await[name].clone()
}

pub(crate) fn code(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or("none")
}

pub(crate) fn accepted(payload: &Value) -> &Value {
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload
}

pub(crate) async fn ticket(client: &Client, id: &Value) -> Value {
    let query =
        format!("query($id: ID!) {{ node(id: $id) {{ ... on Ticket {{ {} }} }} }}", inner());
    client.data(&query, json!({ "id": id })).await["node"].clone()
}

/// What is shown of a ticket, without the field around it.
fn inner() -> &'static str {
    TALK.strip_prefix("ticket {").and_then(|rest| rest.strip_suffix('}')).unwrap()
}

async fn unit(client: &Client, name: &str) -> Value {
    let data = client.data("{ units { nodes { id name } } }", json!({})).await;
    let units = data["units"]["nodes"].as_array().unwrap();
    units.iter().find(|unit| unit["name"] == name).unwrap()["id"].clone()
}

/// Nobody watches over access any more, nor answers for roles that are nobody's.
pub(crate) async fn without_governance(admin: &Client) {
    let nobody =
        mutate_noun(admin, "chooseAccessGovernance", "accessPolicy { version }", json!({}));
    accepted(&nobody.await);
}

pub(crate) async fn own_id(client: &Client) -> Value {
    client.data("{ viewer { person { id } } }", json!({})).await["viewer"]["person"]["id"].clone()
}

/// The people of these tests.
pub(crate) struct Desk {
    pub(crate) director: Client,
    pub(crate) ada: Client,
    pub(crate) cleo: Client,
    pub(crate) carla: Client,
    pub(crate) colin: Client,
    pub(crate) auditor: Client,
    pub(crate) admin: Client,
    pub(crate) service_desk: Value,
    pub(crate) infrastructure: Value,
}

impl Desk {
    /// Signs everybody in.
    pub(crate) async fn open(world: &mut World) -> Self {
        Self::signed_in(world.serve()).await
    }

    /// The same with a server that answers already.
    pub(crate) async fn signed_in(stranger: Client) -> Self {
        let login = async |login: &str| stranger.sign_in(login, DEMO_PASSWORD).await;
        let director = login("director").await;
        Self {
            service_desk: unit(&director, "Service Desk").await,
            infrastructure: unit(&director, "Infrastructure").await,
            director,
            ada: login("agent1").await,
            cleo: login("agent3").await,
            carla: login("client1").await,
            colin: login("client2").await,
            auditor: login("auditor").await,
            admin: login("admin").await,
        }
    }

    /// A ticket of Carla's that is the service desk's.
    pub(crate) async fn ticket(&self, title: &str) -> Value {
        let asked = json!({"kind": "INCIDENT", "title": title});
        let opened = mutate(&self.carla, "ticketOpen", asked).await;
        let id = accepted(&opened)["ticket"]["id"].clone();
        let to = json!({"ticketId": id, "unitId": self.service_desk, "assigneeIds": []});
        accepted(&mutate(&self.director, "ticketAssign", to).await);
        id
    }
}

/// A ticket that is none.
pub(crate) const NOWHERE: &str = "VGlja2V0OjAxOTAwMDAwLTAwMDAtN2FiYy04MDAwLTAwMDAwMDAwMDAwMQ";

/// Waits until all that follows from what happened so far has happened, too: nothing is added to a
/// log that every follower has read to its end.
pub(crate) async fn followed(world: &World) {
    let mut database = world.superuser().await;
    let until = Instant::now() + Duration::from_secs(60);
    let ends = "select (select count(*) from journal.events) as head,
        (select min(done_through) from read.followers) as least";
    loop {
        let row = sqlx::query(ends).fetch_one(&mut database).await.unwrap();
        let (head, least): (i64, Option<i64>) = (row.get("head"), row.get("least"));
        if Some(head) == least {
            return;
        }
        assert!(Instant::now() < until, "the followers stay behind: {least:?} of {head}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
