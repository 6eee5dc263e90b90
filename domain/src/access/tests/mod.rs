//! What may be given, and whom populations mean.

mod elevation;
mod giving;
mod population;
