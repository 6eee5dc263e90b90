//! The one statement, and the names of its conflicts.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection, Row};
use uuid::Uuid;

use super::bind::{Bound, BoundCommand, BoundEvent, HeldClaim};
use super::single::{self, Single};
use crate::inline::InlineView;
use crate::token::PositionToken;

const PREMISES_PARAMETERS: [usize; 2] = [18, 19];
const INLINE_FIRST_PARAMETER: usize = 20;

/// Why a statement did nothing, or may have done something.
#[derive(Debug)]
pub(super) enum Failed {
    /// Somebody else's append got in the way: a unique key of ours, a premise, or a deadlock over
    /// several.
    Conflict,
    /// The server refuses one of the appends, or all of them; nothing was stored.
    Refused(sqlx::Error),
    /// The connection broke. Whether the appends were stored is unknown.
    Broken(sqlx::Error),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        let Some(db) = error.as_database_error() else { return Self::Broken(error) };
        match db.code().as_deref() {
            // Of `journal.hold_premises`: one has moved.
            Some("40P01" | "AN001") => Self::Conflict,
            Some("23505")
                if matches!(
                    db.constraint(),
                    Some("events_pkey" | "commands_once" | "claims_once")
                ) =>
            {
                Self::Conflict
            }
            // The server is stopping, or somebody ended the connection.
            Some(code) if code.starts_with("57P") || code.starts_with("08") => Self::Broken(error),
            _ => Self::Refused(error),
        }
    }
}

/// The statement's texts: what a group does not have costs nothing, not even a look.
#[derive(Debug)]
pub(super) struct Texts {
    groups: [String; 32],
    single: single::Texts,
}

/// What a group has besides events.
#[derive(Debug, Clone, Copy)]
struct Has {
    commands: bool,
    released: bool,
    held: bool,
    inline: bool,
    premises: bool,
}

impl Has {
    fn number(self) -> usize {
        usize::from(self.commands)
            | usize::from(self.released) << 1
            | usize::from(self.held) << 2
            | usize::from(self.inline) << 3
            | usize::from(self.premises) << 4
    }

    fn of_number(number: usize) -> Self {
        let bit = |nr: usize| number >> nr & 1 == 1;
        let [commands, released, held, inline, premises] = [0, 1, 2, 3, 4].map(bit);
        Self { commands, released, held, inline, premises }
    }

    /// The text for a group that has this; parameters keep their numbers.
    fn text(self, views: &[Arc<dyn InlineView>]) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.premises {
            parts.push(premised(PREMISES_PARAMETERS));
        }
        if self.commands {
            parts.push(include_str!("sql/commanded.sql").to_owned());
        }
        if self.released {
            parts.push(include_str!("sql/released.sql").to_owned());
        }
        match (self.held, self.released) {
            (true, true) => parts.push(include_str!("sql/held_after.sql").to_owned()),
            (true, false) => parts.push(include_str!("sql/held.sql").to_owned()),
            (false, _) => {}
        }
        for (index, view) in views.iter().enumerate().filter(|_| self.inline) {
            let parameter = format!("${}::jsonb", INLINE_FIRST_PARAMETER + index);
            let sql = view.sql().replace("{rows}", &parameter);
            parts.push(format!("inline_{index} as (\n{sql}\n)\n"));
        }
        let parts = match parts.is_empty() {
            true => String::new(),
            false => format!("with {}", parts.join(", ")),
        };
        let held = if self.premises { PREMISES_HELD } else { "" };
        include_str!("sql/append.sql").replace("/* parts */", &parts).replace("/* where */", held)
    }
}

/// What lets rows through when all premises stand.
pub(super) const PREMISES_HELD: &str = "where (select ok from premised)";

/// The part that holds premises: their names and versions are these parameters.
pub(super) fn premised(parameters: [usize; 2]) -> String {
    let [names, versions] = parameters.map(|number| format!("${number}"));
    include_str!("sql/premised.sql").replace("{names}", &names).replace("{versions}", &versions)
}

impl Texts {
    /// For these inline views: made once a process.
    pub(super) fn new(views: &[Arc<dyn InlineView>]) -> Self {
        let groups = std::array::from_fn(|number| Has::of_number(number).text(views));
        Self { groups, single: single::Texts::default() }
    }

    fn of(&self, columns: &Columns<'_>) -> &str {
        let has = Has {
            commands: !columns.commands.is_empty(),
            released: !columns.released.is_empty(),
            held: !columns.held.is_empty(),
            inline: columns
                .inline
                .iter()
                .any(|rows| rows.as_array().is_some_and(|rows| !rows.is_empty())),
            premises: !columns.premises.is_empty(),
        };
        &self.groups[has.number()]
    }
}

