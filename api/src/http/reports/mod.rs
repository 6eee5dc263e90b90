//! Reports as files: `GET /reports/sla.csv`, `GET /reports/kpis.csv`, and those of compliance as a page
//! and a document.
//!
//! The same access token and the same rights as GraphQL; refusals are JSON of the same shape. A unit's
//! report is written while it is read, some hundred lines at a time, so that its length costs no
//! memory; if that fails in the middle the connection breaks, and no file looks whole that is not.
//! Called by the router.

mod compliance;
mod kpis;
mod sla;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, SecondsFormat, Utc};

use super::context::Requests;
use super::refusal::Refusal;
use crate::reporting::Period;

/// The instant whose state a file tells: `replay sla-report --at` counts the same.
const REPORT_AT: HeaderName = HeaderName::from_static("x-report-at");

/// The routes.
pub(super) fn routes(requests: Arc<Requests>) -> Router {
    Router::new()
        .route("/reports/sla.csv", get(sla::download))
        .route("/reports/kpis.csv", get(kpis::download))
        .route("/reports/compliance.html", get(compliance::printed))
        .route("/reports/compliance.json", get(compliance::document))
        .with_state(requests)
}

/// The period of a query string: two instants as RFC 3339 writes them.
fn period(from: &str, to: &str) -> Result<Period, Refusal> {
    let instant = |text: &str| {
        let at = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc));
        at.map_err(|_| {
            Refusal::bad_request("from and to are instants such as 2026-03-01T00:00:00Z")
        })
    };
    Ok(Period { from: instant(from)?, to: instant(to)? })
}

/// A file of this name, as of an instant.
fn sheet(name: &'static str, at: DateTime<Utc>, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8; header=present"),
    );
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    let at = HeaderValue::from_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    headers.extend(at.ok().map(|at| (REPORT_AT, at)));
    response
}
