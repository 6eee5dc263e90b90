//! Of the crate as a whole: frozen formats, small parts, and what the roles may do.

mod leaf;
mod lock;
mod model;
mod roles;
mod token;
mod upcast;
