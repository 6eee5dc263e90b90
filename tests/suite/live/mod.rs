//! Listening to what happens: nothing missed, nothing twice, nothing for those it does not concern.

mod desk;
mod ends;
mod lines;

use std::time::Duration;

use serde_json::{Value, json};
use testbed::Client;

const CHANGES: &str = "subscription($id: ID) { ticketChanged(ticketId: $id) {
    position eventType occurredAt ticketId ticket { id title state version } actor { name } } }";

/// For how long silence is listened to.
const WHILE: Duration = Duration::from_millis(400);

/// Opens a ticket; its id.
async fn open(client: &Client, title: &str) -> Value {
    let query = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { id } userErrors { code } } }";
    let input = json!({"kind": "INCIDENT", "title": title});
    client.data(query, json!({"i": input})).await["ticketOpen"]["ticket"]["id"].clone()
}

/// Gives a ticket another priority.
async fn press(client: &Client, ticket: &Value, priority: &str) {
    let query = "mutation($i: TicketPrioritizeInput!) {
        ticketPrioritize(input: $i) { userErrors { code } } }";
    let input = json!({"ticketId": ticket, "priority": priority, "reason": "as agreed"});
    let data = client.data(query, json!({"i": input})).await;
    assert_eq!(data["ticketPrioritize"]["userErrors"], json!([]));
}
