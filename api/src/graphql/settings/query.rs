//! The settings, and what happened to them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::settings::STREAM_ID;

use super::types::Settings;
use crate::graphql::access::MayRead;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;
use crate::graphql::timeline::{self, Event};

/// The settings.
#[derive(Default)]
pub(in crate::graphql) struct SettingsQuery;

/// The settings.
#[Object]
impl SettingsQuery {
    /// What the whole desk works by.
    #[graphql(guard = "MayRead(Permission::SettingsRead)")]
    async fn settings(&self, cx: &Context<'_>) -> Result<Settings> {
        Settings::read(cx).await
    }

    /// What happened to the settings, oldest first; for administrators and auditors.
    #[graphql(guard = "MayRead(Permission::EventRead)")]
    async fn settings_history(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Event>> {
        timeline::of_stream(cx, STREAM_ID, first, after).await
    }
}
