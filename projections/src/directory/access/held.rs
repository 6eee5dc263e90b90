//! What subjects have, read as it is kept.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::access::model::{AccessSubject, Exception, Grant, GrantState, Lifted};
use domain::kernel::{AssignmentRuleId, ExceptionId, GrantId, PersonId};
use serde::Deserialize;
use serde_json::Value;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::said::{ACCESS, EXCEPTION, GRANT};
use crate::directory::read::parsed;
use crate::error::ReadError;

/// What one subject has by itself.
#[derive(Debug, Clone, Default)]
pub(in crate::directory) struct Account {
    /// Every grant it ever had.
    pub(in crate::directory) grants: Vec<Grant>,
    /// Which of these a rule made that grants by itself.
    pub(in crate::directory) by_rule: BTreeMap<GrantId, AssignmentRuleId>,
    /// What lets it past rules and was not ended.
    pub(in crate::directory) exceptions: Vec<Exception>,
    /// Whether it was closed: it has nothing then, by no group either.
    pub(in crate::directory) closed: bool,
    /// How many events told of it.
    pub(in crate::directory) revision: i64,
}

#[derive(Deserialize)]
struct AccessState {
    subject: AccessSubject,
    closed: bool,
    closed_at: Option<i64>,
    revision: i64,
}

#[derive(Deserialize)]
struct GrantRow {
    version: i64,
    rule: Option<AssignmentRuleId>,
    #[serde(flatten)]
    grant: Grant,
}

#[derive(Deserialize)]
struct ExceptionRow {
    version: i64,
    ended: bool,
    lifts: Lifted,
    owner: PersonId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// Of each of these, in one statement; whoever never had access is left out.
pub(in crate::directory) async fn held(
    pool: &PgPool,
    subjects: &[Uuid],
) -> Result<BTreeMap<Uuid, Account>, ReadError> {
    let rows = sqlx::query(include_str!("../sql/held.sql")).bind(subjects).fetch_all(pool).await?;
    let mut holdings = Vec::with_capacity(rows.len());
    for row in &rows {
        let (subject, holding) = (row.try_get("subject_id")?, row.try_get("holding")?);
        holdings.push((subject, holding, row.try_get("state")?));
    }
    accounts(holdings)
}

/// The rows of several subjects, put together.
pub(in crate::directory) fn accounts(
    rows: impl IntoIterator<Item = (Uuid, String, Value)>,
) -> Result<BTreeMap<Uuid, Account>, ReadError> {
    let mut rows_of: BTreeMap<Uuid, BTreeMap<String, Value>> = BTreeMap::new();
    for (subject, holding, state) in rows {
        rows_of.entry(subject).or_default().insert(holding, state);
    }
    rows_of.into_iter().map(|(subject, rows)| Ok((subject, account(rows)?))).collect()
}

fn account(mut rows: BTreeMap<String, Value>) -> Result<Account, ReadError> {
    let own = rows.remove(ACCESS).ok_or(ReadError::Row("directory_holdings"))?;
    let own: AccessState = parsed(own)?;
    // All that was there when it was closed ended with it.
    let over = |version: i64| own.closed_at.is_some_and(|closed| version < closed);
    let mut account = Account { closed: own.closed, revision: own.revision, ..Account::default() };
    for (holding, state) in rows {
        if holding.starts_with(GRANT) {
            let GrantRow { version, rule, mut grant } = parsed(state)?;
            if over(version) && grant.state == GrantState::Active {
                grant.state = GrantState::Revoked;
            }
            account.by_rule.extend(rule.map(|rule| (grant.id, rule)));
            account.grants.push(grant);
        } else if let Some(id) = holding.strip_prefix(EXCEPTION) {
            let id = Uuid::try_parse(id).map_err(|_| ReadError::Row("directory_holdings"))?;
            let row: ExceptionRow = parsed(state)?;
            if !row.ended && !over(row.version) {
                account.exceptions.push(Exception {
                    id: ExceptionId(id),
                    lifts: row.lifts,
                    subject: own.subject,
                    owner: row.owner,
                    from: row.from,
                    until: row.until,
                });
            }
        }
    }
    Ok(account)
}
