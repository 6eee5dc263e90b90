//! `POST /tickets/{id}/attachments?name=…&internal=true`: the body is the file.
//!
//! Rights, name and media type are looked at before the body is; its bytes are counted and hashed as
//! they come. What it holds is written first, then the event: see `journal::attachments`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, Request as HttpRequest, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use domain::kernel::{Actor, AttachmentId, PersonId, Refused};
use domain::ticket_dossier::command::Attach;
use domain::ticket_dossier::{TicketDossierCommand, TicketDossierRefusal};
use futures_util::StreamExt;
use journal::Receipt;
use journal::attachments::File;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Files;
use crate::gateway::{Caller, GatewayError, Request};
use crate::graphql::{Position, id_of, named, path_of, ticket_of};
use crate::http::refusal::Refusal;

/// How long a body may take to arrive.
const READING: Duration = Duration::from_secs(120);
/// So much of a refused body is still read, for so long: whoever is still sending does not hear.
const SWALLOWED: usize = 4 * 1024 * 1024;
const SWALLOWING: Duration = Duration::from_secs(5);

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    name: String,
    #[serde(default)]
    internal: bool,
}

/// The answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    attachment_id: String,
    sha256: String,
    bytes: u64,
    /// Where the event stands; null when nothing was new.
    position: Option<String>,
    /// Whether this answers an earlier upload with the same `Idempotency-Key`.
    replayed: bool,
}

/// What is known of a file before its bytes.
struct Announced {
    caller: Caller,
    author: PersonId,
    /// Without size and hash.
    attach: Attach,
    key: Option<String>,
}

pub(super) async fn upload(
    State(files): State<Arc<Files>>,
    ticket: Result<Path<String>, PathRejection>,
    request: HttpRequest<Body>,
) -> Response {
    let ticket = ticket.map(|Path(id)| id).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    match files.take_in(&ticket, &parts, &mut body).await {
        Ok((attachment, taken)) => {
            (StatusCode::CREATED, [(LOCATION, path_of(attachment))], Json(taken)).into_response()
        }
        Err(refusal) => {
            swallow(&mut body).await;
            files.refuse(refusal, &parts.headers).await
        }
    }
}

impl Files {
    async fn take_in(
        &self,
        ticket: &str,
        parts: &Parts,
        body: &mut BodyDataStream,
    ) -> Result<(AttachmentId, Taken), Refusal> {
        let announced = self.announced(ticket, parts).await?;
        let _place = self.place().await?;
        let repeated = self.repeated(&announced).await?;
        if !repeated {
            let length = declared_length(&parts.headers).unwrap_or_default();
            let attach = Attach { bytes: length, ..announced.attach.clone() };
            self.gateway.rehearse(&announced.caller, &request(attach)).await?;
        }
        let max_bytes = self.gateway.policy().await?.attachment_max_bytes;
        let read = tokio::time::timeout(READING, read(body, max_bytes)).await;
        let (content, sha256) = read.map_err(|_| Refusal::too_slow())??;
        let bytes = content.len() as u64;
        let attach = Attach { bytes, sha256, ..announced.attach.clone() };
        if !repeated {
            self.keep(&announced, (&content, &sha256)).await?;
        }
        drop(content);
        let receipt = self.attach(announced, attach.clone(), &parts.headers).await?;
        let taken = Taken {
            attachment_id: id_of(attach.attachment),
            sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            bytes,
            position: receipt.token.map(|token| Position::Token(token).to_string()),
            replayed: receipt.replayed,
        };
        Ok((attach.attachment, taken))
    }

    /// Everything that is said before the body.
    async fn announced(&self, ticket: &str, parts: &Parts) -> Result<Announced, Refusal> {
        let caller = self.caller(&parts.headers).await?;
        let Actor::Person(author) = caller.actor else { return Err(Refusal::unauthenticated()) };
        let absent = || GatewayError::Refused(Refused::from(TicketDossierRefusal::NotFound));
        let ticket = ticket_of(ticket).ok_or_else(absent)?;
        let wish = Query::<Wish>::try_from_uri(&parts.uri);
        let unread =
            |_| Refusal::bad_request("the query string is name=…, and internal=true or not");
        let Query(Wish { name, internal }) = wish.map_err(unread)?;
        let key = text(&parts.headers, "idempotency-key")?.map(str::to_owned);
        let attachment = match &key {
            // The same upload again finds its own bytes.
            Some(key) => AttachmentId(Uuid::new_v5(&author.0, named(key, [0; 32])?.key.as_bytes())),
            None => AttachmentId(self.gateway.new_id()),
        };
        let media_type =
            text(&parts.headers, CONTENT_TYPE.as_str())?.unwrap_or_default().to_owned();
        let (bytes, sha256) = (0, [0; 32]);
        let attach = Attach { ticket, attachment, name, media_type, bytes, sha256, internal };
        Ok(Announced { caller, author, attach, key })
    }

