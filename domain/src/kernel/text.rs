//! Bounds of the texts people type, in one place.

use super::{DataSubject, Personal};

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

/// Letters behind these are shown in another order than they have: what is read is not what is
/// there. Marks and embeddings, which texts from right to left are pasted with, do no such harm.
const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];

/// Why a text is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing that can be seen.
    #[error("must not be empty")]
    Empty,
    /// More characters than its bound.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// A control character other than line breaks and tabs, or one that turns text around.
    #[error("contains control characters")]
    Control,
}

/// The text without surrounding white space, if it is not empty and within its bound.
pub fn required(text: &str, max: usize) -> Result<String, TextFault> {
    let text = text.trim();
    if text.chars().all(is_unseen) {
        return Err(TextFault::Empty);
    }
    if text.chars().count() > max {
        return Err(TextFault::TooLong(max));
    }
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(controls) || text.contains(OVERRIDES) {
        return Err(TextFault::Control);
    }
    Ok(text.to_owned())
}

/// A reason that outlives whoever is erased, and whoever says it: sealed under the deployment's key.
pub fn lasting_reason(typed: &str) -> Result<Personal<String>, TextFault> {
    Ok(Personal::of(DataSubject::Deployment, required(typed, REASON_MAX)?))
}

/// White space, or what joins and parts letters and is nothing by itself.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The same for a text of one line: a title, a name, a word. It breaks into no second line, and
/// leaves what is shown beside it in its order.
pub fn line(text: &str, max: usize) -> Result<String, TextFault> {
    let text = required(text, max)?;
    let turns = |c| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(char::is_control) || text.contains(turns) {
        return Err(TextFault::Control);
    }
    Ok(text)
}
