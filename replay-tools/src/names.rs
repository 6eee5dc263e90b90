//! What people call somebody or something, from the history itself: a view may lie.

use std::collections::HashMap;

use domain::Fact;
use domain::kernel::Personal;
use domain::person::PersonEvent;
use domain::service_account::ServiceAccountEvent;
use domain::subject::SubjectEvent;
use domain::ticket::TicketEvent;
use domain::unit::UnitEvent;
use journal::Journal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::failure::Failure;
use crate::stream;

/// What stands for a name whose key was destroyed.
pub(crate) const ERASED: &str = "erased";

/// Names by identity, looked up once each.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<Uuid, Option<String>>);

impl Names {
    /// The name of whoever or whatever has this identity; none when nothing has.
    pub(crate) async fn of(
        &mut self,
        journal: &Journal,
        conn: &mut PgConnection,
        id: Uuid,
    ) -> Result<Option<String>, Failure> {
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let stream = stream::of(journal, conn, id).await?.unwrap_or_default();
        let name = stream.first().and_then(|first| name_in(&first.fact));
        self.0.insert(id, name.clone());
        Ok(name)
    }

    /// A text in which identities are replaced by names: one, or a list of them.
    pub(crate) async fn in_text(
        &mut self,
        journal: &Journal,
        conn: &mut PgConnection,
        text: &str,
    ) -> Result<String, Failure> {
        let ids: Result<Vec<Uuid>, _> = text.split(", ").map(Uuid::parse_str).collect();
        let Ok(ids) = ids else { return Ok(text.to_owned()) };
        let mut named = Vec::with_capacity(ids.len());
        for id in ids {
            named.push(self.of(journal, conn, id).await?.unwrap_or_else(|| id.to_string()));
        }
        Ok(named.join(", "))
    }
}

/// What a stream's first event calls it.
pub(crate) fn name_in(first: &Fact) -> Option<String> {
    match first {
        Fact::Person(_, PersonEvent::Registered(person)) => Some(shown(&person.name)),
        Fact::Unit(_, UnitEvent::Created(unit)) => Some(unit.name.clone()),
        Fact::Subject(_, SubjectEvent::Created(subject)) => Some(subject.name.clone()),
        Fact::Ticket(_, TicketEvent::Opened(ticket)) => Some(ticket.number.clone()),
        Fact::ServiceAccount(_, ServiceAccountEvent::Registered(e)) => Some(e.name.clone()),
        _ => None,
    }
}

/// A personal text, or the word for one that is gone.
pub(crate) fn shown(text: &Personal<String>) -> String {
    text.value().cloned().unwrap_or_else(|| ERASED.to_owned())
}
