//! By which ways the tickets of a filter are found, as far as an index knows them.

use super::arm::Arm;
use super::filter::{Compare, Operand, TicketField as Field, TicketFilter};
use super::operand::{all, id};
use crate::error::ReadError;

/// Ways by which each of the filter's tickets is found, and others besides; none: it may be any.
pub(super) fn arms(filter: &TicketFilter) -> Result<Option<Vec<Arm>>, ReadError> {
    match filter {
        TicketFilter::And(parts) => {
            let parts: Result<Vec<_>, _> = parts.iter().map(arms).collect();
            // People have fewer tickets than units, and those fewer than plans.
            let most = |arms: &Vec<Arm>| arms.iter().map(weight).max();
            Ok(parts?.into_iter().flatten().min_by_key(most))
        }
        TicketFilter::Or(parts) => {
            let parts: Result<Option<Vec<_>>, _> = parts.iter().map(arms).collect();
            Ok(parts?.map(|parts| parts.concat()).filter(|arms| !arms.is_empty()))
        }
        TicketFilter::Is(field, Compare::Eq(value)) => among(*field, std::slice::from_ref(value)),
        TicketFilter::Is(field, Compare::In(values)) => among(*field, values),
        TicketFilter::Not(_) | TicketFilter::Is(..) => Ok(None),
    }
}

fn among(field: Field, values: &[Operand]) -> Result<Option<Vec<Arm>>, ReadError> {
    let arm = match field {
        Field::UnitId
        | Field::RequesterId
        | Field::AuthorId
        | Field::HolderId
        | Field::SlaPlanId => Arm::Among(field.column(), all(values, id)?),
        Field::AssigneeId => Arm::Assigned(all(values, id)?),
        _ => return Ok(None),
    };
    Ok(Some(vec![arm]))
}

/// More for what has more tickets.
fn weight(arm: &Arm) -> u8 {
    match arm {
        Arm::Among(column, _) if *column == Field::SlaPlanId.column() => 2,
        Arm::Among(column, _) if *column == Field::UnitId.column() => 1,
        Arm::Among(..) | Arm::Assigned(_) | Arm::Watched(_) | Arm::Unplaced => 0,
    }
}
