//! The standard roles with their rules of duties, and what everybody has by birthright: at each start,
//! whatever of these is missing by name is defined by the system, and whoever has nothing by birthright
//! is given it, as in an installation from before there were grants. When nothing is missing, that is a
//! few statements.
//!
//! Not here: the roles themselves (`domain::access::standard`), nor whoever is registered later, whose
//! birthright comes with the registration. Called by the first start of a server and by imports, which
//! may come before any.

use domain::access::known::AccessNeeds;
use domain::access::standard::{missing, missing_duties};
use domain::kernel::{GrantId, PersonId};
use domain::person::Role;
use domain::role::RoleCommand;
use domain::role::command::Define;
use domain::sod_rule::SodRuleCommand;
use domain::sod_rule::command::Define as DefineRule;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Entitle;
use projections::directory::{Doing, unentitled};

use super::{App, BootError};
use crate::gateway::{Caller, Gateway, GatewayError, Request, Step};

/// How often it is looked again after somebody else was first.
const ATTEMPTS: u32 = 3;
/// How many people are given their birthright in one append.
const AT_ONCE: i64 = 100;

impl App {
    /// Defines the standard roles and the rules of duties that are missing, then gives their birthright to all who have none.
    ///
    /// # Errors
    /// Technical failures.
    pub async fn establish_roles(&self) -> Result<(), BootError> {
        let failed = |error: GatewayError| BootError::FirstStart(error.to_string());
        for attempt in 1..=ATTEMPTS {
            match self.define_roles().await {
                Ok(()) => break,
                // Another node may have been first; then less is missing.
                Err(error @ (GatewayError::Refused(_) | GatewayError::ClaimTaken { .. })) => {
                    if attempt == ATTEMPTS {
                        tracing::warn!(%error, "standard roles are missing");
                    }
                }
                Err(error) => return Err(failed(error)),
            }
        }
        self.define_duties().await.map_err(failed)?;
        self.entitle_all().await.map_err(failed)
    }

    /// One by one: a role inherits from those that are there.
    async fn define_roles(&self) -> Result<(), GatewayError> {
        let (needs, now) = (AccessNeeds::rules(), self.gateway.now());
        let known = self.gateway.directory().access(&needs, Doing::Nobody, now).await?;
        let roles = known.rules.map(|rules| missing(&rules.roles)).unwrap_or_default();
        for definition in roles {
            let id = definition.id.0;
            let define = RoleCommand::Define(Box::new(Define { definition }));
            let request = Request::new(define, id).correlated(self.gateway.new_id());
            self.gateway.execute(&Caller::system(), request).await?;
        }
        Ok(())
    }

    /// The rules of duties between these roles. One that was retired stays so.
    async fn define_duties(&self) -> Result<(), GatewayError> {
        let (needs, now) = (AccessNeeds::rules(), self.gateway.now());
        let known = self.gateway.directory().access(&needs, Doing::Nobody, now).await?;
        let duties = known.rules.map(|rules| missing_duties(&rules)).unwrap_or_default();
        for definition in duties {
            let id = definition.id.0;
            let define = SodRuleCommand::Define(Box::new(DefineRule { definition }));
            let request = Request::new(define, id).correlated(self.gateway.new_id());
            match self.gateway.execute(&Caller::system(), request).await {
                Ok(_) | Err(GatewayError::Refused(_) | GatewayError::ClaimTaken { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn entitle_all(&self) -> Result<(), GatewayError> {
        let mut after = None;
        loop {
            let people = unentitled(&self.reads, after, AT_ONCE).await?;
            let Some((last, _)) = people.last() else { return Ok(()) };
            after = Some(*last);
            // Where a rule keeps it from one of them, the others are given theirs.
            if let Err(error) = entitle(&self.gateway, &people).await {
                tracing::warn!(%error, "birthrights are given one by one");
                for one in &people {
                    if let Err(error) = entitle(&self.gateway, &[*one]).await {
                        let person = one.0;
                        tracing::warn!(%person, %error, "somebody has no birthright");
                    }
                }
            }
        }
    }
}

async fn entitle(gateway: &Gateway, people: &[(PersonId, Role)]) -> Result<(), GatewayError> {
    let Some((first, _)) = people.first() else { return Ok(()) };
    let step = |&(person, role): &(PersonId, Role)| {
        let entitle = Entitle { person, role, grant: GrantId(gateway.new_id()) };
        Step::Access(person.0, SubjectAccessCommand::Entitle(entitle))
    };
    let steps = people.iter().map(step).collect();
    let request = Request::new(steps, first.0).correlated(gateway.new_id());
    gateway.execute_together(&Caller::system(), request).await.map(drop)
}
