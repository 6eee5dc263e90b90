//! The statement's twin for one event alone: values instead of arrays and their unnesting, which cost
//! the server as much again as the rest. With few clients most groups are so small.

use sqlx::PgConnection;
use sqlx::postgres::PgRow;

use super::bind::{Bound, BoundEvent, HeldClaim};
use super::statement::{PREMISES_HELD, premised};

const PREMISES_PARAMETERS: [usize; 2] = [16, 17];

/// The twin's texts: with and without the command, a claim, premises.
#[derive(Debug)]
pub(super) struct Texts([String; 8]);

/// An append that the twin can write.
#[derive(Debug, Clone, Copy)]
pub(super) struct Single<'a> {
    bound: &'a Bound,
    event: &'a BoundEvent,
    held: Option<&'a HeldClaim>,
}

impl Default for Texts {
    fn default() -> Self {
        Self(std::array::from_fn(|number| {
            let mut parts: Vec<String> = Vec::new();
            let premises = number & 4 == 4;
            if premises {
                parts.push(premised(PREMISES_PARAMETERS));
            }
            if number & 1 == 1 {
                parts.push(include_str!("sql/one/commanded.sql").to_owned());
            }
            if number & 2 == 2 {
                parts.push(include_str!("sql/one/held.sql").to_owned());
            }
            let parts = match parts.is_empty() {
                true => String::new(),
                false => format!("with {}", parts.join(", ")),
            };
            let held = if premises { PREMISES_HELD } else { "" };
            include_str!("sql/one/append.sql")
                .replace("/* parts */", &parts)
                .replace("/* where */", held)
        }))
    }
}

impl<'a> Single<'a> {
    /// The append as one, if it has one event, at most one claim to hold, and nothing else.
    pub(super) fn of(bound: &'a Bound) -> Option<Self> {
        let [event] = bound.events.as_slice() else { return None };
        let held = match bound.held.as_slice() {
            [] => None,
            [held] => Some(held),
            _ => return None,
        };
        let more = !bound.released.is_empty() || bound.inline.iter().any(|rows| !rows.is_empty());
        (!more).then_some(Self { bound, event, held })
    }

    /// Writes it; the event's token is in the row.
    pub(super) async fn write(
        self,
        conn: &mut PgConnection,
        texts: &Texts,
    ) -> Result<PgRow, sqlx::Error> {
        let Self { bound, event, held } = self;
        let command = bound.command.as_ref();
        let number = usize::from(command.is_some())
            | usize::from(held.is_some()) << 1
            | usize::from(!bound.premises.is_empty()) << 2;
        let mut query = sqlx::query(&texts.0[number])
            .bind(event.aggregate_type)
            .bind(&event.id)
            .bind(event.sequence)
            .bind(&event.event_type)
            .bind(&event.event_version)
            .bind(&event.payload)
            .bind(&event.metadata);
        // Parameters keep their numbers, whether a text names them or not.
        query = query
            .bind(command.map(|one| one.actor.as_str()))
            .bind(command.map(|one| one.record.command_id))
            .bind(command.map(|one| &one.record.input_hash[..]))
            .bind(command.map(|one| one.outcome.as_str()))
            .bind(held.map(|claim| claim.scope.as_str()))
            .bind(held.map(|claim| claim.key.as_str()))
            .bind(held.map(|claim| claim.aggregate_type))
            .bind(held.map(|claim| claim.aggregate_id.as_str()))
            .bind(bound.premises.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .bind(bound.premises.iter().map(|(_, version)| *version).collect::<Vec<_>>());
        query.fetch_one(conn).await
    }
}
