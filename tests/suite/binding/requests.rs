//! Requests whose approvals race, and whose approvers leave, as two servers live it.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use super::cases;
use crate::desk::{accepted, mutate_noun, own_id, without_governance};

const REQUEST: &str = "accessRequest { id state because approvers { login }
    seats: stages { seats { holder { login } vote } } }";

/// A role that somebody can ask for; of whoever answers for it, if anybody does.
async fn role(admin: &Client, (name, action): (&str, &str), owner: Option<&Value>) -> Value {
    let mut input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": [action]}]});
    if let Some(owner) = owner {
        input["ownerId"] = owner.clone();
    }
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

/// Requests for each of these roles take the vote of this person alone.
/// Nobody else decides on these roles.
async fn rules(admin: &Client, rules: &[(&Value, &Value)]) {
    without_governance(admin).await;
    let rule = |(number, (role, person)): (usize, &(&Value, &Value))| {
        let stage = json!({"order": 1, "approvers": [{"personId": person}], "mode": {"quorum": 1},
            "span": {"seconds": 36_000}});
        json!({"key": format!("one{number}"), "roleIds": [role], "stages": [stage]})
    };
    let input = json!({"rules": rules.iter().enumerate().map(rule).collect::<Vec<_>>()});
    let set = mutate_noun(admin, "setAccessPolicyRules", "accessPolicy { version }", input).await;
    accepted(&set);
}

async fn asked(client: &Client, who: &Value, role: &Value) -> Value {
    let wish = json!({"beneficiaryId": who, "what": {"roleId": role},
        "justification": "For the night shift"});
    let asked = mutate_noun(client, "requestAccess", REQUEST, wish).await;
    let asked = &accepted(&asked)["accessRequest"];
    assert_eq!(asked["state"], "AWAITING");
    asked["id"].clone()
}

async fn request(client: &Client, id: &Value) -> Value {
    let query = "query($id: ID!) { accessRequest(id: $id) {
        state because approvers { login } grant { id } } }";
    client.data(query, json!({ "id": id })).await["accessRequest"].clone()
}

async fn leave(admin: &Client, person: &Value) {
    let input = json!({"personId": person});
    accepted(&mutate_noun(admin, "personLeave", "person { life }", input).await);
}

struct Ground {
    stranger: Client,
    admin: Client,
    director: Client,
    ada: Client,
}

impl Ground {
    async fn of(world: &mut World) -> Self {
        Self::by(world.serve()).await
    }

    async fn by(stranger: Client) -> Self {
        let login = async |login: &str| stranger.sign_in(login, DEMO_PASSWORD).await;
        let (admin, director) = (login("admin").await, login("director").await);
        let ada = login("agent1").await;
        Self { stranger, admin, director, ada }
    }

    /// Signed in anew, as after some minutes everybody has to be.
    async fn again(self) -> Self {
        Self::by(self.stranger).await
    }
}

#[tokio::test]
async fn t19_of_two_approvals_that_must_not_come_together_one_is_active() {
    let mut world = World::demo().await;
    let mut here = Ground::of(&mut world).await;
    let first = world.take_server();
    let mut there = Ground::of(&mut world).await;
    let (one, other) = (
        role(&here.admin, ("Pays", "ci.retire"), None).await,
        role(&here.admin, ("Orders", "ci.merge"), None).await,
    );
    let (director, admin) = (own_id(&here.director).await, own_id(&here.admin).await);
    rules(&here.admin, &[(&one, &director), (&other, &admin)]).await;
    let ada = own_id(&here.ada).await;
    let cases = cases(6);
    for number in 0..cases {
        if number % 100 == 99 {
            (here, there) = (here.again().await, there.again().await);
        }
        // Each could be asked for while nothing parted them.
        let (pays, orders) =
            (asked(&here.ada, &ada, &one).await, asked(&there.ada, &ada, &other).await);
        let apart = json!({"name": format!("Apart {number}"), "action": "BLOCK",
            "kind": {"static": {"roleIds": [one, other], "count": 2}}});
        let apart = mutate_noun(&here.admin, "defineSodRule", "sodRule { id }", apart).await;
        let apart = accepted(&apart)["sodRule"]["id"].clone();
        let (yes, too) = (json!({"requestId": pays}), json!({"requestId": orders}));
        let (said, said_too) = tokio::join!(
            mutate_noun(&here.director, "approveAccessRequest", REQUEST, yes),
            mutate_noun(&there.admin, "approveAccessRequest", REQUEST, too),
        );
        accepted(&said);
        accepted(&said_too);
        let query = "query($w: AccessGrantWhere) { grants(where: $w) { nodes { id } } }";
        let mut held = Vec::new();
        for role in [&one, &other] {
            let filter = json!({"w": {"subjectId": ada, "roleId": role, "state": "ACTIVE"}});
            let found = here.admin.data(query, filter).await["grants"]["nodes"].clone();
            held.extend(found.as_array().unwrap().clone());
        }
        assert_eq!(held.len(), 1, "race {number}");
        for grant in held {
            let revoke = json!({"grantId": grant["id"]});
            accepted(&mutate_noun(&here.admin, "revokeAccess", "grant { id }", revoke).await);
        }
        let retire = json!({"sodRuleId": apart});
        accepted(&mutate_noun(&here.admin, "retireSodRule", "sodRule { id }", retire).await);
    }
    println!("soak: {cases} races of two approvals, one of them active each time");
    drop(first);
}

#[tokio::test]
async fn t21_when_its_only_approver_leaves_a_request_is_rejected() {
    let mut world = World::demo().await;
    let ground = Ground::of(&mut world).await;
    let role = role(&ground.admin, ("Retirer", "ci.retire"), None).await;
    let director = own_id(&ground.director).await;
    rules(&ground.admin, &[(&role, &director)]).await;
    let ada = own_id(&ground.ada).await;
    let id = asked(&ground.ada, &ada, &role).await;
    leave(&ground.admin, &director).await;
    let over = request(&ground.ada, &id).await;
    let expected = (&json!("REJECTED"), &json!("NO_APPROVER"), &Value::Null);
    assert_eq!((&over["state"], &over["because"], &over["grant"]), expected);
    // Nor is it let pass when it is asked for again.
    let wish = json!({"beneficiaryId": ada, "what": {"roleId": role},
        "justification": "For the night shift"});
    let again = mutate_noun(&ground.ada, "requestAccess", REQUEST, wish).await;
    let again = &accepted(&again)["accessRequest"];
    assert_eq!((&again["state"], &again["because"]), (&json!("REJECTED"), &json!("NO_APPROVER")));
}

#[tokio::test]
async fn t21_the_seat_of_an_approver_who_leaves_goes_to_whoever_answers_for_the_role() {
    let mut world = World::demo().await;
    let ground = Ground::of(&mut world).await;
    let admin = own_id(&ground.admin).await;
    let role = role(&ground.admin, ("Retirer", "ci.retire"), Some(&admin)).await;
    let director = own_id(&ground.director).await;
    rules(&ground.admin, &[(&role, &director)]).await;
    let ada = own_id(&ground.ada).await;
    let id = asked(&ground.ada, &ada, &role).await;
    leave(&ground.admin, &director).await;
    let waiting = request(&ground.ada, &id).await;
    assert_eq!(waiting["state"], "AWAITING");
    assert_eq!(waiting["approvers"], json!([{"login": "admin"}]));
    let yes = json!({"requestId": id});
    let said = mutate_noun(&ground.admin, "approveAccessRequest", REQUEST, yes).await;
    assert_eq!(accepted(&said)["accessRequest"]["state"], "ACTIVE");
}
