//! Whether enough are up.

use rust_decimal::Decimal;

use crate::cmdb::{Measure, Redundancy};

/// Whether an item falls of which `failed` of the `all` that feed it have failed.
pub(super) fn falls(all: u32, failed: u32, said: &Redundancy) -> bool {
    failed > 0 && too_few(all.saturating_sub(failed), all, said)
}

/// `failed > max(0, all - min_up)` is, with one failed at least, `up < min_up`.
fn too_few(up: u32, all: u32, said: &Redundancy) -> bool {
    match said.measure {
        Measure::Count => Decimal::from(up) < said.min_up,
        Measure::Percent => too_small(up, all, said.min_up),
    }
}

/// Whether `up / all < percent / 100`, without rounding: `100 * up * 10^scale < all * mantissa`. The
/// right side fits into 128 bits whatever it is; a left side that does not is greater.
fn too_small(up: u32, all: u32, percent: Decimal) -> bool {
    let Ok(mantissa) = u128::try_from(percent.mantissa()) else { return false };
    let right = u128::from(all).saturating_mul(mantissa);
    let left = 10_u128.checked_pow(percent.scale());
    let left = left.and_then(|power| power.checked_mul(100 * u128::from(up)));
    left.is_some_and(|left| left < right)
}
