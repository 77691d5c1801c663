//! `futago export`: the city in open formats.
//!
//! The exporters write beside the file and rename, which must not happen to a device or a pipe
//! (`-o /dev/stdout`): there the bytes are written straight.

use std::path::Path;

use futago_export::{ExportError, Images, export_buildings, export_cityjson, export_mesh, export_terrain};
use futago_field::sentence;
use futago_model::{CityModel, Objects};
use futago_texts::Texts;

use crate::city::City;
use crate::cli::{CityjsonArgs, ExportArgs};
use crate::failure::{Failure, io_words};
use crate::print;

type Exporter = fn(&CityModel, &Path) -> Result<(), ExportError>;

pub fn mesh(args: &ExportArgs, texts: &Texts) -> anyhow::Result<()> {
    export(args, export_mesh, "glb", &["glb"], texts)
}

pub fn buildings(args: &ExportArgs, texts: &Texts) -> anyhow::Result<()> {
    export(args, export_buildings, "geojson", &["geojson", "json", "parquet", "geoparquet", "csv"], texts)
}

/// The heights of the ground, of the pack that has some.
pub fn terrain(args: &ExportArgs, texts: &Texts) -> anyhow::Result<()> {
    check_ending(&args.output, &["tif", "tiff"], texts)?;
    let city = City::open_terrain_only(&args.packs, texts)?;
    export_terrain(&city.model, &args.output).map_err(|error| failure(&error, texts))?;
    let bytes = std::fs::metadata(&args.output).map_or(0, |meta| meta.len());
    if let Some(terrain) = &city.model.terrain {
        let words = [
            ("file", args.output.display().to_string().into()),
            ("columns", f64::from(terrain.grid.columns).into()),
            ("rows", f64::from(terrain.grid.rows).into()),
            ("spacing", terrain.grid.spacing_m().into()),
            ("kb", (bytes as f64 / 1000.0).into()),
        ];
        print::message(&texts.format("cli-export-terrain-done", &words));
    }
    say_credits(&city, texts);
    Ok(())
}

/// The objects of the packs as published; each pack that has some is read for them alone.
pub fn cityjson(args: &CityjsonArgs, texts: &Texts) -> anyhow::Result<()> {
    let CityjsonArgs { export: args, images } = args;
    check_ending(&args.output, &["json"], texts)?;
    let city = City::open(&args.packs, texts)?;
    let mut objects = Objects::default();
    for path in &args.packs {
        let more = futago_pack::open_objects(path).map_err(|error| {
            let words = [("file", path.display().to_string().into()), ("why", error.to_string().into())];
            Failure::failed(texts, "cli-pack-failed", &words)
        })?;
        objects.append(&more);
    }
    let images = export_cityjson(&objects, &city.model.about, &args.output, images.as_deref())
        .map_err(|error| failure(&error, texts))?;
    let bytes = std::fs::metadata(&args.output).map_or(0, |meta| meta.len());
    if images != Images::default() {
        let words = [("copied", images.copied.into()), ("missing", images.missing.into())];
        print::message(&texts.format("cli-export-cityjson-images", &words));
    }
    say_done(&city, &args.output, bytes, texts);
    Ok(())
}

fn export(
    args: &ExportArgs,
    write: Exporter,
    usual: &str,
    endings: &[&str],
    texts: &Texts,
) -> anyhow::Result<()> {
    let path = &args.output;
    let is_special = std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    if !is_special {
        // Before the city is opened: a wrong name should not cost a wait.
        check_ending(path, endings, texts)?;
    }
    let city = City::open_buildings_only(&args.packs, texts)?;
    let bytes = if is_special {
        write_straight(&city.model, path, write, usual, texts)?
    } else {
        write(&city.model, path).map_err(|error| failure(&error, texts))?;
        std::fs::metadata(path).map_or(0, |meta| meta.len())
    };
    say_done(&city, path, bytes, texts);
    Ok(())
}

fn say_done(city: &City, path: &Path, bytes: u64, texts: &Texts) {
    let words = [
        ("file", path.display().to_string().into()),
        ("buildings", city.model.buildings.records.len().into()),
        ("kb", (bytes as f64 / 1000.0).into()),
    ];
    print::message(&texts.format("cli-export-done", &words));
    say_credits(city, texts);
}

fn say_credits(city: &City, texts: &Texts) {
    for credit in city.model.credits() {
        print::message(&texts.format("cli-export-credit", &[("credit", credit.into())]));
    }
}

fn check_ending(path: &Path, endings: &[&str], texts: &Texts) -> Result<(), Failure> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if endings.contains(&ending.as_str()) {
        return Ok(());
    }
    let known = endings.iter().map(|e| format!(".{e}")).collect::<Vec<_>>().join(", ");
    let args = [("file", path.display().to_string().into()), ("endings", known.into())];
    Err(Failure::wrong_use(texts, "cli-usage-ending", &args))
}

/// To a device or pipe, by way of a temporary file.
fn write_straight(
    model: &CityModel,
    path: &Path,
    write: Exporter,
    ending: &str,
    texts: &Texts,
) -> anyhow::Result<u64> {
    let folder = tempfile::tempdir()?;
    let temporary = folder.path().join(format!("city.{ending}"));
    write(model, &temporary).map_err(|error| failure(&error, texts))?;
    let copy = || -> std::io::Result<u64> {
        let mut device = std::fs::OpenOptions::new().write(true).open(path)?;
        std::io::copy(&mut std::fs::File::open(&temporary)?, &mut device)
    };
    copy().map_err(|error| {
        let args = [("file", path.display().to_string().into()), ("why", io_words(texts, &error).into())];
        Failure::failed(texts, "cli-write-failed", &args).into()
    })
}

/// Writing errors are sentences of the catalogues already.
fn failure(error: &ExportError, texts: &Texts) -> Failure {
    Failure::failed_in_words(sentence(texts, &error.message()))
}
