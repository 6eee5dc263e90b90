//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::DossierRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `dossiers`.
#[derive(Debug, Clone, Copy)]
pub struct Dossiers;

impl Rows for Dossiers {
    type Row = DossierRow;

    const NAME: &'static str = "dossiers";
    const VERSION: i32 = 3;
    const DDL: &'static str = include_str!("../../../migrations/read/views/dossiers.v3.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "dossiers", key: &["ticket_id"], stream: Some("ticket_id") }];
    const TYPE: &'static str = domain::ticket_dossier::Dossier::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const BEHIND: &'static [&'static str] = crate::tickets::SEEN_BY;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::TicketDossier(..))
    }

    fn fold(row: Option<DossierRow>, recorded: &Recorded) -> Option<DossierRow> {
        match &recorded.fact {
            Fact::TicketDossier(id, event) => {
                Some(DossierRow::fold(row, &recorded.event, event, *id))
            }
            _ => row,
        }
    }
}
