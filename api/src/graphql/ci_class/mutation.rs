//! The verb of a class.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::ci_class::command::Define;
use domain::ci_class::{CiClass as Known, CiClassCommand};
use domain::cmdb::{NamedDefinition, UnknownClass};
use domain::kernel::CiClassId;
use uuid::Uuid;

use super::CiClass;
use super::input::CiClassDefineInput;
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{Answer, Order, Payload, Told, perform, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::optional;
use crate::graphql::loader;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

/// What became of a command on a class.
#[derive(SimpleObject)]
pub(super) struct CiClassPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The class as it is now; null when the command was refused.
    ci_class: Option<CiClass>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for CiClassPayload {
    type Node = CiClass;

    /// The catalogue is of the directory, which the append itself writes.
    const VIEWS: &'static [&'static str] = &[];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<CiClass>> {
        loader::ci_class(cx, CiClassId(stream)).await
    }

    fn of(told: Told<CiClass>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            ci_class: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a class of configuration items.
#[derive(Default)]
pub(in crate::graphql) struct CiClassMutation;

/// Everything that changes a class of configuration items.
#[Object]
impl CiClassMutation {
    /// Defines a new class of configuration items, or the next version of one: it is extended, nothing
    /// is taken away.
    #[graphql(guard = "SignedIn")]
    async fn ci_class_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CiClassDefineInput,
    ) -> Result<CiClassPayload> {
        let named = input.common.client_mutation_id.clone();
        // Whoever may not is told no more.
        if let Err(error) = allowed(cx, Permission::CiClassDefine) {
            return Ok(refused(named, error));
        }
        match wanted(cx, input).await? {
            Ok(order) => {
                let answer = perform(cx, order).await?;
                told(cx, named, answer).await
            }
            Err(error) => told(cx, named, Answer::Refused(error)).await,
        }
    }
}

type Wanted = std::result::Result<Order<CiClassCommand>, UserError>;

/// The command, with identities in the place of names.
async fn wanted(cx: &Context<'_>, input: CiClassDefineInput) -> Result<Wanted> {
    let gateway = &services(cx)?.gateway;
    let input_hash = input_hash("CiClassDefineInput", &input);
    let common = input.common.clone();
    let earlier: Option<CiClassId> = match optional("ciClassId", input.ci_class_id.as_ref()) {
        Ok(earlier) => earlier,
        Err(error) => return Ok(Err(error)),
    };
    let catalogue = loader::catalogue(cx).await?;
    let before = match earlier {
        None => None,
        Some(id) => {
            let class = gateway.journal().load::<Known>(id.0).await.map_err(internal)?.state.0;
            // What is none yet would be defined under an identity of the caller's choice.
            let Some(body) = class else { return Ok(Err(absent())) };
            Some(NamedDefinition::of(&body.definition, &catalogue))
        }
    };
    let id = earlier.unwrap_or_else(|| CiClassId(gateway.new_id()));
    let said = match input.over(before) {
        Ok(said) => said,
        Err(error) => return Ok(Err(error)),
    };
    // A class may name itself before it is there.
    let own = said.name.to_lowercase();
    let found = said.resolved(|name| match catalogue.by_name(name) {
        Some(class) => Some(class.id),
        None => (name.to_lowercase() == own).then_some(id),
    });
    Ok(found.map_err(unknown).map(|definition| Order {
        command: CiClassCommand::Define(Box::new(Define { id, definition })),
        stream: id.0,
        common,
        input_hash,
    }))
}

fn absent() -> UserError {
    UserError::new(ErrorCode::InvalidId, "there is no such class").at("ciClassId")
}

fn unknown(fault: UnknownClass) -> UserError {
    let message = fault.to_string();
    let (code, field) = match fault.place.split('[').next() {
        Some("parent") => (ErrorCode::CiClassParentUnknown, "parent"),
        Some("relations") => (ErrorCode::CiClassClassUnknown, "relations"),
        _ => (ErrorCode::CiClassClassUnknown, "attributes"),
    };
    UserError::new(code, message).at(field).with("place", fault.place.into())
}
