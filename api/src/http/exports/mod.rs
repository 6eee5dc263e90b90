//! Exports as files: `GET /exports` says what there is, `GET /exports/{name}?format=…&where=…` is one.
//!
//! The same access token as GraphQL. Who may have a file is who may read everything of its noun;
//! refusals are JSON of the same shape. A file is written while it is read; if that fails in the middle
//! the connection breaks, and no file looks whole that is not. Called by the router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;

use super::context::Requests;
use super::graphql::{Outcome, RequestContext};
use super::refusal::Refusal;
use crate::boot::App;
use crate::exporting::catalogue::NOUNS;
use crate::exporting::{Export, Exporting, Format, Noun, Wish};
use crate::gateway::{Caller, guard};

/// What the routes work with.
struct Exports {
    exporting: Exporting,
    requests: Arc<Requests>,
}

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    format: Option<String>,
    r#where: Option<String>,
}

/// The routes.
pub(super) fn routes(app: &App, requests: Arc<Requests>) -> Router {
    let exporting = Exporting::new(app.deployment.login.clone());
    Router::new()
        .route("/exports", get(list))
        .route("/exports/{name}", get(download))
        .with_state(Arc::new(Exports { exporting, requests }))
}

/// What the caller may have.
async fn list(State(exports): State<Arc<Exports>>, headers: HeaderMap) -> Response {
    match exports.requests.working_caller(&headers).await {
        Ok(caller) => {
            let now = exports.requests.services().gateway.now();
            let nouns = NOUNS.iter().filter(|noun| may_have(&caller, noun, now));
            let nouns = nouns.map(|noun| json!({"name": noun.name, "what": noun.what}));
            Json(nouns.collect::<Vec<_>>()).into_response()
        }
        Err(refusal) => exports.refuse(refusal, &headers).await,
    }
}

async fn download(
    State(exports): State<Arc<Exports>>,
    name: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    match exports.begin(&name, asked, &headers).await {
        Ok((wish, export)) => file(&wish, export),
        Err(refusal) => exports.refuse(refusal, &headers).await,
    }
}

impl Exports {
    async fn begin(
        &self,
        name: &str,
        asked: Result<Query<Asked>, QueryRejection>,
        headers: &HeaderMap,
    ) -> Result<(Wish, Export), Refusal> {
        let caller = self.requests.working_caller(headers).await?;
        let noun =
            Noun::named(name).ok_or_else(|| Refusal::not_found("there is no such export"))?;
        if !may_have(&caller, noun, self.requests.services().gateway.now()) {
            return Err(Refusal::forbidden());
        }
        let Query(asked) = asked.map_err(|_| Refusal::bad_request("say format and where"))?;
        let format = asked.format.as_deref().unwrap_or("csv").parse::<Format>();
        let format = format.map_err(|_| Refusal::bad_request("format is csv, ndjson or xlsx"))?;
        self.requests.caught_up(headers).await?;
        let wish = Wish { noun, format, filter: asked.r#where };
        let export = self.exporting.begin(&wish).await?;
        Ok((wish, export))
    }

    async fn refuse(&self, refusal: Refusal, headers: &HeaderMap) -> Response {
        refusal.answer(self.requests.extensions(headers, Outcome::Refused).await)
    }
}

/// Whether the caller reads everything of it.
fn may_have(caller: &Caller, noun: &Noun, now: DateTime<Utc>) -> bool {
    noun.rights.iter().all(|right| guard::may_read(caller, *right, now))
}

fn file(wish: &Wish, export: Export) -> Response {
    let pieces = stream::unfold(export, |mut export| async move {
        let piece = export.next().await?;
        let piece = piece.inspect_err(|error| tracing::error!(%error, "an export breaks off"));
        Some((piece.map_err(std::io::Error::other), export))
    });
    let mut response = Body::from_stream(pieces).into_response();
    let name = format!("attachment; filename=\"{}.{}\"", wish.noun.name, wish.format);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(wish.format.media_type()));
    let name = HeaderValue::from_str(&name).ok();
    headers.extend(name.map(|name| (header::CONTENT_DISPOSITION, name)));
    response
}
