//! Reports of service levels and key figures, for those who lead.

mod kpi;
mod query;
mod sla;
mod words;

use async_graphql::ID;
use domain::kernel::{PersonId, UnitId};

pub(super) use kpi::KeyFigures;
pub(super) use query::{ReportQuery, unreported};
pub(super) use sla::SlaReportLine;

use super::id::decode;

/// The unit of an id that came by another way than GraphQL.
pub(crate) fn unit_of(id: &str) -> Option<UnitId> {
    decode(&ID::from(id)).ok()
}

/// The person of such an id.
pub(crate) fn person_of(id: &str) -> Option<PersonId> {
    decode(&ID::from(id)).ok()
}
