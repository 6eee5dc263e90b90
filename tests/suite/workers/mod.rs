//! Background work: closing by itself, thresholds, consequences of resolutions, one worker in many processes.

mod closing;
mod desk;
mod processes;
mod timers;
