//! The one verb: a report is made and kept by its hash.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::compliance_report::command::Generate;
use domain::compliance_report::{
    ComplianceReport as Kept, ComplianceReportCommand, ComplianceReportRefusal,
};
use domain::kernel::Refused;
use projections::compliance::{ComplianceError, Report};
use uuid::Uuid;

use super::input::ComplianceReportGenerateInput;
use super::query::counted;
use super::types::ComplianceReport;
use crate::graphql::access::{SignedIn, allowed, reads_all};
use crate::graphql::command::{Order, Payload, Told, perform, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;
use crate::graphql::report::unreported;
use crate::graphql::scalar::Position;
use crate::reporting::ReportError;

/// What became of a report that was to be made.
#[derive(SimpleObject)]
pub(super) struct ComplianceReportPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The report; null when the command was refused.
    compliance_report: Option<ComplianceReport>,
    /// Why nothing was done; empty when it was done.
    user_errors: Vec<UserError>,
    /// Where the log says that it was made; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for ComplianceReportPayload {
    type Node = ComplianceReport;

    const VIEWS: &'static [&'static str] = &[];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<ComplianceReport>> {
        let journal = services(cx)?.gateway.journal();
        let kept = journal.load::<Kept>(stream).await.map_err(internal)?.state.0;
        let Some(kept) = kept else { return Ok(None) };
        let report = counted(cx, &kept.question).await.map_err(unreported)?;
        Ok(Some(ComplianceReport(report)))
    }

    fn of(told: Told<ComplianceReport>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            compliance_report: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Makes compliance reports.
#[derive(Default)]
pub(in crate::graphql) struct ComplianceReportMutation;

/// Makes compliance reports.
#[Object]
impl ComplianceReportMutation {
    /// Makes a report and writes into the log what was asked and the hash of the answer, so that no
    /// copy of it can be changed unseen.
    #[graphql(guard = "SignedIn")]
    async fn compliance_report_generate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of which period, as of when.")] input: ComplianceReportGenerateInput,
    ) -> Result<ComplianceReportPayload> {
        let input_hash = input_hash("ComplianceReportGenerateInput", &input);
        let common = input.common.clone();
        let named = common.client_mutation_id.clone();
        // Who may not make one is told so before anything is counted.
        if let Err(error) = may_make(cx) {
            return Ok(refused(named, error));
        }
        let question = input.asked().meant(cx).await?.of(services(cx)?.gateway.journal());
        let report = match counted(cx, &question).await {
            Ok(report) => report,
            Err(error) => {
                let unfit = unfit(&error).ok_or_else(|| unreported(error))?;
                return Ok(refused(named, UserError::refused(Refused::from(unfit))?));
            }
        };
        let services = services(cx)?;
        let head = *services.gateway.journal().head().borrow();
        let command = ComplianceReportCommand::Generate(made(&report, head));
        let stream = services.gateway.new_id();
        told(cx, named, perform(cx, Order { command, stream, common, input_hash }).await?).await
    }
}

fn may_make(cx: &Context<'_>) -> std::result::Result<(), UserError> {
    allowed(cx, Permission::ComplianceReportGenerate)?;
    if reads_all(cx, Permission::ComplianceReportRead) {
        return Ok(());
    }
    allowed(cx, Permission::ComplianceReportRead).map(drop)
}

/// What the question lacks, if that is why there is no report.
fn unfit(error: &ReportError) -> Option<ComplianceReportRefusal> {
    match error {
        ReportError::Compliance(ComplianceError::Unfit(unfit)) => Some(unfit.clone()),
        ReportError::Compliance(ComplianceError::TooShort) => {
            Some(ComplianceReportRefusal::PositionUnfit)
        }
        _ => None,
    }
}

fn made(report: &Report, head: i64) -> Generate {
    Generate {
        question: report.question.clone(),
        head: head.max(report.question.at),
        sha256: report.digest(),
    }
}
