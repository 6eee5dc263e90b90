//! The report, counted when asked.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::compliance_report::Question;
use projections::compliance::Report;

use super::input::{Asked, ComplianceSampleInput};
use super::types::ComplianceReport;
use crate::graphql::access::{MayRead, working_caller};
use crate::graphql::context::{services, visit};
use crate::graphql::report::unreported;
use crate::graphql::scalar::Position;
use crate::reporting::{Period, ReportError};

/// Compliance reports.
#[derive(Default)]
pub(in crate::graphql) struct ComplianceReportQuery;

/// Compliance reports.
#[Object]
impl ComplianceReportQuery {
    /// Who came and went in a period, who was given what and by whose yes, and which rules changed:
    /// counted from the log alone. The same question has the same answer for good, byte by byte the one
    /// of `replay compliance-report`. Nothing is kept of it; that does complianceReportGenerate.
    #[graphql(guard = "MayRead(Permission::ComplianceReportRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn compliance_report(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The first instant of the period.")] from: DateTime<Utc>,
        #[graphql(desc = "The first instant behind it.")] to: DateTime<Utc>,
        #[graphql(
            desc = "The last position of the log that is looked at; the last one there is when nothing is said."
        )]
        at: Option<Position>,
        #[graphql(
            desc = "Checkpoints of larger trees are left out: what an earlier report said it had seen."
        )]
        signed_size: Option<i64>,
        #[graphql(desc = "What is drawn as a sample; nothing when nothing is said.")]
        sample: Option<ComplianceSampleInput>,
    ) -> Result<ComplianceReport> {
        let asked = Asked { period: Period { from, to }, at, signed: signed_size, sample };
        let question = asked.meant(cx).await?.of(services(cx)?.gateway.journal());
        counted(cx, &question).await.map(ComplianceReport).map_err(unreported)
    }
}

/// The report that answers.
pub(super) async fn counted(
    cx: &Context<'_>,
    question: &Question,
) -> std::result::Result<Arc<Report>, ReportError> {
    let (Ok(caller), Ok(services)) = (working_caller(cx), services(cx)) else {
        return Err(ReportError::Forbidden);
    };
    let correlation_id = visit(cx).map(|visit| visit.correlation_id).unwrap_or_default();
    services.reporting.compliance(&services.gateway, (caller, correlation_id), question).await
}
