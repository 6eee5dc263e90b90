//! A class that a file defines: the one of this name, or a new one.

use domain::ci_class::CiClassCommand;
use domain::ci_class::command::Define;
use domain::cmdb::named::NamedDefinition;
use domain::kernel::CiClassId;

use super::apply::Failure;
use crate::gateway::GatewayError;
use crate::gateway::bulk::{DefineError, Work};
use crate::workers::cis::fault::Fault;
use crate::workers::cis::report::Done;

/// Defines it. It may name itself: items of it that are related to each other.
pub(super) async fn define(work: &mut Work<'_>, class: &NamedDefinition) -> Result<Done, Failure> {
    let catalogue = work.catalogue();
    let known = catalogue.by_name(&class.name).map(|class| class.id);
    let id = known.unwrap_or_else(|| CiClassId(work.new_id()));
    let own = class.name.to_lowercase();
    let id_of = |name: &str| match name.to_lowercase() == own {
        true => Some(id),
        false => catalogue.by_name(name).map(|class| class.id),
    };
    let definition = class.clone().resolved(id_of).map_err(|unknown| Fault::NotThere {
        field: unknown.place,
        what: format!("class {}", unknown.name),
    })?;
    let command = CiClassCommand::Define(Box::new(Define { id, definition }));
    match work.define(id, command).await {
        Ok(changed) => {
            let is_new = changed && known.is_none();
            Ok(Done { is_new, events: u64::from(changed), ..Done::default() })
        }
        Err(DefineError::Refused(refused)) => Err(Fault::Refused(Box::new(refused)).into()),
        Err(DefineError::Append(error)) => Err(GatewayError::from(error).into()),
        Err(DefineError::Failed(GatewayError::Forbidden)) => {
            Err(Fault::NotPermitted("whoever imports may not define classes").into())
        }
        Err(DefineError::Failed(error)) => Err(error.into()),
    }
}
