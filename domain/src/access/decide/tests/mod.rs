//! The worked cases of the reference, and what holds of all worlds.

mod bounds;
mod effective;
mod filtered;
mod gates;
pub(in crate::access) mod generated;
mod kept;
mod laws;
mod same;
mod worked;
mod world;
