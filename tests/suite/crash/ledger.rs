//! What clients were told: each acknowledged command with its key and its ticket.

use serde_json::{Value, json};

/// A command as a client sends it, again and again in the same words.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// `ticketOpen`.
    pub(super) verb: &'static str,
    /// `TicketOpenInput`.
    pub(super) input_type: &'static str,
    /// With its key.
    pub(super) input: Value,
}

/// An acknowledged command.
#[derive(Debug, Clone)]
pub(super) struct Acknowledged {
    pub(super) order: Order,
    /// As the answer named it.
    pub(super) ticket: Value,
    /// Who sent it, among the clients.
    pub(super) client: usize,
}

impl Order {
    pub(super) fn open(key: String, unit: &Value) -> Self {
        let input = json!({"kind": "INCIDENT", "title": key, "unitId": unit});
        Self::keyed("ticketOpen", "TicketOpenInput", (input, key))
    }

    pub(super) fn start_work(key: String, ticket: &Value) -> Self {
        let input = json!({"ticketId": ticket});
        Self::keyed("ticketStartWork", "TicketStartWorkInput", (input, key))
    }

    pub(super) fn comment(key: String, ticket: &Value) -> Self {
        let input = json!({"ticketId": ticket, "body": key});
        Self::keyed("ticketComment", "TicketCommentInput", (input, key))
    }

    pub(super) fn resolve(key: String, ticket: &Value) -> Self {
        let input = json!({"code": "FIXED", "solution": "Under fire.", "ticketId": ticket});
        Self::keyed("ticketResolve", "TicketResolveInput", (input, key))
    }

    fn keyed(
        verb: &'static str,
        input_type: &'static str,
        (mut input, key): (Value, String),
    ) -> Self {
        input["idempotencyKey"] = json!(key);
        Self { verb, input_type, input }
    }

    pub(super) fn document(&self) -> String {
        let Self { verb, input_type, .. } = self;
        format!(
            "mutation($i: {input_type}!) {{ {verb}(input: $i) {{
                ticket {{ id }} replayed userErrors {{ code }} }} }}"
        )
    }
}
