//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::RequestRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `access_requests`.
#[derive(Debug, Clone, Copy)]
pub struct AccessRequests;

impl Rows for AccessRequests {
    type Row = RequestRow;

    const NAME: &'static str = "access_requests";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/access_requests.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "access_requests", key: &["request_id"], stream: Some("request_id") }];
    const TYPE: &'static str = domain::access_request::AccessRequest::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::AccessRequest(..))
    }

    fn fold(row: Option<RequestRow>, recorded: &Recorded) -> Option<RequestRow> {
        match &recorded.fact {
            Fact::AccessRequest(id, event) => RequestRow::fold(row, recorded, event, *id),
            _ => row,
        }
    }
}
