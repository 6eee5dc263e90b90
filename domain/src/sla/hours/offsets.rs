//! How far a zone's clocks are from UTC, and since when.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// How far apart the looks are. Whatever a zone does with its clocks, it does not do it twice within
/// a day: the shortest time between two changes, of all zones since 1970, is a week.
const LOOK: i64 = 24 * 3600;

/// What is to be added to UTC to get what the clocks show, in seconds.
pub(super) fn offset(zone: Tz, at: i64) -> i64 {
    let utc = DateTime::from_timestamp(at, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// The times between two instants in which the offset stays the same: (from, to, offset), in order.
pub(super) fn steady(zone: Tz, from: i64, to: i64) -> Vec<(i64, i64, i64)> {
    let (mut begin, mut seen) = (from, from);
    let mut current = offset(zone, from);
    let mut times = Vec::new();
    while seen < to {
        let next = (seen + LOOK).min(to);
        let then = offset(zone, next);
        if then != current {
            let change = first_other(zone, seen, next, current);
            times.push((begin, change, current));
            (begin, current) = (change, then);
        }
        seen = next;
    }
    if begin < to {
        times.push((begin, to, current));
    }
    times
}

/// The first second with another offset, between one that has this offset and one that has not.
fn first_other(zone: Tz, mut same: i64, mut other: i64, current: i64) -> i64 {
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if offset(zone, middle) == current {
            same = middle;
        } else {
            other = middle;
        }
    }
    other
}
