//! Many files at once are as whole as one.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::signer::files::replace_all;

#[test]
fn all_of_them_are_there_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let paths: Vec<PathBuf> =
        (0..40).map(|n| folder.path().join(format!("{}/{n}", n % 3))).collect();
    for round in ["first", "second"] {
        let texts: Vec<String> = (0..40).map(|n| format!("{round} {n}")).collect();
        let files: Vec<_> =
            paths.iter().cloned().zip(texts.iter().map(|text| text.as_bytes())).collect();
        replace_all(&files).unwrap();
        for (path, text) in paths.iter().zip(&texts) {
            assert_eq!(fs::read_to_string(path).unwrap(), *text);
        }
    }
    let there = (0..3).map(|n| fs::read_dir(folder.path().join(n.to_string())).unwrap().count());
    assert_eq!(there.sum::<usize>(), 40, "no draft is left");
    replace_all(&[]).unwrap();
}

#[test]
fn the_one_that_cannot_be_written_is_named() {
    let folder = TempDir::new().unwrap();
    let (good, taken) = (folder.path().join("good"), folder.path().join("taken"));
    fs::write(&taken, "no folder").unwrap();
    let bad = taken.join("bad");
    let (path, _) = replace_all(&[(good, b"a"), (bad.clone(), b"b")]).unwrap_err();
    assert_eq!(path, bad);
}
