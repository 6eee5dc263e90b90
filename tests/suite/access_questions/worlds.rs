//! Worlds at random, made by nothing but GraphQL: units with barriers, roles, groups, grants, denials,
//! what is lent, tickets and items. Whoever asks, in whatever way, is answered the same: a list and its
//! count, a read by id, `can`, `whoCan`, `effectiveAccess`, and a fold of the log up to there, also when
//! much has happened since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, followed, mutate, mutate_noun, own_id};

const LOGINS: [&str; 11] = [
    "admin", "director", "head1", "head2", "agent1", "agent2", "agent3", "client1", "client2",
    "lead", "auditor",
];

/// What is given and denied of tickets. Their reads are compared with lists, all with decisions.
const ACTIONS: [&str; 3] = ["ticket.read", "ticket.watch", "ticket.resolve"];
const RETIRE: &str = "ci.retire";

const WHO: &str = "query($a: String!, $r: AccessResourceInput, $at: Moment, $c: Cursor) {
    whoCan(action: $a, resource: $r, at: $at, first: 100, after: $c) {
        nodes { subject { id } } hasNextPage endCursor } }";
const CAN: &str = "query($s: ID!, $a: String!, $r: AccessResourceInput, $at: Moment) {
    can(subjectId: $s, action: $a, resource: $r, at: $at) { allowed reason grants { id } } }";
const LIST: &str = "query($c: Cursor) { tickets(first: 100, after: $c) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor } } }";
const HAS: &str = "query($s: ID!, $a: [String!]!) { effectiveAccess(subjectId: $s, actions: $a) {
    permissions { action reach } } }";

/// How many worlds: `ANNALS_CASES`, else two.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> u64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

/// A world in the making.
struct Made {
    world: World,
    clients: BTreeMap<&'static str, Client>,
    ids: BTreeMap<&'static str, Value>,
    units: Vec<Value>,
    groups: Vec<Value>,
    roles: Vec<Value>,
    tickets: Vec<Value>,
    items: Vec<Value>,
    chance: ChaCha8Rng,
    until: DateTime<Utc>,
}

