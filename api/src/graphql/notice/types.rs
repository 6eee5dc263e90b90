//! A notice, as its recipient reads it.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::notice::{self, text::UNNAMED};
use domain::settings::Language;
use projections::notices;

use super::words::{NoticeChannel, NoticeKind};
use crate::graphql::id::encode_notice;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::ticket::Ticket;

/// A row of the read side, and the language of whoever reads it.
pub(in crate::graphql) struct Notice {
    pub(super) told: notices::Notice,
    pub(super) language: Language,
}

impl Notice {
    async fn reachable(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.told.row.ticket_id).await
    }

    /// Whoever does not see the ticket any more hears nothing of those who work on it.
    async fn doer(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.told.row.actor_id else { return Ok(None) };
        match self.reachable(cx).await? {
            Some(_) => loader::person(cx, id).await,
            None => Ok(None),
        }
    }
}

/// What you are told about a ticket.
#[Object]
impl Notice {
    /// For marking it as read.
    async fn id(&self) -> ID {
        encode_notice(self.told.row.global_seq)
    }

    /// What happened.
    async fn kind(&self) -> NoticeKind {
        self.told.row.kind.into()
    }

    /// In one sentence, in your language. It names the ticket while you may see it.
    async fn message(&self, cx: &Context<'_>) -> Result<String> {
        let ticket = self.reachable(cx).await?;
        let doer = self.doer(cx).await?;
        let number = ticket.as_ref().map_or(UNNAMED, |ticket| ticket.0.number.as_str());
        let name = doer.as_ref().map(|person| person.row.name.as_str());
        Ok(notice::sentence(self.told.row.kind, self.language, number, name))
    }

    /// About which ticket; null when you may not see it any more.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        self.reachable(cx).await
    }

    /// Who did it; null: nobody by hand, or you may not see the ticket any more.
    async fn actor(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        self.doer(cx).await
    }

    /// How it reaches you.
    async fn channel(&self) -> NoticeChannel {
        self.told.row.channel.into()
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.told.row.occurred_at
    }

    /// When you marked it as read; null: it is unread.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.told.read_at
    }
}
