//! Decisions about the read side. They are no history of the desk: who decided, when and why stands
//! beside the journal.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::Actor;
use domain::kernel::text::{REASON_MAX, required};
use journal::error::is_away;
use projections::dead_letters::{By, Decided, Decision};
use projections::runner::pause::{Paused, pause, resume};
use serde_json::json;

use super::input::{
    DeadLetterDiscardInput, DeadLetterResolveInput, DeadLetterRetryInput, ProjectionPauseInput,
    ProjectionResumeInput,
};
use super::letter::DeadLetter;
use super::types::Projection;
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::id::decode_dead_letter;
use crate::graphql::refusal::{ErrorCode, UserError};

/// What became of a decision about a dead letter.
#[derive(SimpleObject)]
struct DeadLetterPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The dead letter as it is now; null when there is none, or you may not decide.
    dead_letter: Option<DeadLetter>,
    /// Where the stream waits now, when a later event of it could not be applied either.
    next: Option<DeadLetter>,
    /// Why nothing was done; empty when it was.
    user_errors: Vec<UserError>,
}

/// What became of a word about a projection.
#[derive(SimpleObject)]
struct ProjectionPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The projection as it is now; null when there is none, or you may not decide.
    projection: Option<Projection>,
    /// Why nothing was done; empty when it was, or was so already.
    user_errors: Vec<UserError>,
}

/// Decisions about the read side.
#[derive(Default)]
pub(in crate::graphql) struct ProjectionMutation;

/// Decisions about the read side.
#[Object]
impl ProjectionMutation {
    /// Tries an event again that a projection could not apply, and those behind it.
    #[graphql(guard = "SignedIn")]
    async fn dead_letter_retry(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which dead letter.")] input: DeadLetterRetryInput,
    ) -> Result<DeadLetterPayload> {
        let DeadLetterRetryInput { client_mutation_id, dead_letter_id, reason } = input;
        let told = async {
            let who = decider(cx)?;
            let reason = reason.as_deref().map(because).transpose()?;
            Ok((decode(&dead_letter_id)?, By { who, reason }))
        };
        decide(cx, client_mutation_id, Decision::Retry, told.await).await
    }

    /// Makes the rows of a stream that waits anew, from its whole history.
    #[graphql(guard = "SignedIn")]
    async fn dead_letter_resolve(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which dead letter, and why.")] input: DeadLetterResolveInput,
    ) -> Result<DeadLetterPayload> {
        let DeadLetterResolveInput { client_mutation_id, dead_letter_id, reason } = input;
        let told = said(cx, &dead_letter_id, &reason);
        decide(cx, client_mutation_id, Decision::Resolve, told).await
    }

    /// Leaves an event out of a projection for good, and applies those behind it. The history keeps
    /// it.
    #[graphql(guard = "SignedIn")]
    async fn dead_letter_discard(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which dead letter, and why.")] input: DeadLetterDiscardInput,
    ) -> Result<DeadLetterPayload> {
        let DeadLetterDiscardInput { client_mutation_id, dead_letter_id, reason } = input;
        let told = said(cx, &dead_letter_id, &reason);
        decide(cx, client_mutation_id, Decision::Discard, told).await
    }

    /// Stops a projection within a second; readers see it as it stands.
    #[graphql(guard = "SignedIn")]
    async fn projection_pause(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which projection, and why.")] input: ProjectionPauseInput,
    ) -> Result<ProjectionPayload> {
        let ProjectionPauseInput { client_mutation_id, name, reason } = input;
        let told = decider(cx).and_then(|who| Ok((who, because(&reason)?)));
        let done = match told {
            Ok((who, reason)) => {
                let done = pause(&services(cx)?.reads, &name, &who, &reason).await;
                refused(done.map_err(unread)?)
            }
            Err(error) => Err(error),
        };
        projection(cx, client_mutation_id, &name, done).await
    }

    /// Lets a paused projection go on.
    #[graphql(guard = "SignedIn")]
    async fn projection_resume(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which projection.")] input: ProjectionResumeInput,
    ) -> Result<ProjectionPayload> {
        let ProjectionResumeInput { client_mutation_id, name } = input;
        let done = match decider(cx) {
            Ok(who) => {
                let done = resume(&services(cx)?.reads, &name, &who).await;
                refused(done.map_err(unread)?)
            }
            Err(error) => Err(error),
        };
        projection(cx, client_mutation_id, &name, done).await
    }
}

