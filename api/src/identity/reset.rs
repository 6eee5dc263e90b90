//! A one-time password from an administrator, for somebody who cannot sign in any more.
//!
//! It serves for a day, to choose another, and ends all the person's sessions. It is answered once
//! and kept nowhere. Called by the mutation `personResetPassword`.

use chrono::TimeDelta;
use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::kernel::text::{self, REASON_MAX, TextFault};
use domain::kernel::{Actor, PersonId, Personal, Refused};
use domain::person::command::ChangePassword;
use domain::person::{Life, Person, PersonCommand, PersonRefusal};
use journal::identity::Credentials;
use uuid::Uuid;

use super::Identity;
use super::error::ResetError;
use super::password::one_time_password;
use crate::gateway::{Caller, GatewayError, Request, guard};

/// How long a one-time password serves.
const ONE_TIME: TimeDelta = TimeDelta::hours(24);

/// Who gets a one-time password, and why.
#[derive(Debug, Clone)]
pub struct Reset {
    /// Who.
    pub person: PersonId,
    /// Why; it stands in the history.
    pub reason: String,
    /// Groups what the request causes.
    pub correlation_id: Uuid,
    /// W3C trace id.
    pub trace_id: Option<String>,
}

impl Identity {
    /// Gives a person a one-time password, which is answered.
    pub async fn reset_password(
        &self,
        caller: &Caller,
        reset: Reset,
    ) -> Result<String, ResetError> {
        let Reset { person, reason, correlation_id, trace_id } = reset;
        let login = self.must_be_resettable(caller, person).await?;
        // Before anything is changed: the gateway would refuse it afterwards.
        let reason = text::required(&reason, REASON_MAX).map_err(unfit_reason)?;
        let password = one_time_password();
        let password_hash = self.0.passwords.hash(&password).await?;
        let now = self.0.gateway.now();
        let credentials =
            Credentials { password_hash, must_change: true, expires_at: Some(now + ONE_TIME) };
        self.0.store.set_credentials(person, &credentials, now, None).await?;
        let command = PersonCommand::ChangePassword(ChangePassword { must_change: true });
        let request = Request {
            reason: Some(reason),
            correlation_id,
            trace_id,
            ..Request::new(command, person.0)
        };
        self.0.gateway.execute(caller, request).await?;
        if let Some(login) = login.value() {
            self.unlock(login).await.map_err(GatewayError::from)?;
        }
        Ok(password)
    }

    /// The person's login, if the caller may give them a password.
    async fn must_be_resettable(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Personal<String>, ResetError> {
        let now = self.0.gateway.now();
        guard::authorize(caller, Permission::PersonResetPassword, &ObjectView::default(), now)
            .map_err(|_| GatewayError::Forbidden)?;
        if caller.actor == Actor::Person(person) {
            return Err(ResetError::Oneself);
        }
        let known = self.0.gateway.journal().load::<Person>(person.0).await?.state;
        match known.0 {
            None => Err(GatewayError::Refused(PersonRefusal::NotFound.into()).into()),
            Some(body) if body.life == Life::Left => Err(ResetError::Left),
            Some(body) => Ok(body.login),
        }
    }
}

fn unfit_reason(fault: TextFault) -> GatewayError {
    GatewayError::Refused(Refused {
        code: "REASON_UNFIT",
        message: format!("reason {fault}"),
        field: Some("reason"),
        meta: Default::default(),
    })
}
