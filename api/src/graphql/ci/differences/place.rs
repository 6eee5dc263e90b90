//! Places in the lists of what differs, as cursors say them.

use std::fmt;
use std::str::FromStr;

use domain::kernel::CiId;

/// An item's place: which position it ends at, and the item's last event.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) until: i64,
    pub(super) since: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.until, self.since)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (until, since) = text.split_once(':').ok_or(())?;
        let number = |text: &str| text.parse().map_err(|_| ());
        Ok(Self { until: number(until)?, since: number(since)? })
    }
}

/// A relation's place among those of its item.
pub(super) struct End {
    pub(super) relation: String,
    pub(super) to: CiId,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.to, self.relation)
    }
}

impl FromStr for End {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (to, relation) = text.split_once(':').ok_or(())?;
        Ok(Self { relation: relation.to_owned(), to: to.parse().map_err(|_| ())? })
    }
}
