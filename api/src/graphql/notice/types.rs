//! A notice, as its recipient reads it.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::notice::{self, text::UNNAMED};
use domain::settings::Language;
use projections::notices::{self, NoticeRow};

use super::words::{NoticeChannel, NoticeKind};
use crate::graphql::access::working_caller;
use crate::graphql::access_request::AccessRequest;
use crate::graphql::conversation::{self, Comment};
use crate::graphql::id::{encode, encode_notice};
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Position;
use crate::graphql::ticket::Ticket;

/// A row of the read side, and when it was read.
pub(in crate::graphql) struct Notice {
    row: NoticeRow,
    read_at: Option<DateTime<Utc>>,
}

impl From<notices::Notice> for Notice {
    fn from(listed: notices::Notice) -> Self {
        Self { row: listed.row, read_at: listed.read_at }
    }
}

/// A new one, which nobody has read.
impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        Self { row, read_at: None }
    }
}

impl Notice {
    async fn seen_ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(id) = self.row.ticket_id else { return Ok(None) };
        loader::ticket(cx, id).await
    }

    async fn seen_request(&self, cx: &Context<'_>) -> Result<Option<AccessRequest>> {
        let Some(id) = self.row.request_id else { return Ok(None) };
        loader::access_request(cx, id).await
    }

    /// Whoever does not see what it is about any more hears nothing of those who work on it.
    async fn doer(&self, cx: &Context<'_>, is_seen: bool) -> Result<Option<Person>> {
        match self.row.actor_id.filter(|_| is_seen) {
            Some(id) => loader::person(cx, id).await,
            None => Ok(None),
        }
    }
}

/// What you are told about a ticket or an access request.
#[Object]
impl Notice {
    /// For marking it as read.
    async fn id(&self) -> ID {
        encode_notice(self.row.global_seq)
    }

    /// What happened.
    async fn kind(&self) -> NoticeKind {
        self.row.kind.into()
    }

    /// The event's permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.row.global_seq)
    }

    /// In one sentence, in your language. It names the ticket, or what was asked for, while you may
    /// see it.
    async fn message(&self, cx: &Context<'_>) -> Result<String> {
        let (ticket, request) = (self.seen_ticket(cx).await?, self.seen_request(cx).await?);
        let doer = self.doer(cx, ticket.is_some() || request.is_some()).await?;
        let it = match (ticket, request) {
            (Some(ticket), _) => Some(ticket.0.number),
            (None, Some(request)) => request.name(cx).await?,
            (None, None) => None,
        };
        let it = it.as_deref().unwrap_or(UNNAMED);
        let name = doer.as_ref().map(|person| person.row.name.as_str());
        Ok(notice::sentence(self.row.kind, language(cx).await?, it, name))
    }

    /// About which ticket; null: it is about an access request.
    async fn ticket_id(&self) -> Option<ID> {
        self.row.ticket_id.map(encode)
    }

    /// The ticket as it is now; null when you may not see it any more, and when it is about none.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        self.seen_ticket(cx).await
    }

    /// About which access request; null: it is about a ticket.
    async fn access_request_id(&self) -> Option<ID> {
        self.row.request_id.map(encode)
    }

    /// The access request as it is now; null when you may not see it any more, and when it is about
    /// none.
    async fn access_request(&self, cx: &Context<'_>) -> Result<Option<AccessRequest>> {
        self.seen_request(cx).await
    }

    /// Who did it; null: nobody by hand, or you may not see what it is about any more.
    async fn actor(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let (ticket, request) = (self.seen_ticket(cx).await?, self.seen_request(cx).await?);
        self.doer(cx, ticket.is_some() || request.is_some()).await
    }

    /// What was said, when something was; null when you may not see it any more.
    async fn comment(&self, cx: &Context<'_>) -> Result<Option<Comment>> {
        let Some(id) = self.row.comment_id else { return Ok(None) };
        conversation::comment(cx, id).await
    }

    /// How it reaches you.
    async fn channel(&self) -> NoticeChannel {
        self.row.channel.into()
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.occurred_at
    }

    /// When you marked it as read; null: it is unread.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.read_at
    }
}

/// The language the reader chose, else the deployment's first.
async fn language(cx: &Context<'_>) -> Result<Language> {
    let reader = working_caller(cx)?.person.as_ref();
    if let Some(chosen) = reader.and_then(|reader| reader.language) {
        return Ok(chosen);
    }
    let first = loader::policy(cx).await?.languages.first();
    Ok(first.copied().unwrap_or(Language::En))
}
