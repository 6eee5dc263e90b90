//! One verb a file.

pub mod rearrange;
pub mod remove;
pub mod save;
