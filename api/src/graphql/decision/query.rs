//! The list of decisions.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::Effect;
use domain::access::model::ActionName;
use domain::kernel::{Actor, PersonId, ServiceAccountId};
use journal::decisions::{DecisionFilter, DecisionLog, DecisionRow};

use super::LoggedDecision;
use super::types::DecisionEffect;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, bad_request, internal};
use crate::graphql::id;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "decisionLog";

/// Which decisions are meant; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
struct DecisionLogFilter {
    /// On this person.
    person_id: Option<ID>,
    /// Asked by this service account, on behalf of another system.
    asked_by_id: Option<ID>,
    /// About this action, such as access.grant.
    action: Option<String>,
    /// Allowed or denied.
    effect: Option<DecisionEffect>,
    /// From this instant on.
    from: Option<DateTime<Utc>>,
    /// Before this instant.
    until: Option<DateTime<Utc>>,
}

/// Decisions on rights.
#[derive(Default)]
pub(in crate::graphql) struct DecisionQuery;

/// Decisions on rights.
#[Object]
impl DecisionQuery {
    /// Decisions on rights that were denied, or on which much depends, the newest first. They are kept
    /// for 400 days, and are no part of the journal.
    #[graphql(guard = "MayRead(Permission::DecisionLogRead)")]
    async fn decision_log(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: DecisionLogFilter,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<LoggedDecision>> {
        let filter = filter.meant()?;
        let log = DecisionLog::new(services(cx)?.reads.clone());
        let before: Option<i64> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = log.page(&filter, size + 1, before).await.map_err(internal)?;
        let edge = |row: DecisionRow| (row.id, LoggedDecision(row));
        let count: Counter = Box::new(move || {
            let (log, filter) = (log.clone(), filter.clone());
            Box::pin(async move { log.count(&filter).await.map_err(internal) })
        });
        Ok(page_of(LIST, (found, size), before.is_some(), edge, count))
    }
}

impl DecisionLogFilter {
    fn meant(self) -> Result<DecisionFilter> {
        let person = self.person_id.map(|it| id::decode::<PersonId>(&it)).transpose();
        let asked_by = self.asked_by_id.map(|it| id::decode::<ServiceAccountId>(&it));
        let asked_by = asked_by.transpose().map_err(bad_id)?;
        let action = self.action.map(|it| it.parse::<ActionName>()).transpose();
        Ok(DecisionFilter {
            actor: person.map_err(bad_id)?.map(Actor::Person),
            asked_by: asked_by.map(Actor::Service),
            action: action
                .map_err(|fault| bad_request(fault.to_string()))?
                .map(|it| it.to_string()),
            allowed: self.effect.map(|it| Effect::from(it) == Effect::Allow),
            from: self.from,
            until: self.until,
        })
    }
}
