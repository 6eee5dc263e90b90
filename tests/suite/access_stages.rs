//! The table of what the votes of a stage come to, with real requests, seats and votes; and to whom a
//! stage goes that nobody sits at.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{Desk, accepted, mutate_noun, own_id, without_governance};

const REQUEST: &str = "id state because stage
    stages { number mode needed approvers { login } } grant { state }";

/// Who sits at the stages, by the names of the table.
const SEATS: [(char, &str); 5] =
    [('A', "agent2"), ('B', "agent3"), ('C', "head1"), ('D', "head2"), ('E', "director")];

/// A stage with these seats: how its votes are counted.
struct Stage(&'static str, Value);

/// One row: the stages, the votes one after the other, what has become of it then.
type Row = (&'static str, &'static str, &'static str);

fn stages() -> BTreeMap<&'static str, Vec<Vec<Stage>>> {
    let any = || json!({"plain": "ANY"});
    let quorum = |needed: i32| json!({"quorum": needed});
    let alone = json!({"among": ["A"], "approve": 1, "reject": 1});
    let two = json!({"approve": 2, "reject": 2});
    let of = |stage| vec![vec![stage]];
    BTreeMap::from([
        ("any", of(Stage("ABC", any()))),
        ("all", of(Stage("ABC", json!({"plain": "ALL"})))),
        ("1 of 3", of(Stage("ABC", quorum(1)))),
        ("2 of 3", of(Stage("ABC", quorum(2)))),
        ("3 of 3", of(Stage("ABC", quorum(3)))),
        ("3 of 5", of(Stage("ABCDE", quorum(3)))),
        ("A alone, else 2", of(Stage("ABC", json!({"thresholds": [alone, two]})))),
        // Two rules with a stage of the same order.
        ("merged", vec![vec![Stage("A", any())], vec![Stage("BC", quorum(2))]]),
        (
            "merged to all",
            vec![vec![Stage("A", json!({"plain": "ALL"}))], vec![Stage("BC", quorum(2))]],
        ),
        // One rule, one stage after the other.
        ("A, then B", vec![vec![Stage("A", any()), Stage("B", any())]]),
    ])
}

const TABLE: [Row; 40] = [
    ("any", "", "OPEN"),
    ("any", "B+", "PASS"),
    ("any", "B-", "REJECT"),
    ("all", "A+ B+", "OPEN"),
    ("all", "A+ B+ C+", "PASS"),
    ("all", "C-", "REJECT"),
    ("all", "A+ B+ C-", "REJECT"),
    ("1 of 3", "A- B-", "OPEN"),
    ("1 of 3", "A- B- C-", "REJECT"),
    ("1 of 3", "A- B+", "PASS"),
    ("2 of 3", "A+", "OPEN"),
    ("2 of 3", "A-", "OPEN"),
    ("2 of 3", "A+ B-", "OPEN"),
    ("2 of 3", "A+ C+", "PASS"),
    ("2 of 3", "A- C-", "REJECT"),
    ("2 of 3", "A+ B- C-", "REJECT"),
    ("2 of 3", "A- B+ C+", "PASS"),
    ("3 of 3", "A+ B+", "OPEN"),
    ("3 of 3", "A+ B+ C+", "PASS"),
    ("3 of 3", "A+ B-", "REJECT"),
    ("3 of 5", "A- B-", "OPEN"),
    ("3 of 5", "A+ B+ C- D-", "OPEN"),
    ("3 of 5", "A+ B- D+ C- E+", "PASS"),
    ("3 of 5", "A+ B- D+ C- E-", "REJECT"),
    ("A alone, else 2", "", "OPEN"),
    ("A alone, else 2", "A+", "PASS"),
    ("A alone, else 2", "A-", "REJECT"),
    ("A alone, else 2", "B+", "OPEN"),
    ("A alone, else 2", "B+ C+", "PASS"),
    ("A alone, else 2", "B+ C-", "OPEN"),
    ("A alone, else 2", "B- C-", "REJECT"),
    ("A alone, else 2", "B- A+", "PASS"),
    ("merged", "A+", "OPEN"),
    ("merged", "A+ C+", "PASS"),
    ("merged", "A- B-", "REJECT"),
    ("merged to all", "A+ B+", "OPEN"),
    ("merged to all", "A+ B+ C+", "PASS"),
    ("A, then B", "A+", "OPEN"),
    ("A, then B", "A+ B+", "PASS"),
    ("A, then B", "A-", "REJECT"),
];

struct Ground {
    desk: Desk,
    seats: BTreeMap<char, (Client, Value)>,
    ada: Value,
    _world: World,
}

impl Ground {
    async fn new() -> Self {
        let mut world = World::demo().await;
        let stranger = world.serve();
        let desk = Desk::signed_in(stranger.clone()).await;
        let decides = json!({"entry": {"actions": ["access.decide"], "level": 3}});
        let mut seats = BTreeMap::new();
        for (name, login) in SEATS {
            let client = stranger.sign_in(login, DEMO_PASSWORD).await;
            let id = own_id(&client).await;
            let grant = json!({"subjectId": id, "what": decides});
            accepted(&mutate_noun(&desk.admin, "grantAccess", "grant { id }", grant).await);
            seats.insert(name, (client, id));
        }
        let ada = own_id(&desk.ada).await;
        Self { desk, seats, ada, _world: world }
    }

    async fn role(&self, name: &str, owner: Option<&Value>) -> Value {
        let input = json!({"name": name, "requestable": true, "ownerId": owner,
            "entries": [{"actions": ["ci.retire"]}]});
        let role = mutate_noun(&self.desk.admin, "defineRole", "role { id }", input).await;
        accepted(&role)["role"]["id"].clone()
    }

    async fn rules(&self, rules: Vec<Value>) {
        let input = json!({ "rules": rules });
        let shown = "accessPolicy { version }";
        accepted(&mutate_noun(&self.desk.admin, "setAccessPolicyRules", shown, input).await);
    }

    fn approver(&self, seat: char) -> Value {
        json!({"personId": self.seats[&seat].1})
    }

    /// A stage as a rule says it; who counts in a threshold is named like the seats.
    fn stage(&self, order: usize, Stage(seats, mode): &Stage) -> Value {
        let mut mode = mode.clone();
        let thresholds = mode.get_mut("thresholds").and_then(Value::as_array_mut);
        for among in thresholds.into_iter().flatten().filter_map(|it| it.get_mut("among")) {
            *among = json!([self.approver('A')]);
        }
        let approvers: Vec<Value> = seats.chars().map(|seat| self.approver(seat)).collect();
        json!({"order": order, "approvers": approvers, "mode": mode, "span": {"seconds": 36_000}})
    }

    async fn ask(&self, role: &Value) -> Value {
        let wish = json!({"beneficiaryId": self.ada, "what": {"roleId": role},
            "justification": "For the night shift"});
        let asked =
            mutate_noun(&self.desk.ada, "requestAccess", "accessRequest { id }", wish).await;
        self.now(&accepted(&asked)["accessRequest"]["id"]).await
    }

    /// As it is, with the grant that came of it, which not everybody sees who has a vote.
    async fn now(&self, id: &Value) -> Value {
        let query = format!("query($i: ID!) {{ accessRequest(id: $i) {{ {REQUEST} }} }}");
        self.desk.admin.data(&query, json!({ "i": id })).await["accessRequest"].clone()
    }

    async fn vote(&self, request: &Value, vote: &str) -> Value {
        let (seat, yes) = (vote.chars().next().unwrap(), vote.ends_with('+'));
        let verb = if yes { "approveAccessRequest" } else { "rejectAccessRequest" };
        let input = json!({"requestId": request["id"], "comment": "Looked at"});
        let voted = mutate_noun(&self.seats[&seat].0, verb, "accessRequest { id }", input).await;
        accepted(&voted);
        self.now(&request["id"]).await
    }
}

/// What has become of a request, as the table says it: approved, it is there at once.
fn outcome(request: &Value) -> &'static str {
    match request["state"].as_str().unwrap() {
        "AWAITING" => "OPEN",
        "ACTIVE" => {
            assert_eq!(request["grant"]["state"], "ACTIVE");
            "PASS"
        }
        "REJECTED" => {
            assert_eq!((&request["because"], &request["grant"]), (&json!("VOTES"), &Value::Null));
            "REJECT"
        }
        other => panic!("{other}: {request}"),
    }
}

