//! Lists that stand in an index as they are shown: the live tickets of a unit, and what somebody
//! reported. A page of them is read from where it begins, however many tickets there are.

use uuid::Uuid;

use super::filter::{Compare, TicketField as Field, TicketFilter};
use super::operand::{all, id};
use super::order::{ATTENTION, Direction, INCOMING, TicketOrder};
use super::{asked, narrow, standing};
use crate::error::ReadError;

/// So many of them are merged into one list; each costs the planner some time.
const MOST: usize = 8;

/// Lists of one index, one for each of some keys.
#[derive(Debug, PartialEq)]
pub(super) struct Lines {
    /// The index's first column.
    pub(super) column: &'static str,
    /// Whose lists are merged.
    pub(super) keys: Vec<Uuid>,
    /// Which part of the filter says so.
    pub(super) part: usize,
}

/// An index that holds such lists.
struct Indexed {
    /// By which key.
    field: Field,
    order: &'static [(TicketOrder, Direction)],
    /// Whether of live tickets alone.
    live: bool,
}

/// All of them.
const INDEXED: [Indexed; 3] = [
    Indexed { field: Field::UnitId, order: &ATTENTION, live: true },
    Indexed { field: Field::UnitId, order: &INCOMING, live: true },
    Indexed { field: Field::AuthorId, order: &ATTENTION, live: false },
];

/// The lists that hold every ticket of the filter in this order, if there are such.
pub(super) fn lines(
    filter: Option<&TicketFilter>,
    order: &[(TicketOrder, Direction)],
) -> Result<Option<Lines>, ReadError> {
    let Some(filter) = filter else { return Ok(None) };
    for Indexed { field, order: indexed, live } in INDEXED {
        if indexed != order || (live && !standing::is_live(filter)) {
            continue;
        }
        let Some((part, keys)) = keyed(filter, field)? else { continue };
        if keys.is_empty() || keys.len() > MOST {
            continue;
        }
        // What else it asks for may have fewer tickets, and an index for them.
        let mut narrower = false;
        for (_, other) in filter.parts().iter().enumerate().filter(|(nr, _)| *nr != part) {
            narrower |= asked::arms(other)?.is_some() || narrow::is_bounded(other)?;
        }
        if !narrower {
            return Ok(Some(Lines { column: field.column(), keys, part }));
        }
    }
    Ok(None)
}

/// The part of the filter that names values of the field, and these.
fn keyed(filter: &TicketFilter, field: Field) -> Result<Option<(usize, Vec<Uuid>)>, ReadError> {
    for (nr, part) in filter.parts().iter().enumerate() {
        let values = match part.only() {
            TicketFilter::Is(asked, Compare::Eq(value)) if *asked == field => {
                std::slice::from_ref(value)
            }
            TicketFilter::Is(asked, Compare::In(values)) if *asked == field => values,
            _ => continue,
        };
        let mut keys = all(values, id)?;
        // Twice the same list would show its tickets twice.
        keys.sort_unstable();
        keys.dedup();
        return Ok(Some((nr, keys)));
    }
    Ok(None)
}
