//! What may be given, and whom populations mean.

mod giving;
mod population;
