//! `GET /reports/kpis.csv?from=…&to=…&unit=…&person=…&by=…`: key figures, a line a group.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::report::sheet::{self, csv};
use domain::report::{Group, Grouping};
use serde::Deserialize;

use super::{period, sheet as file};
use crate::graphql::{person_of, unit_of};
use crate::http::context::Requests;
use crate::http::graphql::{Outcome, RequestContext};
use crate::http::refusal::Refusal;
use crate::reporting::Whose;

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    from: String,
    to: String,
    unit: Option<String>,
    person: Option<String>,
    by: Option<String>,
}

impl Wish {
    fn whose(&self) -> Result<Whose, Refusal> {
        let no_unit = || Refusal::not_found("there is no such unit");
        let no_person = || Refusal::not_found("there is no such person");
        let by = self.by.as_deref().map(str::parse::<Grouping>).transpose();
        let by = by.map_err(|_| Refusal::bad_request("by is WHOLE, UNIT, PERSON or MONTH"))?;
        Ok(Whose {
            unit: self.unit.as_deref().map(|id| unit_of(id).ok_or_else(no_unit)).transpose()?,
            person: self
                .person
                .as_deref()
                .map(|id| person_of(id).ok_or_else(no_person))
                .transpose()?,
            by: by.unwrap_or(Grouping::Whole),
        })
    }
}

pub(super) async fn download(
    State(requests): State<Arc<Requests>>,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    match written(&requests, wish, &headers).await {
        Ok((at, text)) => file("attachment; filename=\"kpis.csv\"", at, Body::from(text)),
        Err(refusal) => refusal.answer(requests.extensions(&headers, Outcome::Refused).await),
    }
}

async fn written(
    requests: &Requests,
    wish: Result<Query<Wish>, QueryRejection>,
    headers: &HeaderMap,
) -> Result<(DateTime<Utc>, Vec<u8>), Refusal> {
    let caller = requests.working_caller(headers).await?;
    let Query(wish) = wish.map_err(|_| Refusal::bad_request("say from, to and whose figures"))?;
    let (period, whose) = (period(&wish.from, &wish.to)?, wish.whose()?);
    requests.caught_up(headers).await?;
    let services = requests.services();
    let (reporting, now) = (&services.reporting, services.gateway.now());
    let table = reporting.kpis(&reporting.kpi_question(&caller, whose, period, now)?).await?.0;
    let (mut people, mut units) = (Vec::new(), Vec::new());
    for group in table.keys() {
        match group {
            Group::Unit(unit) => units.extend(*unit),
            Group::Person(person) => people.extend(*person),
            Group::Whole | Group::Month(_) => {}
        }
    }
    let names = reporting.names(&people, &units).await?;
    let head = sheet::KPIS.map(str::to_owned).to_vec();
    let lines = table.iter().map(|(group, figures)| sheet::kpi(*group, figures, &names));
    let text = csv(std::iter::once(head).chain(lines)).map_err(|error| Refusal::failed(&error))?;
    Ok((now, text))
}
