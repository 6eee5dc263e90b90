//! The row, and which words each fact adds.

use std::collections::BTreeMap;

use domain::Fact;
use domain::conversation::ConversationEvent;
use domain::kernel::{Personal, TicketId};
use domain::ticket::TicketEvent;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rows::{line, shown};

/// Characters beyond which a text does not grow.
const ENOUGH: usize = 200_000;

/// A ticket's words in lower case: a line for each text they come from, the personal ones clear or
/// the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TextsRow {
    pub(super) ticket_id: TicketId,
    /// Number, title, description, solutions, replies.
    pub(super) public_text: String,
    /// Notes.
    pub(super) internal_text: String,
}

/// The rows a batch touches.
pub(super) type Texts = BTreeMap<Uuid, TextsRow>;

/// The tickets whose words the fact changes.
pub(super) fn tickets(fact: &Fact) -> Vec<Uuid> {
    match fact {
        Fact::Ticket(id, TicketEvent::Merged(e)) => vec![id.0, e.into.0],
        Fact::Ticket(id, _) | Fact::Conversation(id, _) => vec![id.0],
        _ => Vec::new(),
    }
}

/// Adds the fact's words.
pub(super) fn fold(texts: &mut Texts, fact: &Fact) {
    match fact {
        Fact::Ticket(id, event) => of_ticket(texts, *id, event),
        Fact::Conversation(id, ConversationEvent::Replied(e)) => {
            of(texts, *id).say(&line(&shown(&e.body)));
        }
        Fact::Conversation(id, ConversationEvent::Noted(e)) => of(texts, *id).note(&e.body),
        _ => {}
    }
}

fn of_ticket(texts: &mut Texts, id: TicketId, event: &TicketEvent) {
    match event {
        TicketEvent::Opened(e) => {
            let row = of(texts, id);
            row.say(&line(&e.number));
            for text in [Some(&e.title), e.description.as_ref()].into_iter().flatten() {
                row.say(&line(&shown(text)));
            }
        }
        TicketEvent::Assigned(e) => {
            if let Some(note) = &e.note {
                of(texts, id).note(note);
            }
        }
        TicketEvent::Resolved(e) => {
            if let Some(solution) = &e.solution {
                of(texts, id).say(&line(&shown(solution)));
            }
        }
        TicketEvent::Merged(e) => merge(texts, id, e.into),
        TicketEvent::WorkStarted(_)
        | TicketEvent::WorkStopped(_)
        | TicketEvent::Pended(_)
        | TicketEvent::Resumed(_)
        | TicketEvent::ResolvedWithParent(_)
        | TicketEvent::ResolvedWithTasks(_)
        | TicketEvent::Reopened(_)
        | TicketEvent::Closed(_)
        | TicketEvent::Cancelled(_)
        | TicketEvent::Classified(_)
        | TicketEvent::Prioritized(_)
        | TicketEvent::Escalated(_)
        | TicketEvent::SlaTermsRestated(_) => {}
    }
}

/// The ticket that goes on is found by the words of the other one too.
fn merge(texts: &mut Texts, from: TicketId, into: TicketId) {
    if let Some(merged) = texts.get(&from.0).cloned() {
        let row = of(texts, into);
        append(&mut row.public_text, &merged.public_text);
        append(&mut row.internal_text, &merged.internal_text);
    }
}

fn of(texts: &mut Texts, id: TicketId) -> &mut TextsRow {
    texts.entry(id.0).or_insert_with(|| TextsRow {
        ticket_id: id,
        public_text: String::new(),
        internal_text: String::new(),
    })
}

impl TextsRow {
    fn say(&mut self, words: &str) {
        append(&mut self.public_text, words);
    }

    fn note(&mut self, body: &Personal<String>) {
        append(&mut self.internal_text, &line(&shown(body)));
    }
}

fn append(text: &mut String, more: &str) {
    if more.is_empty() || text.chars().count() >= ENOUGH {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}
