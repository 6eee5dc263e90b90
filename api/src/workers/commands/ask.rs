//! Asks the schema to execute a line's mutation, and reads its answer.

use std::sync::Arc;

use async_graphql::{Request, Response, Variables};
use projections::directory::Principal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::CommandsError;
use super::fault::Fault;
use super::line::Line;
use super::report::{Outcome, Refusal};
use crate::boot::App;
use crate::gateway::{Caller, GatewayError};
use crate::graphql::{ErrorCode, Line as OnTheWay, Schema, Services, Visit, schema};
use crate::http::graphql::{RequestErrorCode, make_visible};

/// How often a line is tried while others write to the same objects.
const ROUNDS: u32 = 4;

/// The schema, and what its resolvers work with.
pub(super) struct Schooled {
    schema: Schema,
    services: Services,
}

/// What is asked.
pub(super) struct Asked<'l> {
    pub(super) document: &'l str,
    pub(super) input: &'l Value,
    pub(super) line: &'l Line,
    /// None: nothing is executed.
    pub(super) actor: Option<Principal>,
    pub(super) correlation_id: Uuid,
}

impl Schooled {
    pub(super) fn of(app: &App) -> Self {
        Self { schema: schema(app), services: Services::of(app) }
    }

    /// What came of it, and the streams of what was returned.
    pub(super) async fn ask(
        &self,
        asked: Asked<'_>,
    ) -> Result<(Outcome, Vec<Uuid>), CommandsError> {
        for _ in 0..ROUNDS {
            let line = OnTheWay::new(asked.line.digest);
            let response = self.schema.execute(self.request(&asked, &line)).await;
            let outcome = read(asked.line, response)?;
            match code(&outcome) {
                Some(ErrorCode::Busy) => {}
                // What has items, or changed nothing, is recognised only now.
                Some(ErrorCode::IdempotencyKeyReused) => {
                    let changed = Refusal::from(&Fault::LineChanged);
                    return Ok((Outcome::Refused(changed), Vec::new()));
                }
                _ => return Ok((outcome, line.returned())),
            }
        }
        Err(GatewayError::Busy.into())
    }

    fn request(&self, asked: &Asked<'_>, line: &Arc<OnTheWay>) -> Request {
        let gateway = self.services.gateway.at(asked.line.at);
        let services = Services { gateway, ..self.services.clone() };
        let visit = Visit {
            caller: asked.actor.clone().map(Caller::import_for),
            must_change_password: false,
            correlation_id: asked.correlation_id,
            trace_id: None,
            said: None,
        };
        let variables = Variables::from_json(json!({ "input": asked.input }));
        let request = Request::new(asked.document).variables(variables);
        visit.enter(request, &services).data(services).data(Arc::clone(line))
    }
}

/// The schema's code of a refusal.
fn code(outcome: &Outcome) -> Option<ErrorCode> {
    match outcome {
        Outcome::Refused(refusal) => refusal.code.parse().ok(),
        Outcome::Done | Outcome::Repeated | Outcome::Fit => None,
    }
}

/// A refusal is an answer; what is neither done nor refused ends the import.
fn read(line: &Line, mut response: Response) -> Result<Outcome, CommandsError> {
    make_visible(&mut response.errors);
    if let Some(error) = response.errors.into_iter().next() {
        let code = error.extensions.as_ref().and_then(|values| values.get("code"));
        let unfit = [RequestErrorCode::BadRequest, RequestErrorCode::GraphqlValidationFailed];
        let is_unfit = unfit.iter().any(|unfit| code == Some(&unfit.as_str().into()));
        if !is_unfit {
            return Err(CommandsError::Failed { line: line.number, message: error.message });
        }
        return Ok(Outcome::Refused(Refusal::from(&Fault::InputUnfit(error.message))));
    }
    let data = response.data.into_json().unwrap_or_default();
    let Some(payload) = data.get(&line.mutation) else { return Ok(Outcome::Fit) };
    let one = std::slice::from_ref(payload);
    let several = payload["results"].as_array();
    let payloads = several.map_or(one, Vec::as_slice);
    if let Some((at, refusal)) = payloads.iter().enumerate().find_map(refused) {
        // One of several is named by its place; the others are done by themselves.
        let place = several.map(|_| vec!["items".to_owned(), at.to_string()]);
        let path = place.into_iter().chain(refusal.field.clone()).flatten().collect();
        let field = (several.is_some() || refusal.field.is_some()).then_some(path);
        return Ok(Outcome::Refused(Refusal { field, ..refusal }));
    }
    let replayed =
        !payloads.is_empty() && payloads.iter().all(|payload| payload["replayed"] == true);
    Ok(if replayed { Outcome::Repeated } else { Outcome::Done })
}

/// Why a payload tells of nothing done, if it does, with its place among others.
fn refused((at, payload): (usize, &Value)) -> Option<(usize, Refusal)> {
    let error = payload["userErrors"].as_array()?.first()?;
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let path = error["field"].as_array().map(|path| path.iter().filter_map(Value::as_str));
    let field = path.map(|path| path.map(str::to_owned).collect());
    let meta = error["meta"].clone();
    Some((at, Refusal { code: text("code"), message: text("message"), field, meta }))
}
