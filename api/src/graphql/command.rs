//! From an input to its payload: the part that mutations of all nouns share.
//!
//! A noun says what its inputs end in ([`NounInput`]) and what its payload shows ([`Payload`]);
//! [`run`] is the rest of each of its mutations. What is one append over several streams of a
//! ticket goes through [`perform_together`].

use async_graphql::{Context, InputType, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::Receipt;
use uuid::Uuid;

use super::access::working_caller;
use super::context::{PATIENCE, services, visit};
use super::line;
use super::payload::{Common, input_hash};
use super::refusal::UserError;
use super::said::acknowledge;
use super::scalar::Position;
use crate::gateway::{Guarded, Request, Step};

/// What payloads say that is not read from views.
const UNREAD: [&str; 5] = ["clientMutationId", "position", "replayed", "userErrors", "__typename"];

/// What an input asks for.
pub(super) enum Wish<C> {
    /// A new one, whose identity is still to be drawn.
    New(C),
    /// A new one that says its identity itself.
    Named(Box<dyn FnOnce(Uuid) -> C + Send>),
    /// A verb on the one of this stream.
    On(Uuid, C),
}

/// An input that ends in a command on one stream.
pub(super) trait NounInput: InputType + 'static {
    /// The noun's commands.
    type Command: Guarded;
    /// What the noun's mutations answer.
    type Payload: Payload;

    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The command.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_wish(self) -> std::result::Result<Wish<Self::Command>, UserError>;
}

/// Several commands on the way, and what the payload shows.
pub(super) struct Steps {
    /// The stream.
    pub(super) stream: Uuid,
    /// Each with the field of the input that is at fault when it is refused; none: the refusal
    /// names it.
    pub(super) steps: Vec<(Option<&'static str>, Step)>,
}

/// An input that ends in several commands, which are stored together or not at all.
pub(super) trait StepsInput: InputType + 'static {
    /// What the noun's mutations answer.
    type Payload: Payload;

    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The steps. `fresh` is the identity of what is new.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_steps(self, fresh: Uuid) -> std::result::Result<Steps, UserError>;
}

/// What all payloads say, whatever their noun.
pub(super) struct Told<N> {
    pub(super) client_mutation_id: Option<String>,
    pub(super) node: Option<N>,
    pub(super) user_errors: Vec<UserError>,
    pub(super) position: Option<Position>,
    pub(super) replayed: bool,
}

/// What all mutations of a noun answer.
pub(super) trait Payload: Sized {
    /// What it shows.
    type Node: Send;

    /// The read models that are waited for before it is read.
    const VIEWS: &'static [&'static str];

    /// Reads what it shows.
    fn read(
        cx: &Context<'_>,
        stream: Uuid,
    ) -> impl Future<Output = Result<Option<Self::Node>>> + Send;

    /// The payload.
    fn of(told: Told<Self::Node>) -> Self;

    /// Says a refusal better, or hides what the caller may not see.
    fn refined(
        _cx: &Context<'_>,
        error: UserError,
    ) -> impl Future<Output = Result<UserError>> + Send {
        async { Ok(error) }
    }
}

/// A command with everything the client said about it.
pub(super) struct Order<C> {
    pub(super) command: C,
    pub(super) stream: Uuid,
    pub(super) common: Common,
    pub(super) input_hash: [u8; 32],
}

/// What became of it.
pub(super) enum Answer {
    /// Done, or done before: of this stream.
    Done(Uuid, Receipt),
    Refused(UserError),
}

/// A mutation: reads the input, hands the command to the gateway, waits for the views, reads what
/// the payload shows.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) fn run<'c, I: NounInput>(
    cx: &'c Context<'_>,
    input: I,
) -> BoxFuture<'c, Result<I::Payload>> {
    async move {
        let client_mutation_id = input.common().client_mutation_id.clone();
        let answer = perform_one(cx, input).await?;
        told(cx, client_mutation_id, answer).await
    }
    .boxed()
}

/// The same, but for the payload.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) fn perform_one<'c, I: NounInput>(
    cx: &'c Context<'_>,
    input: I,
) -> BoxFuture<'c, Result<Answer>> {
    async move {
        let input_hash = input_hash(&I::type_name(), &input);
        let common = input.common().clone();
        let (stream, command) = match input.into_wish() {
            Ok(Wish::On(stream, command)) => (stream, command),
            Ok(Wish::New(command)) => (services(cx)?.gateway.new_id(), command),
            Ok(Wish::Named(command)) => {
                let fresh = services(cx)?.gateway.new_id();
                (fresh, command(fresh))
            }
            Err(error) => return Ok(Answer::Refused(error)),
        };
        perform(cx, Order { command, stream, common, input_hash }).await
    }
    .boxed()
}

/// A mutation of several commands, otherwise like [`run`].
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) fn run_steps<'c, I: StepsInput>(
    cx: &'c Context<'_>,
    input: I,
) -> BoxFuture<'c, Result<I::Payload>> {
    async move {
        let client_mutation_id = input.common().client_mutation_id.clone();
        let answer = perform_steps(cx, input).await?;
        told(cx, client_mutation_id, answer).await
    }
    .boxed()
}

