//! Whole streams, in batches of about as many rows as a statement writes well: for whoever fills
//! empty tables, where nothing of a stream has to be read first.

use journal::Recorded;

use crate::model::ReadModel;

/// Rows a statement, about: settling waits for as long as one takes.
const ROWS: usize = 500;

/// The streams, which stand one behind the other, each whole.
pub(crate) fn batches<'a>(model: &dyn ReadModel, events: &'a [Recorded]) -> Vec<&'a [Recorded]> {
    let row_an_event = row_an_event(model);
    let (mut batches, mut begin, mut end, mut rows) = (Vec::new(), 0, 0, 0);
    for stream in events.chunk_by(|one, next| one.event.aggregate_id == next.event.aggregate_id) {
        end += stream.len();
        rows += if row_an_event { stream.len() } else { 1 };
        if rows >= ROWS {
            batches.push(&events[begin..end]);
            (begin, rows) = (end, 0);
        }
    }
    if begin < events.len() {
        batches.push(&events[begin..]);
    }
    batches
}

/// Whether a stream makes more than one row.
fn row_an_event(model: &dyn ReadModel) -> bool {
    model.tables().iter().any(|table| table.stream.is_none_or(|stream| table.key != [stream]))
}
