//! Files and folders that are missing, damaged, full or closed: exit code 1, a message with the way out, and
//! nothing half-written.

mod common;

use std::path::Path;
use std::process::Command;

use common::{SMALL, ended, folder, futago, names, root, write_scenario};

fn packs() -> std::path::PathBuf {
    root().join("assets/nishi-shinjuku")
}

#[test]
fn missing_files_are_named() {
    let folder = folder();
    futago(folder.path(), &["run", "nothing.toml"]).refuses(1, &["nothing.toml", "no such file"]);
    futago(folder.path(), &["run", "--lang", "ja", "nothing.toml"])
        .refuses(1, &["nothing.toml", "ありません"]);
    futago(folder.path(), &["info", "nothing.city"]).refuses(1, &["nothing.city", "no such file"]);
    futago(folder.path(), &["info", "."]).refuses(1, &["folder, not a file"]);
    let file =
        write_scenario(folder.path(), &SMALL.replace("schema = 1", "schema = 1\ncity = [\"gone.city\"]"));
    futago(folder.path(), &["run", file]).refuses(1, &["gone.city", "no such file"]);
    assert_eq!(names(folder.path()), ["scenario.toml"]);
}

#[test]
fn damaged_packs_are_told_from_each_other() {
    let folder = folder();
    let whole = std::fs::read(packs().join("streets.city")).unwrap();
    let mut newer = whole.clone();
    newer[8] = 9;
    let mut damaged = whole.clone();
    let middle = whole.len() / 2;
    damaged[middle] ^= 0xff;
    let cases: [(&str, &[u8], &str); 5] = [
        ("cut.city", &whole[..whole.len() / 3], "is cut"),
        ("newer.city", &newer, "version 9"),
        ("damaged.city", &damaged, "damaged"),
        ("text.city", b"hello, this is no city", "does not begin like"),
        ("empty.city", b"", ""),
    ];
    for (name, bytes, why) in cases {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        futago(folder.path(), &["info", name]).refuses(1, &[name, "no city pack", why]);
    }
    futago(folder.path(), &["info", "--lang", "ja", "cut.city"])
        .refuses(1, &["cut.city", "途中で切れています"]);
    let export = ["export", "mesh", "cut.city", "-o", "city.glb"];
    futago(folder.path(), &export).refuses(1, &["is cut"]);
    let file = write_scenario(folder.path(), SMALL);
    futago(folder.path(), &["run", file, "--city", "damaged.city"]).refuses(1, &["damaged"]);
    let left = names(folder.path());
    assert!(!left.iter().any(|name| name.ends_with(".glb") || name == "results"), "{left:?}");
}

#[test]
fn a_pack_without_buildings_cannot_be_run() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    let streets = packs().join("streets.city");
    let args = ["run", file, "--city", streets.to_str().unwrap()];
    futago(folder.path(), &args).refuses(2, &["streets.city", "no buildings"]);
}

/// Below a regular file nobody can make a folder, not even root.
#[test]
fn a_closed_folder_is_refused_before_the_work() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    futago(folder.path(), &["run", file, "--out", "scenario.toml/out"])
        .refuses(1, &["scenario.toml/out", "cannot be written", "--out"]);
    futago(folder.path(), &["export", "buildings", "-o", "scenario.toml/x.geojson"])
        .refuses(1, &["scenario.toml"]);
    assert_eq!(names(folder.path()), ["scenario.toml"]);
    // A folder with somebody's files is theirs.
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    std::fs::write(folder.path().join("mine/photo.jpg"), "x").unwrap();
    futago(folder.path(), &["run", file, "--out", "mine"]).refuses(1, &["mine", "not made by Futago"]);
    assert_eq!(names(&folder.path().join("mine")), ["photo.jpg"]);
}

/// Without --out a folder that cannot be written is no failure: the results go elsewhere, and it says where.
#[cfg(target_os = "linux")]
#[test]
fn the_usual_folder_falls_back() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    std::fs::write(folder.path().join("results"), "a file in the way").unwrap();
    let elsewhere = common::folder();
    let done = ended(common::command(folder.path()).args(["run", file]).env("TMPDIR", elsewhere.path()));
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stderr.contains("--out") && done.stdout.contains("futago-results"), "{}", done.stderr);
    assert!(elsewhere.path().join("futago-results/small/report.html").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_called_so() {
    let folder = folder();
    let full = ["export", "buildings", "-o", "/dev/full"];
    futago(folder.path(), &full).refuses(1, &["/dev/full", "the disk is full"]);
    let device = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = common::command(folder.path()).arg("info").stdout(device).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("the disk is full"), "{said}");
    use std::os::unix::fs::FileTypeExt;
    assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device(), "a device stays a device");
}

/// A disk of 64 kB, in a mount namespace of its own.
#[cfg(target_os = "linux")]
#[test]
fn results_on_a_full_disk_leave_nothing() {
    let folder = folder();
    write_scenario(folder.path(), SMALL);
    std::fs::create_dir(folder.path().join("disk")).unwrap();
    if !can_mount(folder.path()) {
        eprintln!("SKIPPED: this system lets nobody mount a small disk, so the full disk is not tried");
        return;
    }
    let script = format!(
        "mount -t tmpfs -o size=64k tmpfs disk && {{ {} run scenario.toml --out disk/out; code=$?; ls -A disk >&2; exit $code; }}",
        env!("CARGO_BIN_EXE_futago")
    );
    let failed = in_namespace(folder.path(), &script);
    failed.refuses(1, &["disk is full"]);
    assert!(
        failed.stderr.trim_end().ends_with('.'),
        "the last line is the message, not a file: {}",
        failed.stderr
    );
}

#[cfg(target_os = "linux")]
fn can_mount(folder: &Path) -> bool {
    let tried = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs disk"])
        .current_dir(folder)
        .output();
    tried.is_ok_and(|output| output.status.success())
}

#[cfg(target_os = "linux")]
fn in_namespace(folder: &Path, script: &str) -> common::Ended {
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", script]).current_dir(folder);
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    ended(&mut command)
}

/// An older result at the same place is replaced; what was added to it is not lost.
#[test]
fn results_replace_results_only() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    for _ in 0..2 {
        let done = futago(folder.path(), &["run", file, "--out", "out"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    std::fs::write(folder.path().join("out/notes.txt"), "mine").unwrap();
    futago(folder.path(), &["run", file, "--out", "out"]).refuses(1, &["notes.txt"]);
    assert!(folder.path().join("out/notes.txt").is_file());
    assert_eq!(names(folder.path()), ["out", "scenario.toml"]);
}