    /// Whether the key has been answered before; whether by the same input, the gateway will say.
    async fn repeated(&self, announced: &Announced) -> Result<bool, Refusal> {
        let Some(key) = &announced.key else { return Ok(false) };
        let unknown = named(key, [0; 32])?;
        match self.gateway.answered(announced.caller.actor, unknown).await {
            Ok(receipt) => Ok(receipt.is_some()),
            Err(GatewayError::KeyReused) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes what the file holds, and forgets some of what others left behind.
    async fn keep(
        &self,
        announced: &Announced,
        content: (&[u8], &[u8; 32]),
    ) -> Result<(), Refusal> {
        let Attach { ticket, attachment, .. } = announced.attach;
        let now = self.gateway.now();
        if let Err(error) = self.store.sweep(now).await {
            tracing::warn!(%error, "sweeping up what no file holds");
        }
        let file = File { attachment, ticket, author: announced.author };
        if self.store.put(file, content, now).await? {
            Ok(())
        } else {
            Err(GatewayError::KeyReused.into())
        }
    }

    async fn attach(
        &self,
        announced: Announced,
        attach: Attach,
        headers: &HeaderMap,
    ) -> Result<Receipt, Refusal> {
        let attachment = attach.attachment;
        let idempotency = announced.key.map(|key| named(&key, input_hash(&attach))).transpose()?;
        let traces = self.requests.traces(headers);
        let request = Request {
            idempotency,
            correlation_id: traces.correlation_id,
            trace_id: traces.trace_id,
            ..request(attach)
        };
        let outcome = self.gateway.execute(&announced.caller, request).await?;
        // The event is what counts; the sweep finds out by itself what is not marked here.
        if let Err(error) = self.store.keep(attachment).await {
            tracing::warn!(%error, "marking what a file holds as kept");
        }
        Ok(outcome.receipt)
    }
}

fn request(attach: Attach) -> Request<TicketDossierCommand> {
    let ticket = attach.ticket.0;
    Request::new(TicketDossierCommand::Attach(attach), ticket)
}

/// Everything that makes two uploads the same.
fn input_hash(attach: &Attach) -> [u8; 32] {
    let Attach { ticket, attachment: _, name, media_type, bytes, sha256, internal } = attach;
    let input = json!(["ticketAttach", ticket, name, media_type, bytes, sha256, internal]);
    Sha256::digest(input.to_string()).into()
}

/// The body and its hash, as long as it keeps within its bound.
async fn read(body: &mut BodyDataStream, max_bytes: u32) -> Result<(Vec<u8>, [u8; 32]), Refusal> {
    let max = usize::try_from(max_bytes).unwrap_or(usize::MAX);
    let (mut content, mut hash) = (Vec::new(), Sha256::new());
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request("the body broke off"))?;
        if content.len() + chunk.len() > max {
            let refusal = TicketDossierRefusal::AttachmentTooLarge { max_bytes };
            return Err(GatewayError::Refused(refusal.into()).into());
        }
        hash.update(&chunk);
        content.extend_from_slice(&chunk);
    }
    Ok((content, hash.finalize().into()))
}

async fn swallow(body: &mut BodyDataStream) {
    let all = async {
        let mut swallowed = 0;
        while let Some(Ok(chunk)) = body.next().await {
            swallowed += chunk.len();
            if swallowed > SWALLOWED {
                break;
            }
        }
    };
    // Whoever is too slow to be told is not told.
    let _ = tokio::time::timeout(SWALLOWING, all).await;
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Refusal> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    value.to_str().map(Some).map_err(|_| Refusal::bad_request("a header is not plain ASCII"))
}
