//! Changing the settings.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::settings::STREAM_ID;
use uuid::Uuid;

use super::input::SettingsChangeInput;
use super::types::Settings;
use crate::gateway::Step;
use crate::graphql::access::{SignedIn, reads_all};
use crate::graphql::command::{Answer, Order, Payload, Told, perform_together, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a change of the settings.
#[derive(SimpleObject)]
pub(super) struct SettingsPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The settings as they are now; null when the change was refused.
    settings: Option<Settings>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for SettingsPayload {
    type Node = Settings;

    const VIEWS: &'static [&'static str] = &[];

    async fn read(cx: &Context<'_>, _stream: Uuid) -> Result<Option<Settings>> {
        // Whoever repeats a change may have lost the right to read what came of it.
        if !reads_all(cx, Permission::SettingsRead) {
            return Ok(None);
        }
        Settings::read(cx).await.map(Some)
    }

    fn of(told: Told<Settings>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            settings: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Changing the settings.
#[derive(Default)]
pub(in crate::graphql) struct SettingsMutation;

/// Changing the settings.
#[Object]
impl SettingsMutation {
    /// Changes all that is given, or nothing.
    #[graphql(guard = "SignedIn")]
    async fn settings_change(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: SettingsChangeInput,
    ) -> Result<SettingsPayload> {
        let client_mutation_id = input.common.client_mutation_id.clone();
        match perform(cx, input).await? {
            Answer::Refused(error) => Ok(refused(client_mutation_id, error)),
            done @ Answer::Done(..) => told(cx, client_mutation_id, done).await,
        }
    }
}

async fn perform(cx: &Context<'_>, input: SettingsChangeInput) -> Result<Answer> {
    let input_hash = input_hash("SettingsChangeInput", &input);
    let common = input.common.clone();
    let (now, _) = services(cx)?.gateway.settings().await.map_err(internal)?;
    let commands = match input.into_commands(&now) {
        Ok(commands) => commands,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let command = commands.into_iter().map(Step::Settings).collect();
    let order = Order { command, stream: STREAM_ID, common, input_hash };
    perform_together(cx, order, |_, error| error).await
}
