//! `GET /reports/compliance.html?from=…&to=…&at=…&signed=…&seed=…&size=…`: a compliance report as a page
//! to be printed; with `.json` as the document that has the hash.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::compliance_report::{Draw, words::SAMPLE_SIZES};
use projections::compliance::{Report, page};
use serde::Deserialize;

use super::period;
use crate::http::context::Requests;
use crate::http::graphql::{Outcome, RequestContext};
use crate::http::refusal::Refusal;
use crate::reporting::ComplianceWish;

/// The page brings its own style, and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    from: String,
    to: String,
    at: Option<i64>,
    signed: Option<i64>,
    seed: Option<String>,
    size: Option<u8>,
}

impl Wish {
    fn meant(self) -> Result<ComplianceWish, Refusal> {
        let Self { from, to, at, signed, seed, size } = self;
        if seed.is_none() && size.is_some() {
            return Err(Refusal::bad_request("a sample is drawn by a seed"));
        }
        let size = size.unwrap_or(SAMPLE_SIZES[0]);
        let sample = seed.map(|seed| Draw { seed, size });
        Ok(ComplianceWish { period: period(&from, &to)?, at, signed, sample })
    }
}

/// The page.
pub(super) async fn printed(
    State(requests): State<Arc<Requests>>,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let shown = |report: &Report| {
        let mut response = Body::from(page(report)).into_response();
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        let policy = HeaderValue::from_static(PAGE_POLICY);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        response
    };
    answer(&requests, wish, &headers, shown).await
}

/// The document.
pub(super) async fn document(
    State(requests): State<Arc<Requests>>,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let shown = |report: &Report| {
        let mut response = Body::from(report.text()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let name = HeaderValue::from_static("attachment; filename=\"compliance.json\"");
        headers.insert(header::CONTENT_DISPOSITION, name);
        response
    };
    answer(&requests, wish, &headers, shown).await
}

async fn answer(
    requests: &Requests,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: &HeaderMap,
    shown: impl FnOnce(&Report) -> Response,
) -> Response {
    match counted(requests, wish, headers).await {
        Ok(report) => shown(&report),
        Err(refusal) => refusal.answer(requests.extensions(headers, Outcome::Refused).await),
    }
}

async fn counted(
    requests: &Requests,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: &HeaderMap,
) -> Result<Arc<Report>, Refusal> {
    let caller = requests.working_caller(headers).await?;
    let Query(wish) = wish.map_err(|_| {
        Refusal::bad_request("say from and to, and if you like at, signed, seed and size")
    })?;
    requests.caught_up(headers).await?;
    let services = requests.services();
    let (gateway, correlation_id) = (&services.gateway, requests.traces(headers).correlation_id);
    let question = wish.meant()?.of(gateway.journal());
    Ok(services.reporting.compliance(gateway, (&caller, correlation_id), &question).await?)
}