#[tokio::test]
async fn the_table_of_what_the_votes_of_a_stage_come_to() {
    let ground = Ground::new().await;
    let (mut roles, mut rules) = (BTreeMap::new(), Vec::new());
    for (name, made_by) in stages() {
        let role = ground.role(name, None).await;
        for (number, stages) in made_by.iter().enumerate() {
            let stages = stages.iter().enumerate();
            let stages: Vec<Value> =
                stages.map(|(place, stage)| ground.stage(place + 1, stage)).collect();
            rules.push(
                json!({"key": format!("{name} {number}"), "roleIds": [role], "stages": stages}),
            );
        }
        roles.insert(name, role);
    }
    ground.rules(rules).await;
    for (name, votes, expected) in TABLE {
        let mut request = ground.ask(&roles[name]).await;
        let votes: Vec<&str> = votes.split_whitespace().collect();
        for vote in &votes {
            // Only the last one decides.
            assert_eq!(outcome(&request), "OPEN", "{name}: {votes:?} before {vote}");
            request = ground.vote(&request, vote).await;
        }
        assert_eq!(outcome(&request), expected, "{name}: {votes:?}");
        let shape = |request: &Value| {
            let stages = request["stages"].as_array().unwrap().iter();
            let seats = |stage: &Value| stage["approvers"].as_array().unwrap().len();
            stages.map(|it| (it["mode"].clone(), seats(it))).collect::<Vec<_>>()
        };
        match name {
            "merged" => assert_eq!(shape(&request), [(json!("QUORUM"), 3)]),
            "merged to all" => assert_eq!(shape(&request), [(json!("ALL"), 3)]),
            "A, then B" => {
                assert_eq!(shape(&request), [(json!("ANY"), 1), (json!("ANY"), 1)]);
                let second = expected != "REJECT";
                assert_eq!(request["stage"] == 2, second && expected == "OPEN", "{request}");
            }
            _ => assert_eq!(shape(&request).len(), 1),
        }
    }
}

