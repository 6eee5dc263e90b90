//! What the verbs answer.

use async_graphql::{Context, Result, SimpleObject};
use domain::access::model::AccessSubject as Subject;
use domain::kernel::{ExceptionId, GrantId};
use journal::Receipt;
use projections::access_grants::{self, HolderRow};

use super::types::{AccessException, AccessGrant, grant};
use crate::graphql::command::{Answer, shown, waits_by_itself};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::line;
use crate::graphql::permission::AccessSubject;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// The read model that is waited for.
pub(super) const VIEWS: &[&str] = &["access_grants"];

/// What became of a command on a grant.
#[derive(SimpleObject)]
pub(super) struct AccessGrantPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The grant as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    grant: Option<AccessGrant>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

/// What became of a command on an exception.
#[derive(SimpleObject)]
pub(super) struct AccessExceptionPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The exception as it is now; null likewise.
    exception: Option<AccessException>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

/// Somebody who has, or had, access.
#[derive(SimpleObject)]
pub(super) struct AccessHolder {
    /// Who.
    subject: AccessSubject,
    /// Whether they have nothing and take nothing.
    closed: bool,
    /// The number of the events of their access: what `expectedVersion` is compared with.
    version: i64,
}

/// What became of a command on everything that somebody has.
#[derive(SimpleObject)]
pub(super) struct AccessHolderPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// Whose access it is, as it is now; null likewise.
    holder: Option<AccessHolder>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

/// What was answered, before what it shows is read.
struct Known {
    receipt: Option<Receipt>,
    /// Whether the views show it.
    is_shown: bool,
    user_errors: Vec<UserError>,
}

impl Known {
    async fn of(cx: &Context<'_>, answer: Answer) -> Result<Self> {
        Ok(match answer {
            Answer::Done(stream, receipt) => {
                line::returned(cx, stream);
                let is_shown = !waits_by_itself(cx) && shown(cx, VIEWS, &receipt).await?;
                Self { receipt: Some(receipt), is_shown, user_errors: Vec::new() }
            }
            Answer::Refused(error) => {
                Self { receipt: None, is_shown: false, user_errors: vec![error] }
            }
        })
    }

    fn position(&self) -> Option<Position> {
        self.receipt.as_ref().and_then(|receipt| receipt.token).map(Position::Token)
    }

    fn replayed(&self) -> bool {
        self.receipt.as_ref().is_some_and(|receipt| receipt.replayed)
    }
}

impl AccessGrantPayload {
    /// Of a command on this grant.
    pub(super) async fn of(
        cx: &Context<'_>,
        client_mutation_id: Option<String>,
        (answer, id): (Answer, GrantId),
    ) -> Result<Self> {
        let known = Known::of(cx, answer).await?;
        let shown = if known.is_shown { grant(cx, id).await? } else { None };
        let (position, replayed) = (known.position(), known.replayed());
        let user_errors = known.user_errors;
        Ok(Self { client_mutation_id, grant: shown, user_errors, position, replayed })
    }

    /// Of what was not done.
    pub(super) fn refused(client_mutation_id: Option<String>, error: UserError) -> Self {
        let user_errors = vec![error];
        Self { client_mutation_id, grant: None, user_errors, position: None, replayed: false }
    }
}

impl AccessExceptionPayload {
    /// Of a command on this exception.
    pub(super) async fn of(
        cx: &Context<'_>,
        client_mutation_id: Option<String>,
        (answer, subject, id): (Answer, Subject, ExceptionId),
    ) -> Result<Self> {
        let known = Known::of(cx, answer).await?;
        let row = match known.is_shown {
            true => {
                let pool = &services(cx)?.reads;
                access_grants::exception(pool, subject.stream(), id).await.map_err(unread)?
            }
            false => None,
        };
        let (position, replayed) = (known.position(), known.replayed());
        let (exception, user_errors) = (row.map(AccessException), known.user_errors);
        Ok(Self { client_mutation_id, exception, user_errors, position, replayed })
    }

    /// Of what was not done.
    pub(super) fn refused(client_mutation_id: Option<String>, error: UserError) -> Self {
        let user_errors = vec![error];
        Self { client_mutation_id, exception: None, user_errors, position: None, replayed: false }
    }
}

impl AccessHolderPayload {
    /// Of a command on this subject's access.
    pub(super) async fn of(
        cx: &Context<'_>,
        client_mutation_id: Option<String>,
        (answer, subject): (Answer, Subject),
    ) -> Result<Self> {
        let known = Known::of(cx, answer).await?;
        let row: Option<HolderRow> = match known.is_shown {
            true => {
                let pool = &services(cx)?.reads;
                access_grants::subject(pool, subject.stream()).await.map_err(unread)?
            }
            false => None,
        };
        let holder = row.map(|row| AccessHolder {
            subject: AccessSubject(row.subject),
            closed: row.closed,
            version: row.version,
        });
        let (position, replayed) = (known.position(), known.replayed());
        let user_errors = known.user_errors;
        Ok(Self { client_mutation_id, holder, user_errors, position, replayed })
    }

    /// Of what was not done.
    pub(super) fn refused(client_mutation_id: Option<String>, error: UserError) -> Self {
        let user_errors = vec![error];
        Self { client_mutation_id, holder: None, user_errors, position: None, replayed: false }
    }
}
