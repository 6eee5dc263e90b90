//! The first start: settings, the standard roles, an administrator, who answers for requests of access, the standard
//! classes. Repeating it changes nothing, so that one that was interrupted is finished by the next.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access_policy::command::ChooseGovernance;
use domain::access_policy::{self, AccessPolicyCommand};
use domain::kernel::PersonId;
use domain::person::command::Register;
use domain::person::{PersonCommand, Role};
use domain::settings::command::Establish;
use domain::settings::{Policy, STREAM_ID, SettingsCommand};
use rand::RngCore;

use super::{App, BootError};
use crate::gateway::{Caller, GatewayError, Request};

/// Login of the first administrator.
pub const ADMIN: &str = "admin";

/// How the administrator gets a first password.
#[derive(Debug, Clone, Copy)]
pub enum FirstPassword<'a> {
    /// Given from outside; it need not be changed.
    Given(&'a str),
    /// Made here; it serves once, to choose another.
    OneTime,
}

impl App {
    /// Establishes settings, standard roles, administrator, the policy's owner and standard classes where missing; a one-time
    /// password that was made is returned, to be shown once.
    pub async fn first_start(
        &self,
        password: FirstPassword<'_>,
    ) -> Result<Option<String>, BootError> {
        self.establish_settings().await?;
        self.establish_roles().await?;
        let admin = match self.identity.person_of(ADMIN).await? {
            Some(admin) => admin,
            None => self.register_admin().await?,
        };
        self.establish_policy(admin).await?;
        self.establish_classes().await?;
        // A one-time password that nobody has used yet may never have been seen: it is made again.
        if self.identity.has_own_password(admin).await? {
            return Ok(None);
        }
        let (password, one_time) = match password {
            FirstPassword::Given(password) => (password.to_owned(), false),
            FirstPassword::OneTime => (one_time_password(), true),
        };
        self.identity
            .give_password(admin, &password, one_time)
            .await
            .map_err(|error| BootError::FirstStart(error.to_string()))?;
        Ok(one_time.then_some(password))
    }

    async fn establish_settings(&self) -> Result<(), BootError> {
        let command = SettingsCommand::Establish(Establish { policy: Policy::shipped() });
        let request = Request::new(command, STREAM_ID).correlated(self.gateway.new_id());
        match self.gateway.execute(&Caller::system(), request).await {
            // Other settings were established before: they stay.
            Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(BootError::FirstStart(error.to_string())),
        }
    }

    /// Without anybody who answers for roles that are nobody's, each request of access would come to nothing.
    async fn establish_policy(&self, admin: PersonId) -> Result<(), BootError> {
        let choose = ChooseGovernance { governance: None, owner: Some(admin) };
        let command = AccessPolicyCommand::ChooseGovernance(choose);
        let request = Request::new(command, access_policy::STREAM_ID);
        let mut request = request.correlated(self.gateway.new_id());
        // Whatever was said of it before stays, also if that is nobody.
        request.expected_version = Some(0);
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) | Err(GatewayError::Stale { .. } | GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(BootError::FirstStart(error.to_string())),
        }
    }

    async fn register_admin(&self) -> Result<PersonId, BootError> {
        let id = PersonId(self.gateway.new_id());
        let command = PersonCommand::Register(Box::new(Register {
            id,
            login: ADMIN.to_owned(),
            name: "Administrator".to_owned(),
            email: None,
            phone: None,
            role: Role::SystemAdministrator,
            organization: None,
        }));
        let request = Request::new(command, id.0).correlated(self.gateway.new_id());
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) => Ok(id),
            // Another node was first.
            Err(GatewayError::ClaimTaken { .. }) => {
                let found = self.identity.person_of(ADMIN).await?;
                found.ok_or_else(|| BootError::FirstStart("the administrator vanished".to_owned()))
            }
            Err(error) => Err(BootError::FirstStart(error.to_string())),
        }
    }
}

/// 144 random bits; nobody is meant to keep it.
#[expect(clippy::disallowed_methods, reason = "a password must be unguessable, never repeatable")]
fn one_time_password() -> String {
    let mut bytes = [0; 18];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