/// The same, but for the payload.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) fn perform_steps<'c, I: StepsInput>(
    cx: &'c Context<'_>,
    input: I,
) -> BoxFuture<'c, Result<Answer>> {
    async move {
        let input_hash = input_hash(&I::type_name(), &input);
        let common = input.common().clone();
        let Steps { stream, steps } = match input.into_steps(services(cx)?.gateway.new_id()) {
            Ok(steps) => steps,
            Err(error) => return Ok(Answer::Refused(error)),
        };
        let (fields, command): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
        let order = Order { command, stream, common, input_hash };
        let at_step = |step: usize, error: UserError| match fields.get(step - 1) {
            Some(Some(field)) => error.at(field),
            Some(None) | None => error,
        };
        Ok(match perform_together(cx, order, at_step).await? {
            // A repeated one has another stream than was drawn for it.
            Answer::Done(stream, receipt) if receipt.replayed => {
                let first = receipt.streams.first().map_or(stream, |first| first.aggregate_id);
                Answer::Done(first, receipt)
            }
            answer => answer,
        })
    }
    .boxed()
}

/// Hands a command to the gateway.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) async fn perform<C: Guarded>(cx: &Context<'_>, order: Order<C>) -> Result<Answer> {
    let caller = working_caller(cx)?;
    let drawn = order.stream;
    let request = match request(cx, order) {
        Ok(request) => request,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    match services(cx)?.gateway.execute(caller, request).await {
        Ok(outcome) => {
            // A repeated command has another stream than was drawn for it.
            let first = outcome.receipt.streams.first();
            let stream = first.map_or(drawn, |stream| stream.aggregate_id);
            acknowledge(cx, &outcome.receipt).await;
            Ok(Answer::Done(stream, outcome.receipt))
        }
        Err(error) => UserError::from_gateway(error).map(Answer::Refused),
    }
}

/// Hands several commands on a ticket that is there to the gateway, as one. `at_step` says what a
/// refusal of one of them, counted from 1, is to the caller.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) async fn perform_together(
    cx: &Context<'_>,
    order: Order<Vec<Step>>,
    at_step: impl Fn(usize, UserError) -> UserError,
) -> Result<Answer> {
    let caller = working_caller(cx)?;
    let stream = order.stream;
    let request = match request(cx, order) {
        Ok(request) => request,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    match services(cx)?.gateway.execute_steps(caller, request).await {
        Ok(outcome) => {
            acknowledge(cx, &outcome.receipt).await;
            Ok(Answer::Done(stream, outcome.receipt))
        }
        Err(fault) => {
            let error = UserError::from_gateway(fault.error)?;
            Ok(Answer::Refused(match fault.step {
                Some(step) => at_step(step, error),
                None => error,
            }))
        }
    }
}

fn request<C>(cx: &Context<'_>, order: Order<C>) -> std::result::Result<Request<C>, UserError> {
    let Order { command, stream, common, input_hash } = order;
    let visit = visit(cx);
    Ok(Request {
        command,
        stream,
        expected_version: common.expected_version,
        idempotency: common.idempotency(line::digest(cx).unwrap_or(input_hash))?,
        reason: common.reason,
        correlation_id: visit.map(|visit| visit.correlation_id).unwrap_or_default(),
        causation_id: None,
        trace_id: visit.and_then(|visit| visit.trace_id.clone()),
        at: None,
    })
}

/// The payload of an answer: waits until the views show what was done, and reads what it shows. When
/// they have not caught up in time it shows nothing.
///
/// Whoever asks for the position and for nothing that is read has the means to wait later, and is
/// answered at once.
///
/// # Errors
/// Technical failures.
pub(super) fn told<'c, P: Payload>(
    cx: &'c Context<'_>,
    client_mutation_id: Option<String>,
    answer: Answer,
) -> BoxFuture<'c, Result<P>> {
    async move {
        let (stream, receipt) = match answer {
            Answer::Done(stream, receipt) => (stream, receipt),
            Answer::Refused(error) => {
                return Ok(refused(client_mutation_id, P::refined(cx, error).await?));
            }
        };
        line::returned(cx, stream);
        let node = if !waits_by_itself(cx) && shown(cx, P::VIEWS, &receipt).await? {
            P::read(cx, stream).await?
        } else {
            None
        };
        Ok(P::of(Told {
            client_mutation_id,
            node,
            user_errors: Vec::new(),
            position: receipt.token.map(Position::Token),
            replayed: receipt.replayed,
        }))
    }
    .boxed()
}

/// The payload of what was not done.
pub(super) fn refused<P: Payload>(client_mutation_id: Option<String>, error: UserError) -> P {
    P::of(Told {
        client_mutation_id,
        node: None,
        user_errors: vec![error],
        position: None,
        replayed: false,
    })
}

/// Whether the client asks for the position, and for nothing that the views would have to show.
pub(super) fn waits_by_itself(cx: &Context<'_>) -> bool {
    let asked: Vec<&str> = cx.field().selection_set().map(|field| field.name()).collect();
    asked.contains(&"position") && asked.iter().all(|name| UNREAD.contains(name))
}

/// Whether the views show what a command did, before the caller's patience ends.
///
/// # Errors
/// Nobody prepared the execution.
pub(super) async fn shown(
    cx: &Context<'_>,
    views: &[&'static str],
    receipt: &Receipt,
) -> Result<bool> {
    let Some(token) = receipt.token else { return Ok(true) };
    Ok(services(cx)?.waiter.all_passed(views, token, PATIENCE).await.is_ok())
}
