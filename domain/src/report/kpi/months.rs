//! Months, in UTC.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

/// The first day of a month.
pub(super) fn month_of(at: DateTime<Utc>) -> NaiveDate {
    let day = at.date_naive();
    day.with_day(1).unwrap_or(day)
}

/// A stretch of time, cut where months begin.
pub(super) fn parts(
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
    let mut begin = from;
    std::iter::from_fn(move || {
        if begin >= to {
            return None;
        }
        let next = month_of(begin).checked_add_months(Months::new(1));
        let next = next.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|it| it.and_utc());
        let part = (begin, next.unwrap_or(to).min(to));
        begin = part.1;
        Some(part)
    })
}
