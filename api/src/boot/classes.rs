//! The standard classes of configuration items: at each start, whatever of them is missing by name is
//! defined by the system, all at once. When nothing is missing, that is one statement.
//!
//! Not here: the classes themselves (`domain::cmdb::standard`). Called by the first start of a server
//! and by imports, which may come before any.

use domain::ci_class::CiClassCommand;
use domain::ci_class::command::Define;
use domain::cmdb::standard;
use domain::kernel::CiClassId;

use super::{App, BootError};
use crate::gateway::{Caller, GatewayError, Request, Step};

/// How often it is looked again after somebody else was first.
const ATTEMPTS: u32 = 3;

impl App {
    /// Defines the standard classes that are missing. One that cannot be, because an installation has
    /// made something of its name, is left out with all that are missing, and said in the log.
    ///
    /// # Errors
    /// Technical failures.
    pub async fn establish_classes(&self) -> Result<(), BootError> {
        let failed = |error: GatewayError| BootError::FirstStart(error.to_string());
        for attempt in 1..=ATTEMPTS {
            let steps = self.missing_classes().await.map_err(failed)?;
            let Some((first, _)) = steps.first() else { return Ok(()) };
            let first = first.0;
            let steps = steps.into_iter().map(|(id, define)| Step::CiClass(id, define)).collect();
            let request = Request::new(steps, first).correlated(self.gateway.new_id());
            match self.gateway.execute_together(&Caller::system(), request).await {
                Ok(_) => return Ok(()),
                // Another node may have been first; then less is missing.
                Err(error @ (GatewayError::Refused(_) | GatewayError::ClaimTaken { .. })) => {
                    if attempt == ATTEMPTS {
                        tracing::warn!(%error, "standard classes are missing");
                    }
                }
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }

    async fn missing_classes(&self) -> Result<Vec<(CiClassId, CiClassCommand)>, GatewayError> {
        let known = self.gateway.directory().catalogue().await?;
        let define =
            |(id, definition)| (id, CiClassCommand::Define(Box::new(Define { id, definition })));
        Ok(standard::missing(&known).into_iter().map(define).collect())
    }
}
