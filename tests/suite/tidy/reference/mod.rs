//! Pages of `docs/reference/` that are printed from the code and compared with it.

mod classes;
mod events;
mod matrix;
mod permissions;
mod refusals;
mod rights;