/// Which dead letter, who decides, and why.
type Said = std::result::Result<(i64, By), UserError>;

fn said(cx: &Context<'_>, id: &async_graphql::ID, reason: &str) -> Said {
    let who = decider(cx)?;
    let reason = Some(because(reason)?);
    Ok((decode(id)?, By { who, reason }))
}

/// Who decides, if they may.
fn decider(cx: &Context<'_>) -> std::result::Result<String, UserError> {
    Ok(match allowed(cx, Permission::ProjectionManage)?.actor {
        Actor::Person(person) => person.to_string(),
        Actor::Service(_) | Actor::Import | Actor::System => "system".to_owned(),
    })
}

fn because(reason: &str) -> std::result::Result<String, UserError> {
    required(reason, REASON_MAX).map_err(|fault| {
        UserError::new(ErrorCode::ReasonUnfit, format!("reason {fault}")).at("reason")
    })
}

fn decode(id: &async_graphql::ID) -> std::result::Result<i64, UserError> {
    decode_dead_letter(id).map_err(|fault| UserError::bad_id("deadLetterId", fault))
}

async fn decide(
    cx: &Context<'_>,
    client_mutation_id: Option<String>,
    decision: Decision,
    told: Said,
) -> Result<DeadLetterPayload> {
    let (letter, next, refused) = match told {
        Ok((id, by)) => match services(cx)?.dead_letters.decide(id, decision, &by).await {
            Ok(decided) => outcome(decided),
            Err(error) if error.is_transient() && !is_away(&error) => {
                // It waited for a lock for too long, or another version has prepared the tables.
                let sentence = "the projection is being written or rebuilt; try again";
                (None, None, Some(UserError::new(ErrorCode::Busy, sentence)))
            }
            Err(error) => return Err(internal(error)),
        },
        Err(error) => (None, None, Some(error)),
    };
    Ok(DeadLetterPayload {
        client_mutation_id,
        dead_letter: letter.map(DeadLetter),
        next: next.map(DeadLetter),
        user_errors: refused.into_iter().collect(),
    })
}

type Outcome =
    (Option<projections::DeadLetter>, Option<projections::DeadLetter>, Option<UserError>);

fn outcome(decided: Decided) -> Outcome {
    match decided {
        Decided::Settled(letter) => (Some(letter), None, None),
        Decided::Further { settled, next } => (Some(*settled), Some(*next), None),
        Decided::Failed(letter) => {
            let sentence = "the event could not be applied again";
            let error = UserError::new(ErrorCode::DeadLetterStuck, sentence)
                .with("error", json!(letter.error))
                .with("attempts", json!(letter.attempts));
            (Some(letter), None, Some(error))
        }
        Decided::Before(letter) => {
            let sentence = "somebody has settled it before";
            (Some(letter), None, Some(UserError::new(ErrorCode::DeadLetterSettled, sentence)))
        }
        Decided::Unknown => {
            let error =
                UserError::new(ErrorCode::DeadLetterNotFound, "there is no such dead letter");
            (None, None, Some(error.at("deadLetterId")))
        }
    }
}

fn refused(done: Paused) -> std::result::Result<(), UserError> {
    let (code, sentence) = match done {
        Paused::Done => return Ok(()),
        Paused::Unknown => (ErrorCode::ProjectionNotFound, "there is no such projection"),
        Paused::Inline => {
            (ErrorCode::ProjectionInline, "the append keeps this projection: it never stands still")
        }
    };
    Err(UserError::new(code, sentence).at("name"))
}

async fn projection(
    cx: &Context<'_>,
    client_mutation_id: Option<String>,
    name: &str,
    done: std::result::Result<(), UserError>,
) -> Result<ProjectionPayload> {
    let projection = match done {
        Ok(()) => {
            let all = projections::status(&services(cx)?.reads).await.map_err(unread)?;
            all.into_iter().find(|status| status.name == name).map(Projection)
        }
        Err(_) => None,
    };
    Ok(ProjectionPayload {
        client_mutation_id,
        projection,
        user_errors: done.err().into_iter().collect(),
    })
}
