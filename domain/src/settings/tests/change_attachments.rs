//! C5

use super::{after, established, needs_settings};
use crate::kernel::Refusal;
use crate::settings::command::ChangeAttachments;
use crate::settings::event::AttachmentsChanged;
use crate::settings::{Policy, SettingsCommand, SettingsEvent, SettingsRefusal};

fn change<T: Into<String>>(
    max_bytes: u32,
    media_types: impl IntoIterator<Item = T>,
) -> SettingsCommand {
    let media_types = media_types.into_iter().map(Into::into).collect();
    SettingsCommand::ChangeAttachments(ChangeAttachments { max_bytes, media_types })
}

#[test]
fn c5_files_are_bounded_and_their_types_kept_in_lower_case() {
    let media_types = ["application/vnd.ms-excel".to_owned(), "image/svg+xml".to_owned()].into();
    let changed =
        SettingsEvent::AttachmentsChanged(AttachmentsChanged { max_bytes: 1, media_types });
    let command = || change(1, [" Image/SVG+xml", "application/vnd.ms-excel"]);
    let settings = after([established()]).when(command()).then([changed.clone()]).state();
    assert_eq!(settings.policy().attachment_max_bytes, 1);
    after([established(), changed]).when(command()).nothing();
    let shipped = Policy::shipped();
    let same = change(shipped.attachment_max_bytes, shipped.attachment_media_types);
    after([established()]).when(same).nothing();
    after([established()]).when(change::<String>(26_214_400, [])).acts();
    needs_settings(command());
}

#[test]
fn c5_sizes_and_numbers_have_bounds() {
    for max_bytes in [0, 26_214_401] {
        let command = change(max_bytes, ["image/png"]);
        after([established()]).when(command).refused(SettingsRefusal::MaxBytesUnfit);
    }
    let types = |count| (0..count).map(|number| format!("image/{number}"));
    after([established()]).when(change(1, types(100))).acts();
    let unfit = SettingsRefusal::MediaTypesUnfit;
    assert_eq!(unfit.field(), Some("mediaTypes"));
    after([established()]).when(change(1, types(101))).refused(unfit);
    assert_eq!(SettingsRefusal::MaxBytesUnfit.field(), Some("maxBytes"));
}

#[test]
fn c5_a_media_type_is_two_names() {
    let long = format!("image/{}", "x".repeat(95));
    for wrong in [
        "",
        "image",
        "image/",
        "/png",
        "image/*",
        "*/*",
        "a/b/c",
        "text/plain; x=y",
        "a/ b",
        "ä/b",
        &long,
    ] {
        let command = change(1, [wrong]);
        after([established()]).when(command).refused(SettingsRefusal::MediaTypesUnfit);
    }
    after([established()]).when(change(1, [&long[..100]])).acts();
}
