//! Background work: closing by itself, thresholds, reminders, consequences of resolutions, of crossed thresholds,
//! and of edits of plans and calendars; one worker in many processes.

mod by_hand;
mod closing;
mod desk;
mod escalation;
mod measured;
mod processes;
mod rearming;
mod sampling;
mod timers;
