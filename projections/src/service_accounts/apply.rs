//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::ServiceAccountRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `service_accounts`.
#[derive(Debug, Clone, Copy)]
pub struct ServiceAccounts;

impl Rows for ServiceAccounts {
    type Row = ServiceAccountRow;

    const NAME: &'static str = "service_accounts";
    const VERSION: i32 = 2;
    const DDL: &'static str =
        include_str!("../../../migrations/read/views/service_accounts.v2.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "service_accounts", key: &["account_id"], stream: Some("account_id") }];
    const TYPE: &'static str = domain::service_account::ServiceAccount::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::ServiceAccount(..))
    }

    fn fold(row: Option<ServiceAccountRow>, recorded: &Recorded) -> Option<ServiceAccountRow> {
        match &recorded.fact {
            Fact::ServiceAccount(id, event) => {
                ServiceAccountRow::of(row, &recorded.event, event, *id)
            }
            _ => row,
        }
    }
}
