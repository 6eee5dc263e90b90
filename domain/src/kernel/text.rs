//! Bounds of the texts people type, in one place.

/// Longest title of a ticket, in characters.
pub const TITLE_MAX: usize = 200;
/// Longest description, solution or note, in characters.
pub const LONG_TEXT_MAX: usize = 20_000;
/// Longest reason, in characters.
pub const REASON_MAX: usize = 2_000;
/// Longest name of a person, unit or subject, in characters.
pub const NAME_MAX: usize = 200;
/// Longest login, resolution code or external reference, in characters.
pub const WORD_MAX: usize = 100;

/// Why a text is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More characters than its bound.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// A control character other than line breaks and tabs.
    #[error("contains control characters")]
    Control,
}

/// The text without surrounding white space, if it is not empty and within its bound.
pub fn required(text: &str, max: usize) -> Result<String, TextFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextFault::Empty);
    }
    if text.chars().count() > max {
        return Err(TextFault::TooLong(max));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(TextFault::Control);
    }
    Ok(text.to_owned())
}
/// The same for a text of one line: a title, a name, a word.
pub fn line(text: &str, max: usize) -> Result<String, TextFault> {
    let text = required(text, max)?;
    if text.contains(char::is_control) {
        return Err(TextFault::Control);
    }
    Ok(text)
}
