//! A notice, as its recipient reads it.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::notice::{self, text::UNNAMED};
use domain::settings::Language;
use projections::notices::{self, NoticeRow};

use super::words::{NoticeChannel, NoticeKind};
use crate::graphql::access::working_caller;
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
    async fn reachable(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.row.ticket_id).await
    }

    /// Whoever does not see the ticket any more hears nothing of those who work on it.
    async fn doer(&self, cx: &Context<'_>, seen: Option<&Ticket>) -> Result<Option<Person>> {
        match (self.row.actor_id, seen) {
            (Some(id), Some(_)) => loader::person(cx, id).await,
            (None, _) | (_, None) => Ok(None),
        }
    }
}

/// What you are told about a ticket.
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

    /// In one sentence, in your language. It names the ticket while you may see it.
    async fn message(&self, cx: &Context<'_>) -> Result<String> {
        let ticket = self.reachable(cx).await?;
        let doer = self.doer(cx, ticket.as_ref()).await?;
        let number = ticket.as_ref().map_or(UNNAMED, |ticket| ticket.0.number.as_str());
        let name = doer.as_ref().map(|person| person.row.name.as_str());
        Ok(notice::sentence(self.row.kind, language(cx).await?, number, name))
    }

    /// About which ticket.
    async fn ticket_id(&self) -> ID {
        encode(self.row.ticket_id)
    }

    /// The ticket as it is now; null when you may not see it any more.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        self.reachable(cx).await
    }

    /// Who did it; null: nobody by hand, or you may not see the ticket any more.
    async fn actor(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let ticket = self.reachable(cx).await?;
        self.doer(cx, ticket.as_ref()).await
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
