//! From a question to its answer: who may ask, what is supposed, and the read side's work.

use std::collections::BTreeSet;

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::kernel::UnitId;
use domain::what_if::{Question, Unfit};
use journal::postgres::connect::{self, ActingAs};
use projections::what_if::{self, Catalogue, Extent, Stand, WhatIfError};
use serde_json::json;
use sqlx::Connection;
use tokio::time::timeout;

use super::input::SlaWhatIfInput;
use super::types::SlaWhatIf;
use crate::gateway::{Caller, GatewayError, guard};
use crate::graphql::access::working_caller;
use crate::graphql::context::{PATIENCE, Services, services};
use crate::graphql::error::internal;
use crate::graphql::input::one_way;
use crate::graphql::refusal::{ErrorCode, UserError};

/// Tickets of a period at most.
const TICKETS: i64 = 100_000;
/// Connections that read side by side.
const WORKERS: usize = 4;

/// The answer; what is wrong with the question is part of it.
///
/// # Errors
/// Technical failures.
pub(super) async fn answer(cx: &Context<'_>, input: SlaWhatIfInput) -> Result<SlaWhatIf> {
    let now = services(cx)?.gateway.now();
    let units = match input.fits().and_then(|()| units(working_caller(cx), &input, now)) {
        Ok(units) => units,
        Err(error) => return Ok(SlaWhatIf::refused(error)),
    };
    let services = services(cx)?;
    // Whoever waits longer has to come again: a question may take a while.
    let Ok(turn) = timeout(PATIENCE, services.what_if.acquire()).await else {
        let busy = UserError::new(ErrorCode::Busy, "somebody else asks what if; try again");
        return Ok(SlaWhatIf::refused(busy));
    };
    let _turn = turn.map_err(internal)?;
    let answered = asked(services, input, units).await;
    answered.or_else(|stop| match stop {
        Stop::Refused(error) => Ok(SlaWhatIf::refused(error)),
        Stop::Failed(error) => refused(error).map(SlaWhatIf::refused),
    })
}

/// Why there is no answer.
enum Stop {
    Refused(UserError),
    Failed(WhatIfError),
}

impl<E: Into<WhatIfError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn asked(
    services: &Services,
    input: SlaWhatIfInput,
    units: Option<BTreeSet<UnitId>>,
) -> std::result::Result<SlaWhatIf, Stop> {
    let position = input.position().map_err(Stop::Refused)?;
    let (from, to, priority) = (input.from, input.to, input.priority.map(Into::into));
    let wish = input.wish().map_err(Stop::Refused)?;
    let mut conn = connect::connection(&services.login, ActingAs::App).await?;
    let stand = Stand::at(&mut conn, position, services.gateway.now()).await?;
    let catalogue = Catalogue::read(&mut conn, stand.through).await?;
    let facts = what_if::facts(&mut conn, &catalogue, &wish.needs(), stand.through).await?;
    conn.close().await?;
    let supposition = wish.fit(facts, stand.now)?;
    let at = to.min(stand.now);
    let question = Question { supposed: supposition.supposed, from, to, at, units, priority };
    let extent = Extent { through: stand.through, tickets: TICKETS, workers: WORKERS };
    let answer = what_if::ask(&services.login, question, supposition.hours, extent).await?;
    Ok(SlaWhatIf::of(answer, at, stand.through))
}

/// Whose tickets the caller may ask about: all, those of the unit that is named, or of the units they
/// head.
fn units(
    caller: Result<&Caller>,
    input: &SlaWhatIfInput,
    now: DateTime<Utc>,
) -> std::result::Result<Option<BTreeSet<UnitId>>, UserError> {
    let forbidden = || UserError::new(ErrorCode::Forbidden, GatewayError::Forbidden.to_string());
    let caller = caller.map_err(|_| forbidden())?;
    let may = |object: &ObjectView| {
        guard::authorize(caller, Permission::SlaReportWhatIf, object, now).is_ok()
    };
    let who = caller.person.as_ref().map(|person| &person.who);
    let named = input.unit()?;
    if may(&ObjectView::default()) {
        return Ok(named.map(|unit| [unit].into()));
    }
    let heads = who.map(|who| who.heads.clone()).unwrap_or_default();
    let asked = named.map_or(heads, |unit| [unit].into());
    let theirs = |unit: &UnitId| {
        let person = caller.person.as_ref();
        let unit = person.map(|it| ObjectView::of_unit(&it.world, &it.who, *unit));
        unit.is_some_and(|unit| may(&unit))
    };
    if asked.is_empty() || !asked.iter().all(theirs) {
        return Err(forbidden());
    }
    Ok(Some(asked))
}

/// What is wrong with the question; else it is a failure of ours.
fn refused(error: WhatIfError) -> Result<UserError> {
    let message = error.to_string();
    Ok(match error {
        WhatIfError::Unfit(Unfit::Plan(refused)) => UserError::refused(refused)?.within("plan"),
        WhatIfError::Unfit(Unfit::Calendar(refused)) => {
            UserError::refused(refused)?.within("calendar")
        }
        WhatIfError::Unfit(Unfit::Nothing) => one_way("plan", &message),
        WhatIfError::Unfit(Unfit::CalendarUnknown | Unfit::CalendarUnused) => {
            one_way("calendar", &message)
        }
        WhatIfError::TooMany(most) => one_way("to", &message).with("max", json!(most)),
        WhatIfError::NoPosition(head) => one_way("position", &message).with("max", json!(head)),
        other @ (WhatIfError::Streams(_) | WhatIfError::Almanac(_) | WhatIfError::CutOff) => {
            return Err(internal(other));
        }
    })
}
