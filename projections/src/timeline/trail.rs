//! One stream told without any table: for whoever does not trust the view.

use journal::Recorded;

use super::apply::stream_of;
use super::picture::Picture;
use super::row::TimelineRow;

/// Tells the events of one stream, in order from the first, as the view does.
#[derive(Debug, Default)]
pub struct Trail(Picture);

impl Trail {
    /// The next event's row; none when this version cannot fold the stream.
    pub fn tell(&mut self, recorded: &Recorded) -> Option<TimelineRow> {
        let (after, changes) = self.0.clone().step(&recorded.fact)?;
        self.0 = after;
        let (id, _) = stream_of(recorded);
        Some(TimelineRow::of(recorded, id, changes).tidy())
    }
}
