//! A person, as a row of the read side, and the one who asks.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use projections::people::PersonRow;

use super::words::{PersonKind, Role};
use crate::gateway::Caller;
use crate::graphql::access::SignedIn;
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::session::Session;
use crate::graphql::unit::Unit;

/// Somebody who works at the desk or asks it for help.
pub(in crate::graphql) struct Person(pub(in crate::graphql) PersonRow);

/// Somebody who works at the desk or asks it for help. Personal texts read "erased" once the
/// person's data were destroyed.
#[Object]
impl Person {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.person_id)
    }

    /// What the person signs in with.
    async fn login(&self) -> &str {
        &self.0.login
    }

    /// Full name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// E-mail address.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// Telephone number.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// Which side of the desk.
    async fn kind(&self) -> PersonKind {
        self.0.kind.into()
    }

    /// What the person may do.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// A client's customer organisation; null when you may not see units.
    async fn organization(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.organization_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// When the person was registered.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.0.registered_at
    }

    /// The number of the person's events.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// Whoever asks.
pub(in crate::graphql) struct Viewer {
    caller: Caller,
    must_change_password: bool,
}

impl Viewer {
    pub(in crate::graphql) fn new(caller: Caller, must_change_password: bool) -> Self {
        Self { caller, must_change_password }
    }
}

/// Whoever asks.
#[Object]
impl Viewer {
    /// The person; null until the read side has caught up with a new one.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(principal) = &self.caller.person else { return Ok(None) };
        loader::unhidden_person(cx, principal.who.person).await
    }

    /// What the person may do.
    async fn role(&self) -> Option<Role> {
        self.caller.person.as_ref().map(|principal| principal.who.role.into())
    }

    /// Where you are signed in, the newest first, at most 100.
    #[graphql(guard = "SignedIn")]
    async fn sessions(&self, cx: &Context<'_>) -> Result<Vec<Session>> {
        let found = services(cx)?.identity.sessions(&self.caller).await.map_err(internal)?;
        let asking = self.caller.session;
        Ok(found.into_iter().map(|row| Session::new(row, asking)).collect())
    }

    /// Whether the password serves for choosing another and nothing else.
    async fn must_change_password(&self) -> bool {
        self.must_change_password
    }
}
