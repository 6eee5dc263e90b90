//! Placeholder head.

pub mod postgres;
