//! Why appends cannot succeed, in one SELECT for a whole group.

use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::bind::{Bound, HeldClaim};
use super::queue::Waiting;
use super::types::{AppendError, CommandRecord, Receipt};
use crate::error::JournalError;
use crate::token::PositionToken;

/// What was found out about an append; of several reasons the first here counts.
#[derive(Debug)]
enum Reason {
    Answered(Answered),
    Outdated,
    Stale(Value),
    Taken(Value),
}

/// The row of a command that was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    input_hash: Vec<u8>,
    outcome: Value,
    token: Option<PositionToken>,
}

/// One a member of the group: the reason, or none when there is none (any more) and the append may
/// be tried again.
pub(super) async fn explain(
    conn: &mut PgConnection,
    group: &[Waiting],
) -> Result<Vec<Option<AppendError>>, sqlx::Error> {
    let all = || (0i64..).zip(group.iter().map(|one| &one.bound));
    let commands: Vec<_> = all()
        .filter_map(|(nr, bound)| bound.command.as_ref().map(|one| (nr, &one.record)))
        .collect();
    let streams: Vec<_> =
        all().flat_map(|(nr, bound)| bound.expected.iter().map(move |one| (nr, one))).collect();
    let held: Vec<_> =
        all().flat_map(|(nr, bound)| wanted(bound).map(move |one| (nr, one))).collect();
    let premises: Vec<_> =
        all().flat_map(|(nr, bound)| bound.premises.iter().map(move |one| (nr, one))).collect();
    let rows = question(&commands)
        .bind(streams.iter().map(|(nr, _)| *nr).collect::<Vec<_>>())
        .bind(streams.iter().map(|(_, stream)| stream.0).collect::<Vec<_>>())
        .bind(streams.iter().map(|(_, stream)| stream.1.as_str()).collect::<Vec<_>>())
        .bind(streams.iter().map(|(_, stream)| stream.2).collect::<Vec<_>>())
        .bind(held.iter().map(|(nr, _)| *nr).collect::<Vec<_>>())
        .bind(held.iter().map(|(_, claim)| claim.scope.as_str()).collect::<Vec<_>>())
        .bind(held.iter().map(|(_, claim)| claim.key.as_str()).collect::<Vec<_>>())
        .bind(premises.iter().map(|(nr, _)| *nr).collect::<Vec<_>>())
        .bind(premises.iter().map(|(_, (name, _))| name.as_str()).collect::<Vec<_>>())
        .bind(premises.iter().map(|(_, (_, version))| *version).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
    let mut reasons: Vec<Option<(i32, Reason)>> = group.iter().map(|_| None).collect();
    for row in rows {
        let (nr, kind, reason) = reason(&row)?;
        let Some(known) = reasons.get_mut(nr) else { continue };
        if known.as_ref().is_none_or(|(known, _)| kind < *known) {
            *known = Some((kind, reason));
        }
    }
    Ok(group.iter().zip(reasons).map(|(one, known)| Some(known?.1.of(&one.bound))).collect())
}

/// The first answers to these commands, where there is one.
pub(super) async fn answered(
    conn: &mut PgConnection,
    commands: &[CommandRecord],
) -> Result<Vec<Option<Answered>>, sqlx::Error> {
    let numbered: Vec<_> = (0i64..).zip(commands).collect();
    let (numbers, texts) = (Vec::<i64>::new, Vec::<String>::new);
    let query = question(&numbered).bind(numbers()).bind(texts()).bind(texts()).bind(numbers());
    let query = query.bind(numbers()).bind(texts()).bind(texts());
    let query = query.bind(numbers()).bind(texts()).bind(numbers());
    let rows = query.fetch_all(conn).await?;
    let mut answers: Vec<_> = commands.iter().map(|_| None).collect();
    for row in rows {
        if let (nr, _, Reason::Answered(answer)) = reason(&row)?
            && let Some(place) = answers.get_mut(nr)
        {
            *place = Some(answer);
        }
    }
    Ok(answers)
}

type Question<'a> = sqlx::query::Query<'a, sqlx::Postgres, sqlx::postgres::PgArguments>;

fn question<'a>(commands: &[(i64, &CommandRecord)]) -> Question<'a> {
    sqlx::query(include_str!("sql/diagnose.sql"))
        .bind(commands.iter().map(|(nr, _)| *nr).collect::<Vec<_>>())
        .bind(commands.iter().map(|(_, one)| one.actor.to_string()).collect::<Vec<_>>())
        .bind(commands.iter().map(|(_, one)| one.command_id).collect::<Vec<_>>())
}

/// The keys that have to be free: one that the append itself releases may be held now.
fn wanted(bound: &Bound) -> impl Iterator<Item = &HeldClaim> {
    let releases = |claim: &HeldClaim| {
        bound.released.iter().any(|(scope, key)| *scope == claim.scope && *key == claim.key)
    };
    bound.held.iter().filter(move |claim| !releases(claim))
}

fn reason(row: &PgRow) -> Result<(usize, i32, Reason), sqlx::Error> {
    let nr: i64 = row.try_get("nr")?;
    let kind: i32 = row.try_get("kind")?;
    let why: Value = row.try_get("why")?;
    let reason = match kind {
        0 => {
            let position: Option<i64> = row.try_get("position")?;
            let xid = row.try_get("transaction")?;
            let token = position.map(|position| PositionToken { xid, position });
            Reason::Answered(Answered {
                input_hash: row.try_get("input_hash")?,
                outcome: why,
                token,
            })
        }
        1 => Reason::Outdated,
        2 => Reason::Stale(why),
        _ => Reason::Taken(why),
    };
    Ok((usize::try_from(nr).unwrap_or(usize::MAX), kind, reason))
}

impl Reason {
    fn of(self, bound: &Bound) -> AppendError {
        match self {
            Self::Answered(answer) => match &bound.command {
                Some(command) => match answer.to(&command.record) {
                    Ok(receipt) => AppendError::Repeated(receipt),
                    Err(error) => error,
                },
                None => AppendError::Busy,
            },
            Self::Outdated => AppendError::Outdated,
            Self::Stale(stale) => AppendError::Stale {
                aggregate_id: text(&stale, "id").parse().unwrap_or_default(),
                expected: stale["expected"].as_i64().unwrap_or_default(),
                actual: stale["actual"].as_i64().unwrap_or_default(),
            },
            Self::Taken(taken) => AppendError::ClaimTaken {
                scope: text(&taken, "scope").to_owned(),
                holder: text(&taken, "holder").to_owned(),
            },
        }
    }
}

impl Answered {
    /// The answer once more, for the same command with the same input.
    pub(super) fn to(self, command: &CommandRecord) -> Result<Receipt, AppendError> {
        if self.input_hash != command.input_hash {
            return Err(AppendError::KeyReused);
        }
        let streams = serde_json::from_value(self.outcome)
            .map_err(|error| JournalError::from(sqlx::Error::Decode(Box::new(error))))?;
        Ok(Receipt { token: self.token, streams, replayed: true })
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
