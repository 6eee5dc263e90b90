//! What is done in the worked cases that ask no question: exceptions, requests and roles that a rule of
//! duties is against, a ticket that goes where somebody does not see it.

use std::time::Duration;

use api::boot::App;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::access::model::{GrantSource, Granted, Scope};
use domain::kernel::{GrantId, RoleId};
use domain::subject_access::event::GrantMade;
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use serde_json::{Value, json};
use testbed::Client;
use tokio::time::sleep;

use super::cases::Deed;
use super::worked::{Known, append, event, id};
use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

const REQUEST: &str = "accessRequest { id state because }";

/// Who does it, with all that has to be there before the rule of duties is.
pub(super) struct Deeds<'d> {
    desk: &'d Desk,
    /// Somebody who has `chgmgr` until then.
    head: Client,
    then: DateTime<Utc>,
    /// Of Cleo's requests for both roles, each.
    raced: [Value; 2],
    chgmgr: Value,
    implements: Value,
}

impl<'d> Deeds<'d> {
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    pub(super) async fn prepared(
        desk: &'d Desk,
        head: Client,
        (app, known): (&App, &Known),
    ) -> Self {
        let now = Utc::now().trunc_subsecs(0);
        let then = now + TimeDelta::days(30);
        give(app, known, ("agent1", now, None)).await;
        give(app, known, ("head1", now, Some(then))).await;
        let (chgmgr, implements) = (role(desk, "chgmgr").await, role(desk, "impl").await);
        rules(desk, [(&chgmgr, &desk.director), (&implements, &desk.admin)]).await;
        let one = ask(&desk.cleo, &chgmgr, Value::Null).await;
        let other = ask(&desk.cleo, &implements, Value::Null).await;
        let raced = [one["id"].clone(), other["id"].clone()];
        Self { desk, head, then, raced, chgmgr, implements }
    }

    /// Does it, and tells what came of it.
    pub(super) async fn told(&self, deed: Deed) -> String {
        match deed {
            Deed::Except => self.except().await,
            Deed::AskMeanwhile => state(&ask(&self.desk.ada, &self.implements, Value::Null).await),
            Deed::AskThen => state(&ask(&self.head, &self.implements, json!(self.then)).await),
            Deed::Inherit => self.inherit().await,
            Deed::Tighten => self.tighten().await,
            Deed::Race => self.race().await,
        }
    }

    async fn except(&self) -> String {
        let rules = "{ denyRules(search: \"D1\") { nodes { id } } }";
        let rules = self.desk.admin.data(rules, json!({})).await;
        let input = json!({"subjectId": own_id(&self.desk.ada).await, "reason": "It is urgent",
            "ownerId": own_id(&self.desk.director).await, "control": "Somebody looks",
            "lifts": {"denyRuleId": rules["denyRules"]["nodes"][0]["id"]}, "until": self.then});
        let made = mutate_noun(&self.desk.admin, "grantException", "exception { id }", input).await;
        format!("refused {}", code(&made))
    }

    async fn inherit(&self) -> String {
        let admin = &self.desk.admin;
        let input = json!({"name": "super", "entries": [{"actions": ["ci.retire"]}]});
        let made = mutate_noun(admin, "defineRole", "role { id }", input).await;
        let role = accepted(&made)["role"]["id"].clone();
        let input = json!({"subjectId": own_id(&self.desk.colin).await, "what": {"roleId": role}});
        accepted(&mutate_noun(admin, "grantAccess", "grant { id }", input).await);
        let input =
            json!({"roleId": role, "name": "super", "juniorIds": [self.chgmgr, self.implements]});
        let refused = mutate_noun(admin, "redefineRole", "role { id }", input).await;
        let holders = &refused["userErrors"][0]["meta"]["subjectCount"];
        format!("refused {} of {holders}", code(&refused))
    }

