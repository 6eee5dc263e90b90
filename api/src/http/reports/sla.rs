//! `GET /reports/sla.csv?unit=…&from=…&to=…`: the tickets of a unit's report, part after part.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::report::sheet::{self, csv};
use domain::report::{Part, Question};
use futures_util::stream::{self, Stream};
use projections::cases::Place;
use serde::Deserialize;
use strum::IntoEnumIterator;

use super::{period, sheet as file};
use crate::graphql::unit_of;
use crate::http::context::Requests;
use crate::http::graphql::{Outcome, RequestContext};
use crate::http::refusal::Refusal;
use crate::reporting::{ReportError, Reporting};

/// Lines that are read and written at a time.
const LINES: i64 = 500;

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    unit: String,
    from: String,
    to: String,
}

pub(super) async fn download(
    State(requests): State<Arc<Requests>>,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    match question(&requests, wish, &headers).await {
        Ok(question) => {
            let at = question.at;
            let written = written(requests.services().reporting.clone(), question);
            file("attachment; filename=\"sla.csv\"", at, Body::from_stream(written))
        }
        Err(refusal) => refusal.answer(requests.extensions(&headers, Outcome::Refused).await),
    }
}

async fn question(
    requests: &Requests,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: &HeaderMap,
) -> Result<Question, Refusal> {
    let caller = requests.working_caller(headers).await?;
    let Query(wish) = wish.map_err(|_| Refusal::bad_request("say unit, from and to"))?;
    let unit = unit_of(&wish.unit).ok_or_else(|| Refusal::not_found("there is no such unit"))?;
    let period = period(&wish.from, &wish.to)?;
    requests.caught_up(headers).await?;
    let services = requests.services();
    let now = services.gateway.now();
    Ok(services.reporting.question(&caller, unit, period, now).await?)
}

/// Where the writing is: which part, behind which line.
struct Reached {
    reporting: Reporting,
    question: Question,
    parts: Vec<Part>,
    after: Option<Place>,
    begun: bool,
}

/// The file, piece by piece.
fn written(
    reporting: Reporting,
    question: Question,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    let parts: Vec<Part> = Part::iter().rev().collect();
    let reached = Reached { reporting, question, parts, after: None, begun: false };
    stream::try_unfold(reached, |reached| async move {
        reached.step().await.inspect_err(|error| tracing::error!(%error, "a report breaks off"))
    })
}

impl Reached {
    /// The next piece, and where the writing is then; none: all is written.
    async fn step(mut self) -> Result<Option<(Bytes, Self)>, std::io::Error> {
        if !self.begun {
            self.begun = true;
            return Ok(Some((Bytes::from(csv([sheet::LINES])?), self)));
        }
        let Some(part) = self.parts.last().copied() else { return Ok(None) };
        let piece = self.piece(part).await.map_err(std::io::Error::other)?;
        Ok(Some((Bytes::from(csv(piece)?), self)))
    }

    async fn piece(&mut self, part: Part) -> Result<Vec<Vec<String>>, ReportError> {
        let page = self.reporting.lines_in_turn(&self.question, part, LINES, self.after).await?;
        self.after = page.lines.last().map(|found| (found.instant, found.ticket));
        if !page.has_next || self.after.is_none() {
            self.parts.pop();
            self.after = None;
        }
        let lines = || page.lines.iter().map(|found| &found.line);
        let people: BTreeSet<_> = lines().flat_map(sheet::people_of).collect();
        let units: BTreeSet<_> = lines().filter_map(|line| line.target.unit).collect();
        let (people, units): (Vec<_>, Vec<_>) =
            (people.into_iter().collect(), units.into_iter().collect());
        let names = self.reporting.names(&people, &units).await?;
        Ok(lines().map(|line| sheet::line(part, line, &names)).collect())
    }
}
