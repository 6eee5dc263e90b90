//! What is wrong with a file, and where.

/// What is wrong with a file. Never repeats what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct IcalFault {
    /// Which line, counted from 1; of a folded one its first.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// How a file can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// L6
    #[error("the file has more than 1 MiB")]
    TooLarge,
    /// L7: it does not begin as one.
    #[error("this is no calendar: it does not begin with BEGIN:VCALENDAR")]
    NotACalendar,
    /// L7: neither a name with a value, nor a part of the line before.
    #[error("this is no line of a calendar")]
    NotALine,
    /// L7: an END without its BEGIN.
    #[error("this ends what did not begin")]
    Unbegun,
    /// L7: a BEGIN without its END.
    #[error("this begins and does not end")]
    Unended,
    /// L7
    #[error("the event has no start")]
    StartMissing,
    /// L1, L2, L3
    #[error("{0} is no date such as 20261224")]
    DateUnfit(&'static str),
    /// L1
    #[error("DURATION is not of days or weeks, such as P1D")]
    DurationUnfit,
    /// L2
    #[error("RRULE is not a rule of days that can be followed")]
    RuleUnfit,
    /// L6
    #[error("there are more than 200 rules")]
    TooManyRules,
    /// L6
    #[error("the events up to here take more than 2000 days")]
    TooManyDates,
    /// L6
    #[error("the rules up to here take too long to follow")]
    TooMuchWork,
}