#[tokio::test]
async fn without_approvers_it_goes_to_the_owner_then_to_governance_then_it_is_rejected() {
    let ground = Ground::new().await;
    without_governance(&ground.desk.admin).await;
    let carla = own_id(&ground.desk.carla).await;
    let (owned, free) = (
        ground.role("Owned", Some(&ground.seats[&'C'].1)).await,
        ground.role("Nobody's", None).await,
    );
    // A client has no vote, so that nobody of those who are named sits there.
    let stage = json!({"order": 1, "approvers": [{"personId": carla}], "mode": {"plain": "ANY"},
        "span": {"seconds": 36_000}});
    let rule = json!({"key": "nobody", "roleIds": [owned, free], "stages": [stage]});
    ground.rules(vec![rule]).await;
    let seated = |request: &Value| {
        let approvers = request["stages"][0]["approvers"].as_array().unwrap().clone();
        approvers.into_iter().map(|it| it["login"].clone()).collect::<Vec<_>>()
    };
    let asked = ground.ask(&owned).await;
    assert_eq!((outcome(&asked), seated(&asked)), ("OPEN", vec![json!("head1")]));
    let nobody = ground.ask(&free).await;
    assert_eq!(
        (&nobody["state"], &nobody["because"], &nobody["grant"]),
        (&json!("REJECTED"), &json!("NO_APPROVER"), &Value::Null)
    );
    let group =
        json!({"name": "Governance", "purpose": "Decides", "ownerId": ground.seats[&'E'].1});
    let group =
        mutate_noun(&ground.desk.admin, "defineAccessGroup", "accessGroup { id }", group).await;
    let group = accepted(&group)["accessGroup"]["id"].clone();
    let member = json!({"accessGroupId": group, "memberId": ground.seats[&'D'].1});
    let added = "accessGroup { id }";
    accepted(&mutate_noun(&ground.desk.admin, "addAccessGroupMember", added, member).await);
    let governs = json!({"groupId": group});
    let shown = "accessPolicy { version }";
    accepted(&mutate_noun(&ground.desk.admin, "chooseAccessGovernance", shown, governs).await);
    let asked = ground.ask(&free).await;
    assert_eq!((outcome(&asked), seated(&asked)), ("OPEN", vec![json!("head2")]));
    assert_eq!(outcome(&ground.vote(&asked, "D+").await), "PASS");
    // The owner leaves, and with them their seat.
    let left = json!({"personId": ground.seats[&'C'].1});
    accepted(&mutate_noun(&ground.desk.admin, "personLeave", "person { life }", left).await);
    let asked = ground.ask(&owned).await;
    assert_eq!(seated(&asked), [json!("head2")]);
}
