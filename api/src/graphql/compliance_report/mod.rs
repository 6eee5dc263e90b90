//! Compliance reports: counted from the log when asked, and kept by their hash when made.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::ComplianceReportMutation;
pub(super) use query::ComplianceReportQuery;