/// Writes a group, which touches nothing twice; each append gets the token of its last event. What
/// moves premises is a group of its own, and a transaction: see `hold_premises` in the migrations.
pub(super) async fn run(
    conn: &mut PgConnection,
    texts: &Texts,
    group: &[&Bound],
) -> Result<Vec<Option<PositionToken>>, Failed> {
    let moved: Vec<&str> =
        group.iter().flat_map(|bound| &bound.moved).map(String::as_str).collect();
    if moved.is_empty() {
        return write(conn, texts, group).await;
    }
    let mut transaction = conn.begin().await.map_err(Failed::Broken)?;
    let held: Vec<&str> =
        group.iter().flat_map(|bound| &bound.premises).map(|(name, _)| name.as_str()).collect();
    let lock = sqlx::query(include_str!("sql/lock_premises.sql")).bind(&moved).bind(&held);
    lock.execute(&mut *transaction).await?;
    let tokens = write(&mut transaction, texts, group).await?;
    let moving = sqlx::query(include_str!("sql/move_premises.sql")).bind(&moved);
    moving.execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(tokens)
}

async fn write(
    conn: &mut PgConnection,
    texts: &Texts,
    group: &[&Bound],
) -> Result<Vec<Option<PositionToken>>, Failed> {
    if let [one] = group
        && let Some(single) = Single::of(one)
    {
        return Ok(vec![Some(token(&single.write(conn, &texts.single).await?)?)]);
    }
    let columns = Columns::of(group);
    let events = |f: fn(&BoundEvent) -> &str| -> Vec<&str> {
        columns.events.iter().map(|(_, event)| f(event)).collect()
    };
    let held = |f: fn(&HeldClaim) -> &str| -> Vec<&str> {
        columns.held.iter().map(|claim| f(claim)).collect()
    };
    let released = |f: fn(&(String, String)) -> &String| -> Vec<&str> {
        columns.released.iter().map(|claim| f(claim).as_str()).collect()
    };
    let commands = &columns.commands;
    let mut query = sqlx::query(texts.of(&columns))
        .bind(commands.iter().map(|one| one.actor.as_str()).collect::<Vec<_>>())
        .bind(commands.iter().map(|one| one.record.command_id).collect::<Vec<Uuid>>())
        .bind(commands.iter().map(|one| &one.record.input_hash[..]).collect::<Vec<_>>())
        .bind(commands.iter().map(|one| one.outcome.as_str()).collect::<Vec<_>>())
        .bind(released(|(scope, _)| scope))
        .bind(released(|(_, key)| key))
        .bind(held(|claim| &claim.scope))
        .bind(held(|claim| &claim.key))
        .bind(held(|claim| claim.aggregate_type))
        .bind(held(|claim| &claim.aggregate_id))
        .bind(events(|event| event.aggregate_type))
        .bind(events(|event| &event.id))
        .bind(columns.events.iter().map(|(_, event)| event.sequence).collect::<Vec<_>>())
        .bind(events(|event| &event.event_type))
        .bind(events(|event| &event.event_version))
        .bind(events(|event| &event.payload))
        .bind(events(|event| &event.metadata))
        .bind(columns.premises.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
        .bind(columns.premises.iter().map(|(_, version)| *version).collect::<Vec<_>>());
    for rows in &columns.inline {
        query = query.bind(rows);
    }
    let rows = query.fetch_all(conn).await?;
    let mut tokens = vec![None; group.len()];
    // The rows come in the order of the events.
    for ((index, _), row) in columns.events.iter().zip(&rows) {
        tokens[*index] = tokens[*index].max(Some(token(row)?));
    }
    Ok(tokens)
}

fn token(row: &PgRow) -> Result<PositionToken, Failed> {
    let get = |name| row.try_get(name).map_err(Failed::Broken);
    Ok(PositionToken { xid: get("transaction")?, position: get("position")? })
}

/// A group, column by column. Each sort of row is in the order of its own key, so that two processes
/// never wait for each other in a circle.
struct Columns<'a> {
    /// With the place of their append in the group.
    events: Vec<(usize, &'a BoundEvent)>,
    commands: Vec<&'a BoundCommand>,
    released: Vec<&'a (String, String)>,
    held: Vec<&'a HeldClaim>,
    /// A jsonb array an inline view.
    inline: Vec<Value>,
    /// Each name with each version it is held by: more than one is one too many.
    premises: BTreeSet<&'a (String, i64)>,
}

impl<'a> Columns<'a> {
    fn of(group: &[&'a Bound]) -> Self {
        let all = || group.iter().copied();
        let mut events: Vec<_> = all()
            .enumerate()
            .flat_map(|(index, bound)| bound.events.iter().map(move |event| (index, event)))
            .collect();
        events.sort_by_key(|(_, event)| (event.aggregate_type, event.id.as_str(), event.sequence));
        let mut commands: Vec<_> = all().filter_map(|bound| bound.command.as_ref()).collect();
        commands.sort_by_key(|one| (one.actor.as_str(), one.record.command_id));
        let mut released: Vec<_> = all().flat_map(|bound| &bound.released).collect();
        released.sort();
        let mut held: Vec<_> = all().flat_map(|bound| &bound.held).collect();
        held.sort();
        let views = group.first().map_or(0, |one| one.inline.len());
        let inline = (0..views).map(|view| {
            let mut rows: Vec<_> = all().flat_map(|bound| &bound.inline[view]).collect();
            rows.sort_by_key(|(key, _)| key.as_str());
            Value::Array(rows.into_iter().map(|(_, row)| row.clone()).collect())
        });
        let inline = inline.collect();
        let premises = all().flat_map(|bound| &bound.premises).collect();
        Self { events, commands, released, held, inline, premises }
    }
}
