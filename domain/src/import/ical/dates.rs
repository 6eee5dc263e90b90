//! Dates and lengths as iCalendar writes them.

use chrono::NaiveDate;

/// `20261224`
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|_| is_plain)
}

/// Whether this looks like `20261224T080000` or `20261224T080000Z`.
pub(super) fn is_timed(text: &str) -> bool {
    text.split_once('T').is_some_and(|(day, time)| {
        let time = time.strip_suffix('Z').unwrap_or(time);
        date(day).is_some() && time.len() == 6 && time.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The date of either.
pub(super) fn day_of(text: &str) -> Option<NaiveDate> {
    date(text).or_else(|| text.split_once('T').filter(|_| is_timed(text)).and_then(|it| date(it.0)))
}

/// The days of `P3D` or `P1W`, at least one; with a time of day that adds nothing.
pub(super) fn days(text: &str) -> Option<u64> {
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let text = text.strip_suffix("T0S").or(text.strip_suffix("T0H0M0S")).unwrap_or(text);
    let (number, each) = match text.strip_suffix('W') {
        Some(weeks) => (weeks, 7),
        None => (text.strip_suffix('D')?, 1),
    };
    let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<u64>().ok().filter(|_| is_plain)?.checked_mul(each).map(|days| days.max(1))
}
