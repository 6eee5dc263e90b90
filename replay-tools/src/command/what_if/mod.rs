//! `replay what-if`: the same events under another plan or calendar. Tickets are folded from their
//! streams; no view is asked, nothing is written.

mod files;
mod ids;
mod plan;
mod shape;
mod tell;
#[cfg(test)]
mod tests;

use std::path::Path;

use domain::kernel::{ClaimKey, Refused, UnitId};
use domain::what_if::{Question, Unfit};
use journal::postgres::connect::NOW;
use projections::what_if::{self, Catalogue, Extent, Stand, WhatIfError};
use sqlx::{Connection, Row};

use crate::cli::WhatIf;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::{Output, cell};

/// Connections that read side by side.
const WORKERS: usize = 4;
/// Tickets of a period at most.
const TICKETS: i64 = 10_000_000;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &WhatIf) -> Result<(), Failure> {
    if ask.from >= ask.to {
        return Err(Failure::BadInput("--to: the period ends before it begins".to_owned()));
    }
    if ask.csv && output.is_json() {
        return Err(Failure::BadInput("--csv: either CSV or JSON".to_owned()));
    }
    let mut conn = opened.snapshot().await?;
    let now = sqlx::query(NOW).fetch_one(&mut conn).await?.try_get("now")?;
    let stand = Stand::at(&mut conn, ask.at, now).await?;
    let catalogue = Catalogue::read(&mut conn, stand.through).await?;
    let wish = files::wish(ask, &catalogue)?;
    let units = match &ask.unit {
        Some(name) => Some([unit(opened, name).await?].into()),
        None => None,
    };
    let facts = what_if::facts(&mut conn, &catalogue, &wish.needs(), stand.through).await?;
    conn.close().await?;
    let supposition = wish.fit(facts, stand.now).map_err(|fault| unfit(ask, &fault))?;
    let question = Question {
        supposed: supposition.supposed,
        from: ask.from,
        to: ask.to,
        at: ask.to.min(stand.now),
        units,
        priority: ask.priority,
    };
    let extent = Extent { through: stand.through, tickets: TICKETS, workers: WORKERS };
    let at = question.at;
    let answer = what_if::ask(&opened.login, question, supposition.hours, extent).await?;
    match ask.csv {
        true => tell::csv(output, &answer),
        false => tell::all(output, &answer, (ask, at, stand.through)),
    }
}

/// A unit by its id or its name.
async fn unit(opened: &Opened, name: &str) -> Result<UnitId, Failure> {
    if let Some(id) = ids::unit(name) {
        return Ok(id);
    }
    let held = opened.journal.holders("unit.name", &[ClaimKey::of_name(name)]).await?;
    let unknown = || Failure::BadInput(format!("--unit: there is no unit {}", cell(name, 80)));
    held.into_iter().next().flatten().map(UnitId).ok_or_else(unknown)
}

/// What is wrong with what is supposed: in which file, where in it, and by which rule.
fn unfit(ask: &WhatIf, fault: &Unfit) -> Failure {
    let of = |path: &Option<std::path::PathBuf>| {
        path.as_deref().map_or_else(String::new, |path: &Path| format!("{}: ", path.display()))
    };
    Failure::BadInput(match fault {
        Unfit::Plan(refused) => format!("{}{}", of(&ask.plan), refusal(refused)),
        Unfit::Calendar(refused) => format!("{}{}", of(&ask.calendar), refusal(refused)),
        Unfit::CalendarUnknown | Unfit::CalendarUnused => format!("{}{fault}", of(&ask.calendar)),
        Unfit::Nothing => fault.to_string(),
    })
}

fn refusal(refused: &Refused) -> String {
    let place = refused.meta.get("place").and_then(|place| place.as_str()).or(refused.field);
    let place = place.map_or_else(String::new, |place| format!("{place}: "));
    format!("{place}{} ({})", refused.message, refused.code)
}

impl From<WhatIfError> for Failure {
    fn from(error: WhatIfError) -> Self {
        match error {
            WhatIfError::Streams(error) => error.into(),
            WhatIfError::Unfit(_) | WhatIfError::TooMany(_) | WhatIfError::NoPosition(_) => {
                Self::BadInput(error.to_string())
            }
            WhatIfError::Almanac(_) | WhatIfError::CutOff => Self::Incomplete(error.to_string()),
        }
    }
}
