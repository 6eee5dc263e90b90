//! Items for the book's pages to be about, and what hangs on them.

use serde_json::{Value, json};

use super::Desk;

/// Who registers them and says which tickets they are about.
const DIRECTOR: &str = "director";

/// Registers a server with an application that leans on it, and names it in these tickets; the id of
/// the server.
pub(super) fn register(desk: &Desk, tickets: &[Value]) -> String {
    let named = |name: &str| json!({"name": name});
    let organization = item(desk, "Organization", named("City hall"), &[]);
    let letters = item(desk, "Service", named("Letters"), &[]);
    let gold = item(desk, "SLA", named("Gold"), &[]);
    let covering = [("covers_service", &letters), ("under_sla", &gold)];
    item(desk, "CustomerContract", named("City"), &covering);
    let server = json!({"name": "srv-1", "organization": organization, "os_family": "Linux"});
    let server = item(desk, "Server", server, &[]);
    let leans = [("depends_on", &server), ("provides", &letters)];
    let mail = item(desk, "ApplicationSolution", named("Mail"), &leans);
    item(desk, "Team", named("Post room"), &[("contact_of", &mail)]);
    for ticket in tickets {
        let link = json!({"ticketId": ticket, "ciId": server});
        desk.tell(DIRECTOR, "ticketLinkItem", "ticket { id }", &link);
    }
    server.as_str().unwrap().to_owned()
}

fn item(desk: &Desk, class: &str, attributes: Value, relations: &[(&str, &Value)]) -> Value {
    let to = |(relation, to): &(&str, &Value)| json!({"relation": relation, "toId": to});
    let relations: Vec<Value> = relations.iter().map(to).collect();
    let input = json!({"class": class, "attributes": attributes, "relations": relations});
    desk.tell(DIRECTOR, "ciRegister", "ci { id }", &input)["ci"]["id"].clone()
}