    /// Colin reads what is the service desk's, and the ticket goes elsewhere.
    async fn tighten(&self) -> String {
        let Desk { admin, auditor, colin, director, .. } = self.desk;
        let ticket = self.desk.ticket("Passed on").await;
        let subject = own_id(colin).await;
        let reads = json!({"subjectId": subject, "scope": {"unitId": self.desk.service_desk},
            "what": {"entry": {"actions": ["ticket.read"]}}});
        accepted(&mutate_noun(admin, "grantAccess", "grant { id }", reads).await);
        let seen = "query($i: ID!) { ticket(id: $i) { id } }";
        assert!(colin.data(seen, json!({"i": ticket})).await["ticket"].is_object());
        let view = async |verb: &str, kind: &str, view: Value| {
            let query = format!(
                "mutation($i: {kind}!) {{ {verb}(input: $i) {{ userErrors {{ code }} }} }}"
            );
            let said = admin.data(&query, json!({ "i": view })).await;
            assert_eq!(said[verb]["userErrors"], json!([]));
        };
        let still = json!({"name": "tickets", "reason": "It stands still"});
        view("projectionPause", "ProjectionPauseInput", still).await;
        // Whoever keeps it stops within a second.
        sleep(Duration::from_millis(1_500)).await;
        let to = json!({"ticketId": ticket, "unitId": self.desk.infrastructure, "assigneeIds": []});
        let moved = mutate_noun(director, "ticketAssign", "ticket { id }", to).await;
        let position = accepted(&moved)["position"].as_str().unwrap().to_owned();
        let can = "query($s: ID!, $t: ID!) { can(subjectId: $s, action: \"ticket.read\",
            resource: {ticketId: $t}) { allowed reason } }";
        let told = auditor.data(can, json!({"s": subject, "t": ticket})).await["can"].clone();
        assert_eq!(told["allowed"], false);
        let list = "{ tickets(first: 100) { nodes { id } } }";
        let stale = colin.request(list, json!({})).header("x-after-position", position);
        let stale: Value = stale.send().await.unwrap().json().await.unwrap();
        view("projectionResume", "ProjectionResumeInput", json!({"name": "tickets"})).await;
        let stale = stale["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned();
        format!("DENY {}, its list {stale}", told["reason"].as_str().unwrap())
    }

    async fn race(&self) -> String {
        let [one, other] = &self.raced;
        let yes = |request: &Value| json!({ "requestId": request });
        let (first, second) = tokio::join!(
            mutate_noun(&self.desk.director, "approveAccessRequest", REQUEST, yes(one)),
            mutate_noun(&self.desk.admin, "approveAccessRequest", REQUEST, yes(other)),
        );
        let mut came = [first, second].map(|it| state(&accepted(&it)["accessRequest"]));
        came.sort();
        came.join(", ")
    }
}

fn state(request: &Value) -> String {
    let because = request["because"].as_str().map(|it| format!(" {it}")).unwrap_or_default();
    format!("{}{because}", request["state"].as_str().unwrap())
}

/// `chgmgr`, for that time.
async fn give(
    app: &App,
    known: &Known,
    (login, from, until): (&str, DateTime<Utc>, Option<DateTime<Utc>>),
) {
    let stream = known.plain[login];
    let version = app.gateway.journal().load::<SubjectAccess>(stream).await.unwrap().version;
    let made = GrantMade {
        grant: GrantId(id(login)),
        what: Granted::Role(RoleId(id("chgmgr"))),
        scope: Scope::Everywhere,
        from,
        until,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        pattern: None,
    };
    let granted = event(&SubjectAccessEvent::Granted(Box::new(made)));
    append(app, "subject_access", stream, version, vec![granted]).await;
}

async fn role(desk: &Desk, name: &str) -> Value {
    let roles = "query($n: String) { roles(search: $n) { nodes { id name } } }";
    let roles = desk.admin.data(roles, json!({ "n": name })).await["roles"]["nodes"].clone();
    let found = roles.as_array().unwrap().iter().find(|role| role["name"] == name);
    found.unwrap()["id"].clone()
}

/// Requests for each of these roles take this one vote.
async fn rules<const N: usize>(desk: &Desk, rules: [(&Value, &Client); N]) {
    let mut all = Vec::new();
    for (number, (role, client)) in rules.into_iter().enumerate() {
        let stage = json!({"order": 1, "approvers": [{"personId": own_id(client).await}],
            "mode": {"plain": "ANY"}, "span": {"seconds": 36_000}});
        all.push(json!({"key": format!("{number}"), "roleIds": [role], "stages": [stage]}));
    }
    let shown = "accessPolicy { version }";
    accepted(&mutate_noun(&desk.admin, "setAccessPolicyRules", shown, json!({"rules": all})).await);
}

/// For oneself, from now on or from then.
async fn ask(client: &Client, role: &Value, from: Value) -> Value {
    let wish = json!({"beneficiaryId": own_id(client).await, "what": {"roleId": role},
        "from": from, "justification": "For the night shift"});
    let asked = mutate_noun(client, "requestAccess", REQUEST, wish).await;
    accepted(&asked)["accessRequest"].clone()
}
