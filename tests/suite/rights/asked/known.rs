//! What is there to be asked for.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testbed::Client;

use crate::desk::{accepted, mutate_noun};

/// Its ids.
pub(super) struct Known {
    pub(super) unit: String,
    pub(super) ticket: String,
    pub(super) attachment: String,
    person: String,
    access_grant: String,
    access_template: String,
    shortcut: String,
}

impl Known {
    /// As an administrator finds and makes it.
    pub(super) async fn of(admin: &Client) -> Self {
        let known = "{ units(first: 1) { nodes { id } }
            tickets(first: 1, where: {state: {eq: NEW}}) { nodes { id } }
            people(first: 1) { nodes { id } } grants(first: 1) { nodes { id } } }";
        let known = admin.data(known, json!({})).await;
        let first = |name: &str| text(&known[name]["nodes"][0]["id"]);
        let (unit, ticket) = (first("units"), first("tickets"));
        let (person, access_grant) = (first("people"), first("grants"));
        let url = format!("{}/tickets/{ticket}/attachments?name=b.txt", admin.base);
        let upload = admin.http().post(url).header("content-type", "text/plain").body("a file");
        let taken = upload.bearer_auth(admin.token().unwrap()).send().await.unwrap();
        let taken: Value = taken.json().await.unwrap();
        let what = json!({"entry": {"actions": ["kpi.read"]}});
        let template = json!({"name": "Figures", "items": [{"what": what}]});
        let steps = json!({"name": "Quick", "steps": [{"tag": "quick"}]});
        Self {
            unit,
            ticket,
            person,
            access_grant,
            attachment: text(&taken["attachmentId"]),
            access_template: made(admin, ("defineAccessTemplate", "accessTemplate"), template)
                .await,
            shortcut: made(admin, ("macroDefine", "macro"), steps).await,
        }
    }

    /// By what each is of. Some of it is looked for before anybody is asked what the caller may: whose a
    /// grant is, what a template grants, and what the steps of a macro are.
    pub(super) fn there(&self) -> BTreeMap<&'static str, String> {
        let there = [
            ("AccessGrant", &self.access_grant),
            ("AccessTemplate", &self.access_template),
            ("Macro", &self.shortcut),
            ("Person", &self.person),
            ("Ticket", &self.ticket),
        ];
        there.into_iter().map(|(kind, id)| (kind, id.clone())).collect()
    }
}

async fn made(admin: &Client, (verb, noun): (&str, &str), input: Value) -> String {
    let made = mutate_noun(admin, verb, &format!("{noun} {{ id }}"), input).await;
    text(&accepted(&made)[noun]["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