impl Made {
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    async fn new(seed: u64) -> Self {
        let mut world = World::demo().await;
        let stranger = world.serve();
        let (mut clients, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for login in LOGINS {
            let client = stranger.sign_in(login, DEMO_PASSWORD).await;
            ids.insert(login, own_id(&client).await);
            clients.insert(login, client);
        }
        let mut made = Self {
            world,
            clients,
            ids,
            units: Vec::new(),
            groups: Vec::new(),
            roles: Vec::new(),
            tickets: Vec::new(),
            items: Vec::new(),
            chance: ChaCha8Rng::seed_from_u64(seed),
            until: Utc::now() + TimeDelta::days(1),
        };
        made.ground().await;
        made
    }

    fn draw<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.chance.random_range(0..all.len())]
    }

    async fn say(&self, by: &str, verb: &str, shown: &str, input: Value) -> Value {
        mutate_noun(&self.clients[by], verb, shown, input).await
    }

    /// What comes into being; refused, nothing does.
    async fn make(&self, verb: &str, noun: &str, input: Value) -> Option<Value> {
        let made = self.say("admin", verb, &format!("{noun} {{ id }}"), input).await;
        let id = made[noun]["id"].clone();
        (!id.is_null()).then_some(id)
    }

    /// A department with two units, tickets there and elsewhere, and items.
    async fn ground(&mut self) {
        for (name, kind, parent) in [
            ("Works", "DEPARTMENT", None),
            ("Ovens", "SUPPORT_UNIT", Some(0)),
            ("Tills", "SUPPORT_UNIT", Some(0)),
        ] {
            let parent = parent.map(|place: usize| self.units[place].clone());
            let input = json!({"name": name, "kind": kind, "parentId": parent});
            let unit = self.make("unitCreate", "unit", input).await.unwrap();
            self.units.push(unit);
        }
        for number in 0..7 {
            let author = *self.draw(&["client1", "client2", "lead", "agent1"]);
            let input = json!({"kind": "INCIDENT", "title": format!("It is broken {number}")});
            let opened = mutate(&self.clients[author], "ticketOpen", input).await;
            let ticket = accepted(&opened)["ticket"]["id"].clone();
            if number > 0 {
                let unit = self.units[number % 3].clone();
                let to = json!({"ticketId": ticket, "unitId": unit, "assigneeIds": []});
                accepted(&mutate(&self.clients["director"], "ticketAssign", to).await);
            }
            self.tickets.push(ticket);
        }
        for name in ["Oven", "Till"] {
            let input = json!({"class": "Organization", "attributes": {"name": name}});
            let item = self.say("director", "ciRegister", "ci { id }", input).await;
            self.items.push(accepted(&item)["ci"]["id"].clone());
        }
        let input = json!({"name": "Crew", "purpose": "Works", "ownerId": self.ids["director"]});
        let group = self.make("defineAccessGroup", "accessGroup", input).await.unwrap();
        self.groups.push(group);
        for name in ["Reader", "Doer"] {
            let entries: Vec<Value> = (0..2).map(|_| self.entry()).collect();
            let input = json!({"name": name, "entries": entries});
            let role = self.make("defineRole", "role", input).await.unwrap();
            self.roles.push(role);
        }
    }

    fn entry(&mut self) -> Value {
        let actions = vec![*self.draw(&[ACTIONS[0], ACTIONS[0], ACTIONS[1], RETIRE])];
        match self.chance.random_range(0..3) {
            0 => json!({"actions": actions, "when": [[*self.draw(&["OWN", "MEMBER", "LEADS"])]]}),
            _ => json!({ "actions": actions }),
        }
    }

    fn what(&mut self) -> Value {
        let roles = self.roles.clone();
        match self.chance.random_bool(0.5) {
            true => json!({"roleId": self.draw(&roles)}),
            false => json!({"entry": self.entry()}),
        }
    }

    fn scope(&mut self) -> Value {
        let (units, items) = (self.units.clone(), self.items.clone());
        match self.chance.random_range(0..4) {
            0 => Value::Null,
            1 => json!({"ciId": self.draw(&items)}),
            _ => json!({"unitId": self.draw(&units)}),
        }
    }

    fn somebody(&mut self) -> Value {
        let login = *self.draw(&LOGINS[1..]);
        let groups = self.groups.clone();
        match self.chance.random_range(0..4) {
            0 => self.draw(&groups).clone(),
            _ => self.ids[login].clone(),
        }
    }

    /// Something happens to what people may. Not all of it is accepted, and all is checked.
    async fn happen(&mut self, number: usize) {
        let (what, scope, whom) = (self.what(), self.scope(), self.somebody());
        let until = match self.chance.random_bool(0.3) {
            true => json!(self.until),
            false => Value::Null,
        };
        match self.chance.random_range(0..10) {
            0..4 => {
                let input =
                    json!({"subjectId": whom, "what": what, "scope": scope, "until": until});
                self.say("admin", "grantAccess", "grant { id }", input).await;
            }
            // Who sees past barriers may let others.
            4 => {
                let may = json!({"subjectId": self.ids["auditor"], "what": {"entry": {"actions": ["access.grant"]}}});
                self.say("admin", "grantAccess", "grant { id }", may).await;
                let read = json!({"entry": {"actions": ["ticket.read"]}});
                let input =
                    json!({"subjectId": whom, "what": read, "scope": scope, "pierces": true});
                self.say("auditor", "grantAccess", "grant { id }", input).await;
            }
            5 => {
                let strength = *self.draw(&["HARD", "SOFT"]);
                let action = *self.draw(&[ACTIONS[0], ACTIONS[1], RETIRE]);
                let input = json!({"name": format!("No {number}"), "strength": strength,
                    "actions": [action], "scope": scope, "whom": {"subjectId": whom}});
                self.say("admin", "defineDenyRule", "denyRule { id }", input).await;
            }
            6 => {
                let from = *self.draw(&["director", "head1", "agent1", "agent3"]);
                let to = *self.draw(&["agent2", "client2", "head2"]);
                let lent = json!({"entry": {"actions": [*self.draw(&ACTIONS)]}});
                let input = json!({"toId": self.ids[to], "what": lent, "scope": scope, "until": self.until});
                self.say(from, "delegateAccess", "grant { id }", input).await;
            }
            7 => {
                let login = *self.draw(&LOGINS[1..]);
                let input = json!({"accessGroupId": self.groups[0], "memberId": self.ids[login]});
                self.say("admin", "addAccessGroupMember", "accessGroup { id }", input).await;
            }
            8 => {
                let unit = self.units[self.chance.random_range(1..3)].clone();
                let input = json!({"unitId": unit, "classes": ["DATA"]});
                self.say("admin", "unitDrawBarrier", "unit { id }", input).await;
            }
            _ => {
                let query = "{ grants(where: {state: ACTIVE, source: [ADMINISTRATOR]}, first: 100) { nodes { id } } }";
                let found =
                    self.clients["admin"].data(query, json!({})).await["grants"]["nodes"].clone();
                let found = found.as_array().unwrap().clone();
                if !found.is_empty() {
                    let grant = self.draw(&found)["id"].clone();
                    self.say("admin", "revokeAccess", "grant { id }", json!({"grantId": grant}))
                        .await;
                }
            }
        }
    }

    /// Every question that is compared: the action, and to what.
    fn questions(&self) -> Vec<(&'static str, Value)> {
        let of_tickets = self.tickets.iter().flat_map(|ticket| {
            ACTIONS.iter().map(move |action| (*action, json!({"ticketId": ticket})))
        });
        let of_items = self.items.iter().map(|item| (RETIRE, json!({"ciId": item})));
        of_tickets.chain(of_items).collect()
    }

    /// What is decided, of everybody and everything, as of then; and that it is said of all of them alike.
    async fn decisions(&self, at: &Value) -> Vec<Value> {
        let auditor = &self.clients["auditor"];
        let mut told = Vec::new();
        for (action, to) in self.questions() {
            let (mut allowed, mut after) = (BTreeSet::new(), Value::Null);
            loop {
                let asked = json!({"a": action, "r": to, "at": at, "c": after});
                let page = auditor.data(WHO, asked).await["whoCan"].clone();
                let nodes = page["nodes"].as_array().unwrap().iter();
                allowed.extend(nodes.map(|node| node["subject"]["id"].to_string()));
                if page["hasNextPage"] == false {
                    break;
                }
                after = page["endCursor"].clone();
            }
            for (login, id) in &self.ids {
                let asked = json!({"s": id, "a": action, "r": to, "at": at});
                let one = auditor.data(CAN, asked).await["can"].clone();
                let is = one["allowed"] == true;
                assert_eq!(allowed.contains(&id.to_string()), is, "{login} {action} {to}: {one}");
                told.push(json!([login, action, to, one]));
            }
        }
        told
    }

    /// What everybody sees is what they may read, one by one, in the list and in its count; and nobody has
    /// what is not told to be theirs.
    async fn seen(&self, decisions: &[Value]) -> usize {
        let mut shown = 0;
        for (login, client) in &self.clients {
            let (mut listed, mut after) = (BTreeSet::new(), Value::Null);
            let count = loop {
                let page = client.data(LIST, json!({"c": after})).await["tickets"].clone();
                let nodes = page["nodes"].as_array().unwrap().iter();
                listed.extend(nodes.map(|node| node["id"].to_string()));
                if page["pageInfo"]["hasNextPage"] == false {
                    break page["totalCount"].as_u64().unwrap();
                }
                after = page["pageInfo"]["endCursor"].clone();
            };
            assert_eq!(count, listed.len() as u64, "{login}");
            let asked = json!({"s": self.ids[login], "a": ACTIONS.iter().chain(&[RETIRE]).collect::<Vec<_>>()});
            let has = self.clients["auditor"].data(HAS, asked).await["effectiveAccess"].clone();
            let has = has["permissions"].as_array().unwrap().clone();
            for told in decisions.iter().filter(|told| told[0] == *login) {
                let (action, is) = (&told[1], told[3]["allowed"] == true);
                let permission = has.iter().find(|it| it["action"] == *action);
                assert!(!is || permission.is_some(), "{told} of {has:?}");
                if told[1] != "ticket.read" {
                    continue;
                }
                let ticket = &told[2]["ticketId"];
                let query = "query($i: ID!) { ticket(id: $i) { id } }";
                let read = client.data(query, json!({"i": ticket})).await["ticket"].is_object();
                assert_eq!((read, listed.contains(&ticket.to_string())), (is, is), "{told}");
                shown += usize::from(is);
            }
        }
        shown
    }
}

#[tokio::test]
async fn every_way_of_asking_answers_alike_now_and_later() {
    for seed in 0..cases() {
        let mut made = Made::new(seed).await;
        let mut kept = Vec::new();
        for round in 0..2 {
            for number in 0..14 {
                made.happen(round * 100 + number).await;
            }
            followed(&made.world).await;
            let now = made.decisions(&Value::Null).await;
            let shown = made.seen(&now).await;
            assert!(
                shown > 0 && shown < made.tickets.len() * LOGINS.len(),
                "world {seed}: {shown}"
            );
            let head = sqlx::query_scalar("select max(global_seq) from journal.log");
            let head: i64 = head.fetch_one(&mut made.world.superuser().await).await.unwrap();
            kept.push((json!({"asOfPosition": head.to_string()}), now));
        }
        // P7 and P10: a fold of the log up to there says what was said then.
        for (at, then) in kept {
            let folded = made.decisions(&at).await;
            for (was, is) in then.iter().zip(&folded) {
                assert_eq!(was, is, "world {seed} at {at}");
            }
        }
    }
}
