//! One verb a file.

pub mod notify;
pub mod record;
pub mod remind;
