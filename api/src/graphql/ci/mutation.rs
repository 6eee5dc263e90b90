//! The verbs of an item. Each is its input and its command; what they share is [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::ci::command::{Correct, Register};
use domain::ci::{Ci as Known, CiCommand, Link, Origin};
use domain::cmdb::Datum;
use domain::kernel::CiId;
use uuid::Uuid;

use super::Ci;
use super::input::{
    CiCorrectInput, CiMergeInput, CiRegisterInput, CiRelateInput, CiRetireInput, CiRevertInput,
    CiUnrelateInput,
};
use super::many::{self, CiManyPayload, ManyInput};
use super::{merge, said};
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{Answer, Order, Payload, Told, perform, refused, run, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::loader;
use crate::graphql::many::Answered;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on an item.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CiPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The item as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    ci: Option<Ci>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for CiPayload {
    type Node = Ci;

    const VIEWS: &'static [&'static str] = &["cis"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Ci>> {
        loader::ci(cx, CiId(stream)).await
    }

    fn of(told: Told<Ci>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            ci: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes an item.
#[derive(Default)]
pub(in crate::graphql) struct CiMutation;

/// Everything that changes an item.
#[Object]
impl CiMutation {
    /// Registers an item.
    #[graphql(guard = "SignedIn")]
    async fn ci_register(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CiRegisterInput,
    ) -> Result<CiPayload> {
        let input_hash = input_hash("CiRegisterInput", &input);
        let common = input.common.clone();
        let named = common.client_mutation_id.clone();
        let stream = services(cx)?.gateway.new_id();
        let command = match register(cx, CiId(stream), input).await? {
            Ok(command) => command,
            Err(error) => return Ok(refused(named, error)),
        };
        told(cx, named, perform(cx, Order { command, stream, common, input_hash }).await?).await
    }

    /// Says anew what is known of an item, by hand: that goes before what any source says.
    #[graphql(guard = "SignedIn")]
    async fn ci_correct(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which item, and what is so.")] input: CiCorrectInput,
    ) -> Result<CiPayload> {
        let (named, answer) = corrected(cx, input).await?;
        told(cx, named, answer).await
    }

    /// Says anew what is known of several items, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ci_correct_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which items, and what is so of each.")] input: ManyInput<CiCorrectInput>,
    ) -> Result<CiManyPayload> {
        many::run(cx, input).await
    }

    /// Relates an item to another one.
    #[graphql(guard = "SignedIn")]
    async fn ci_relate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which items, and how.")] input: CiRelateInput,
    ) -> Result<CiPayload> {
        run(cx, input).await
    }

    /// Relates several items, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ci_relate_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which items, and how.")] input: ManyInput<CiRelateInput>,
    ) -> Result<CiManyPayload> {
        many::run(cx, input).await
    }

    /// Ends a relation.
    #[graphql(guard = "SignedIn")]
    async fn ci_unrelate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which items, and how.")] input: CiUnrelateInput,
    ) -> Result<CiPayload> {
        run(cx, input).await
    }

    /// Says that an item is not used any more. What it is called by is free again.
    #[graphql(guard = "SignedIn")]
    async fn ci_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which item.")] input: CiRetireInput,
    ) -> Result<CiPayload> {
        run(cx, input).await
    }

    /// Says that several items are not used any more, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ci_retire_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which items.")] input: ManyInput<CiRetireInput>,
    ) -> Result<CiManyPayload> {
        many::run(cx, input).await
    }

    /// Takes back all that a source said of an item; what others say then counts.
    #[graphql(guard = "SignedIn")]
    async fn ci_revert(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which item, and which source.")] input: CiRevertInput,
    ) -> Result<CiPayload> {
        run(cx, input).await
    }

    /// Lets an item go on in the place of another one that was the same thing. What is related to
    /// that one is then related to it.
    #[graphql(guard = "SignedIn")]
    async fn ci_merge(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which item ends, and which one goes on.")] input: CiMergeInput,
    ) -> Result<CiPayload> {
        merge::merge(cx, input).await
    }
}

async fn register(
    cx: &Context<'_>,
    id: CiId,
    input: CiRegisterInput,
) -> Result<std::result::Result<CiCommand, UserError>> {
    let catalogue = services(cx)?.gateway.directory().catalogue().await.map_err(internal)?;
    let read = || {
        let class = said::class(&catalogue, &input.class)?;
        let attributes = said::read(Some(class), &input.attributes)?;
        let known: Vec<(String, Datum)> =
            attributes.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let relations: std::result::Result<Vec<Link>, UserError> = input
            .relations
            .iter()
            .map(|link| {
                let to = single("toId", &link.to_id).map_err(|error| error.within("relations"))?;
                Ok(Link { relation: link.relation.clone(), to })
            })
            .collect();
        Ok(CiCommand::Register(Box::new(Register {
            id,
            class: class.id,
            attributes: known.into_iter().collect(),
            relations: relations?,
            origin: Origin::manual(),
        })))
    };
    Ok(read())
}

/// Reads the input and hands the command to the gateway.
pub(super) async fn corrected(cx: &Context<'_>, input: CiCorrectInput) -> Result<Answered> {
    let input_hash = input_hash("CiCorrectInput", &input);
    let common = input.common.clone();
    let named = common.client_mutation_id.clone();
    let answer = match correct(cx, input).await? {
        Ok((command, stream)) => perform(cx, Order { command, stream, common, input_hash }).await?,
        Err(error) => Answer::Refused(error),
    };
    Ok((named, answer))
}

async fn correct(
    cx: &Context<'_>,
    input: CiCorrectInput,
) -> Result<std::result::Result<(CiCommand, Uuid), UserError>> {
    let id: CiId = match single("ciId", &input.ci_id) {
        Ok(id) => id,
        Err(error) => return Ok(Err(error)),
    };
    let gateway = &services(cx)?.gateway;
    let catalogue = gateway.directory().catalogue().await.map_err(internal)?;
    let known = gateway.journal().load::<Known>(id.0).await.map_err(internal)?.state;
    // Whoever may not correct is told so, whether there is such an item or not.
    let may = allowed(cx, Permission::CiCorrect).is_ok();
    let class = known.0.filter(|_| may).and_then(|body| catalogue.by_id(body.class));
    Ok(said::read(class, &input.attributes).map(|attributes| {
        let origin = Origin::manual();
        (CiCommand::Correct(Box::new(Correct { id, attributes, origin })), id.0)
    }))
}
