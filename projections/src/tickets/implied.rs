//! Whether a filter lets only tickets pass that the reader sees anyway: a unit's queue asked for by
//! somebody of the unit, what somebody reported asked for by themselves. Such a list need not be cut to
//! the reader's view once more.

use uuid::Uuid;

use super::arm::Arm;
use super::filter::{Compare, Operand, TicketField as Field, TicketFilter};
use super::scope::Scope;
use super::ways;

/// Whether every ticket of the filter lies within the scope. A "no" may be wrong and costs only time.
pub(super) fn within(filter: Option<&TicketFilter>, scope: &Scope) -> bool {
    match scope {
        Scope::All => true,
        Scope::Part(view) => {
            let ways = ways::of(view);
            ways.enough && filter.is_some_and(|filter| follows(filter, &ways.arms))
        }
        Scope::None => false,
    }
}

fn follows(filter: &TicketFilter, arms: &[Arm]) -> bool {
    match filter {
        TicketFilter::And(parts) => parts.iter().any(|part| follows(part, arms)),
        TicketFilter::Or(parts) => parts.iter().all(|part| follows(part, arms)),
        TicketFilter::Is(field, Compare::Eq(value)) => {
            arms.iter().any(|arm| holds(arm, *field, std::slice::from_ref(value)))
        }
        TicketFilter::Is(field, Compare::In(values)) => {
            arms.iter().any(|arm| holds(arm, *field, values))
        }
        TicketFilter::Not(_) | TicketFilter::Is(..) => false,
    }
}

/// Whether who has one of these there has to do with the reader in this way.
fn holds(arm: &Arm, field: Field, values: &[Operand]) -> bool {
    let among = |ids: &[Uuid]| {
        values.iter().all(|value| matches!(value, Operand::Id(id) if ids.contains(id)))
    };
    match arm {
        Arm::Among(column, ids) => *column == field.column() && among(ids),
        Arm::Assigned(people) => field == Field::AssigneeId && among(people),
        Arm::Watched(me) => field == Field::WatcherId && among(&[*me]),
        Arm::Unplaced => false,
    }
}
