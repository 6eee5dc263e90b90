//! One verb a file.

pub mod record;
