//! One verb a file.

pub mod define;
pub mod record;
