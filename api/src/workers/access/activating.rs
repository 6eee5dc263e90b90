//! What was approved becomes a grant, or an exception, with the request's own word in the same append.
//! What cannot any more is written down as failed, with why.

use domain::access::model::{Grant, GrantSource, GrantState, Granted};
use domain::access_request::command::{Activate, End, FailActivation};
use domain::access_request::state::{Body, Phase};
use domain::access_request::wanted::{Failure, What};
use domain::access_request::words::Ending;
use domain::access_request::{AccessRequest, AccessRequestCommand};
use domain::kernel::{AccessRequestId, ExceptionId, GrantId, PersonId, Refused, RoleId, SodRuleId};
use domain::subject_access::command::{Except, Grant as Give, Prolong};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};
use journal::PositionToken;
use serde_json::Value;
use uuid::Uuid;

use crate::gateway::{Caller, Gateway, GatewayError, Request, Step};
use crate::workers::named;

/// Namespace of what comes of requests. Fixed for ever: what is there must be found again.
const GIVEN: Uuid = Uuid::from_u128(0x71c4_0a5d_e2b8_4d19_93f6_0e8b_2a47_c6d3);

/// A request that may have been approved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Approved {
    /// Which.
    pub(crate) request: AccessRequestId,
    /// Who approved it last: they answer for an exception.
    pub(crate) owner: Option<PersonId>,
    /// What it belongs to; none: to nothing but itself.
    pub(crate) correlation_id: Option<Uuid>,
}

/// Gives what was approved, if it was and its beginning has come; once. Otherwise nothing changes.
/// Where that stands in the log.
pub(crate) async fn activate(
    gateway: &Gateway,
    it: Approved,
) -> Result<Option<PositionToken>, GatewayError> {
    let loaded = gateway.journal().load::<AccessRequest>(it.request.0).await?;
    let Some(body) = loaded.state.0.filter(|body| body.phase == Phase::Approved) else {
        return Ok(None);
    };
    if body.wanted.from.is_some_and(|from| gateway.now() < from) {
        return Ok(None);
    }
    let name = named(&format!("activate {}", it.request));
    let mut request = Request::new(steps(gateway, &body, it).await?, it.request.0);
    request.idempotency = Some(name);
    request.reason = Some("Approved as it was asked for".to_owned());
    request.correlation_id = it.correlation_id.unwrap_or(name.key);
    match gateway.execute_together(&Caller::system(), request).await {
        Ok(outcome) => Ok(outcome.receipt.token),
        Err(GatewayError::Refused(refused)) => fail(gateway, it, &refused).await,
        Err(error) => Err(error),
    }
}

async fn fail(
    gateway: &Gateway,
    it: Approved,
    refused: &Refused,
) -> Result<Option<PositionToken>, GatewayError> {
    let because = failure(refused);
    let command = AccessRequestCommand::FailActivation(FailActivation { because });
    let name = named(&format!("fail {}", it.request));
    let mut request = Request::new(command, it.request.0);
    request.idempotency = Some(name);
    request.reason = Some(refused.message.clone());
    request.correlation_id = it.correlation_id.unwrap_or(name.key);
    match gateway.execute(&Caller::system(), request).await {
        Ok(outcome) => Ok(outcome.receipt.token),
        // Another node was quicker.
        Err(GatewayError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn steps(gateway: &Gateway, body: &Body, it: Approved) -> Result<Vec<Step>, GatewayError> {
    let stream = body.beneficiary.stream().0;
    let activated =
        |grant| Step::AccessRequest(it.request, AccessRequestCommand::Activate(Activate { grant }));
    match &body.wanted.what {
        What::Role { role } => {
            if let Some((before, grant)) = prolonged(gateway, body, *role).await? {
                let (until, request) = (body.wanted.until, Some(it.request));
                let prolong = Prolong { grant, until, request };
                let superseded = End { ending: Ending::Superseded };
                return Ok(vec![
                    Step::Access(stream, SubjectAccessCommand::Prolong(prolong)),
                    activated(Some(grant)),
                    Step::AccessRequest(before, AccessRequestCommand::End(superseded)),
                ]);
            }
            let grant = GrantId(given(it.request));
            let give = Give {
                subject: body.beneficiary,
                grant,
                what: Granted::Role(*role),
                scope: body.wanted.scope.clone(),
                from: body.wanted.from,
                until: body.wanted.until,
                source: GrantSource::Request,
                request: Some(it.request),
                pierces: false,
                pattern: None,
            };
            let give = SubjectAccessCommand::Grant(Box::new(give));
            Ok(vec![Step::Access(stream, give), activated(Some(grant))])
        }
        What::Exception { lifts, control } => {
            let except = Except {
                subject: body.beneficiary,
                exception: ExceptionId(given(it.request)),
                lifts: *lifts,
                // Nobody at all is unfit to answer for it, and that is said.
                owner: it.owner.unwrap_or(PersonId(Uuid::nil())),
                control: control.clone(),
                from: body.wanted.from,
                until: body.wanted.until.unwrap_or_else(|| gateway.now()),
                request: Some(it.request),
            };
            let except = SubjectAccessCommand::Except(Box::new(except));
            Ok(vec![Step::Access(stream, except), activated(None)])
        }
    }
}

/// The grant that it prolongs, and the request of before: of the same role in the same place, that
/// holds and ends no later.
async fn prolonged(
    gateway: &Gateway,
    body: &Body,
    role: RoleId,
) -> Result<Option<(AccessRequestId, GrantId)>, GatewayError> {
    let Some(before) = body.renews else { return Ok(None) };
    let journal = gateway.journal();
    let earlier = journal.load::<AccessRequest>(before.0).await?.state.0;
    let phase = earlier.filter(|it| it.beneficiary == body.beneficiary).map(|it| it.phase);
    let Some(Phase::Active(Some(id))) = phase else { return Ok(None) };
    let access = journal.load::<SubjectAccess>(body.beneficiary.stream().0).await?.state;
    let now = gateway.now();
    let ends_no_later = |grant: &Grant| match (grant.until, body.wanted.until) {
        (Some(_), None) => true,
        (Some(had), Some(wanted)) => had < wanted,
        (None, _) => false,
    };
    let fits = |grant: &&Grant| {
        grant.id == id
            && grant.state == GrantState::Active
            && !grant.is_over(now)
            && grant.role() == Some(role)
            && grant.scope == body.wanted.scope
            && ends_no_later(grant)
    };
    Ok(access.grants().find(fits).map(|grant| (before, grant.id)))
}

/// The same request gives the same thing, however often it is tried.
fn given(request: AccessRequestId) -> Uuid {
    Uuid::new_v5(&GIVEN, request.0.as_bytes())
}

/// Why it failed, from what the rules said.
fn failure(refused: &Refused) -> Failure {
    let rule = || -> Option<SodRuleId> {
        let told = refused.meta.get("sodRuleId").and_then(Value::as_str)?;
        Some(SodRuleId(told.parse().ok()?))
    };
    match refused.code {
        "SUBJECT_ACCESS_DUTIES" => {
            rule().map_or(Failure::Conflict, |rule| Failure::Duties { rule })
        }
        "SUBJECT_ACCESS_SUBJECT_UNFIT" | "SUBJECT_ACCESS_CLOSED" => Failure::BeneficiaryInactive,
        "SUBJECT_ACCESS_WHAT_UNFIT" => Failure::RoleRetired,
        "SUBJECT_ACCESS_END_UNFIT" => Failure::Late,
        _ => Failure::Conflict,
    }
}
