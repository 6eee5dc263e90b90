//! How a model's streams are shared among its slots.

use std::num::NonZeroU8;

/// The slot of the stream with this identity, of so many. Rows of `progress` depend on it: another
/// answer needs a new version of every model that has several slots.
pub(crate) fn of(aggregate_id: &str, slots: u8) -> u8 {
    let Some(slots) = NonZeroU8::new(slots) else { return 0 };
    // FNV-1a: cheap, and the same for ever.
    let hash = aggregate_id
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u8::try_from(hash % u32::from(slots.get())).unwrap_or(0)
}
