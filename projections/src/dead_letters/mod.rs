//! Events that a view could not apply: their streams wait, everything else goes on.
//!
//! A row of `read.dead_letters` is the first event of a stream that could not be applied; those
//! behind it are found again in the log. A decision (retry, resolve, discard) is carried out at once
//! by whoever decides, in one transaction that takes the right to write from whoever keeps the view:
//! that one finds its next write refused and reads anew what waits. Parked by the runner; listed and
//! decided by the API and the replay tools; a rebuild settles what was open.

mod decide;
mod letter;
mod park;
mod stream;

pub use decide::{By, DeadLetters, Decided, Decision};
pub(crate) use letter::left_out;
pub use letter::{DeadLetter, Found, Resolution, Settled, by_id, count, list, settle_rebuilt};
pub(crate) use park::{Waiting, park};
pub(crate) use stream::forget_rows;
