//! Change attachments: which files are taken.

use std::collections::BTreeSet;

use crate::kernel::Context;
use crate::kernel::text::WORD_MAX;
use crate::settings::event::{AttachmentsChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;

/// The largest bound of a file: 25 MiB.
const BYTES_MAX: u32 = 26_214_400;
/// Whoever takes more kinds of files takes any.
const MEDIA_TYPES_MAX: usize = 100;

/// C5. Files are taken up to a size and of at most a hundred media types. The same bounds again
/// change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeAttachments {
    /// The largest file, 1 to 26 214 400 bytes.
    pub max_bytes: u32,
    /// Such as image/png, at most 100 characters each, kept in lower case; empty: none are taken.
    pub media_types: BTreeSet<String>,
}

impl ChangeAttachments {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        let policy = settings.established()?;
        let max_bytes = self.max_bytes;
        let media_types: BTreeSet<String> =
            self.media_types.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        let before = (policy.attachment_max_bytes, &policy.attachment_media_types);
        if before == (max_bytes, &media_types) {
            return Ok(vec![]);
        }
        if !(1..=BYTES_MAX).contains(&max_bytes) {
            return Err(SettingsRefusal::MaxBytesUnfit);
        }
        if media_types.len() > MEDIA_TYPES_MAX || !media_types.iter().all(|it| is_media_type(it)) {
            return Err(SettingsRefusal::MediaTypesUnfit);
        }
        let changed = AttachmentsChanged { max_bytes, media_types };
        Ok(vec![SettingsEvent::AttachmentsChanged(changed)])
    }
}

/// `type/subtype`, each a restricted name of RFC 6838: no parameters, no wildcard.
fn is_media_type(name: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    name.len() <= WORD_MAX
        && name.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}
