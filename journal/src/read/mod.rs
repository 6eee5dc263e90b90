//! Reading back: events of a stream, pages of the settled log, all streams of a type.
//!
//! Pages are read by number, never by an open cursor; each page is checked to be dense, so that a
//! lost connection is an error and never an early end. Called by the journal's own load, by the
//! projection runner and by the replay tools.

mod event;
mod log;
mod moment;
mod several;
mod shared;
mod streams;
#[cfg(test)]
mod tests;
pub mod whole;

pub use event::{LogEntry, Recorded, StreamEvent};
pub use log::{LogReader, head_of, stream_entries};
pub use moment::{number_at, recorded_at};
pub use several::several;
pub use streams::{StreamsError, StreamsReader, count, positions};

pub(crate) use event::{open_events, stored_event};
pub(crate) use shared::{Holders, Numbers, Streams};
