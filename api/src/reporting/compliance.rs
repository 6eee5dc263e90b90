//! Compliance reports: counted from the log by the same fold as `replay compliance-report`, so that an
//! auditor who holds the log has the same text, byte by byte.

use std::sync::Arc;

use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::compliance_report::{Draw, Question};
use journal::Journal;
use projections::ReadError;
use projections::compliance::{self, ComplianceError, Report};
use tokio::time::timeout;
use uuid::Uuid;

use super::{PATIENCE, Period, ReportError, Reporting};
use crate::gateway::{Caller, Gateway, guard};

/// What is wished for; a question once it is known how long the log is.
#[derive(Debug, Clone)]
pub struct ComplianceWish {
    /// About when.
    pub period: Period,
    /// The last position that is looked at; none: the last one there is.
    pub at: Option<i64>,
    /// Checkpoints of larger trees are left out; none: all are looked at.
    pub signed: Option<i64>,
    /// What is drawn as a sample.
    pub sample: Option<Draw>,
}

impl ComplianceWish {
    /// The question that is asked of this log.
    #[must_use]
    pub fn of(self, journal: &Journal) -> Question {
        let Self { period: Period { from, to }, at, signed, sample } = self;
        let at = at.unwrap_or_else(|| *journal.head().borrow());
        Question { from, to, at, signed: signed.unwrap_or(i64::MAX), sample }
    }
}

impl Reporting {
    /// The report that answers, for whoever may read it; that it was asked for is noted. The last one is
    /// kept: who opens its figures asks for it again and again, and it never changes.
    ///
    /// # Errors
    /// The caller may not, the question makes no sense, too many at once, or the log cannot be read.
    pub async fn compliance(
        &self,
        gateway: &Gateway,
        (caller, correlation_id): (&Caller, Uuid),
        question: &Question,
    ) -> Result<Arc<Report>, ReportError> {
        let (permission, object) = (Permission::ComplianceReportRead, ObjectView::default());
        gateway.note(caller, (permission, &object), (None, correlation_id)).await;
        if !guard::may_read(caller, permission, gateway.now()) {
            return Err(ReportError::Forbidden);
        }
        question.fits().map_err(ComplianceError::from)?;
        // One at a time: each folds a good part of the log.
        let last = timeout(PATIENCE, self.last.lock()).await;
        let mut last = last.map_err(|_| ReportError::Busy)?;
        let mut read = self.reads.begin().await.map_err(ReadError::from)?;
        let question = compliance::settled(&mut read, question).await?;
        if let Some(kept) = last.as_ref().filter(|kept| kept.question == question) {
            return Ok(Arc::clone(kept));
        }
        let report =
            compliance::report(&mut read, gateway.journal().upcasters(), &question).await?;
        let report = Arc::new(report);
        *last = Some(Arc::clone(&report));
        Ok(report)
    }
}
