//! Saving and opening: views, pictures, tables and whole results, each with its credits.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bevy::prelude::*;
use bevy_egui::EguiContexts;
use egui_file_dialog::{FileDialog, FileDialogLabels};
use futago_field::Provenance;
use futago_model::CityModel;
use futago_scene::city::TheCity;
use futago_scene::state::{Command, ViewState};
use futago_scene::study::Results;
use futago_texts::Lang;

use crate::settings::Settings;
use crate::shot::Pictures;
use crate::words::Words;

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// The view, as JSON.
    SaveView,
    /// A view from a file.
    OpenView,
    /// A picture of the window.
    Picture,
    /// The table of buildings, as CSV.
    Table,
    /// A folder with everything the last study found.
    Results,
}

impl Want {
    fn name(self) -> &'static str {
        match self {
            Self::SaveView | Self::OpenView => "futago-view.json",
            Self::Picture => "futago.png",
            Self::Table => "futago-buildings.csv",
            Self::Results => "futago-results",
        }
    }
}

/// The dialog that is open.
#[derive(Resource, Default)]
pub struct Files {
    dialog: Option<(Want, FileDialog)>,
    asked: Option<Want>,
}

impl Files {
    /// Asks where.
    pub fn ask(&mut self, want: Want) {
        self.asked = Some(want);
    }

    fn open(&mut self, want: Want, words: &Words) {
        let mut dialog = FileDialog::new().default_file_name(want.name()).labels(labels(words));
        if want == Want::OpenView {
            dialog.pick_file();
        } else {
            dialog.save_file();
        }
        self.dialog = Some((want, dialog));
    }
}

/// Shows the dialog and does what it was opened for.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn draw(
    mut contexts: EguiContexts,
    mut files: ResMut<Files>,
    words: Res<Words>,
    city: Res<TheCity>,
    state: Res<ViewState>,
    results: Res<Results>,
    mut settings: ResMut<Settings>,
    mut pictures: ResMut<Pictures>,
    mut commands: MessageWriter<Command>,
) -> Result {
    if let Some(want) = files.asked.take() {
        files.open(want, &words);
    }
    let Some((want, dialog)) = &mut files.dialog else { return Ok(()) };
    let want = *want;
    dialog.update(contexts.ctx_mut()?);
    let Some(path) = dialog.take_picked() else {
        if matches!(dialog.state(), egui_file_dialog::DialogState::Cancelled) {
            files.dialog = None;
        }
        return Ok(());
    };
    files.dialog = None;
    let done = match want {
        Want::SaveView => save_view(&path, &state),
        Want::OpenView => read_view(&path).map(|state| {
            commands.write(Command::Open(Box::new(state)));
        }),
        Want::Picture => {
            pictures.take(path.clone());
            return Ok(());
        }
        Want::Table => save_table(&path, &city.model, &words),
        Want::Results => save_results(&path, &results, &city.model),
    };
    let file = path.display().to_string();
    settings.notice = Some(match done {
        Ok(()) if want == Want::OpenView => (words.format("view-opened", &[("file", file.into())]), false),
        Ok(()) => (words.format("view-saved", &[("file", file.into())]), false),
        Err(why) => (words.format("view-file-failed", &[("file", file.into()), ("why", why.into())]), true),
    });
    Ok(())
}

/// Writes beside and renames, so that nothing half-written stays.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path)).map_err(|error| {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
        error.to_string()
    })
}

fn save_view(path: &Path, state: &ViewState) -> Result<(), String> {
    let text = serde_json::to_string_pretty(state).map_err(|e| e.to_string())?;
    save(path, text.as_bytes())
}

/// A view from a file.
///
/// # Errors
/// What is wrong with the file.
pub fn read_view(path: &Path) -> Result<ViewState, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    serde_json::from_str(&text).map_err(|e| e.to_string())
}

/// The table of buildings, with its sources in the first lines.
fn save_table(path: &Path, city: &CityModel, words: &Words) -> Result<(), String> {
    let mut text: String = city.credits().iter().map(|credit| format!("# {credit}\n")).collect();
    text.push_str("id,name_ja,name_en,height_m,footprint_m2,flood_depth_m\n");
    let buildings = &city.buildings;
    let quoted = |t: &str| format!("\"{}\"", t.replace('"', "\"\""));
    for record in &buildings.records {
        let name = |id| quoted(buildings.strings.get(id).unwrap_or_default());
        let flood =
            if record.flood_depth_m.is_nan() { String::new() } else { record.flood_depth_m.to_string() };
        let area = buildings.polygons.get(record.footprint).area_m2();
        text.push_str(&format!(
            "{},{},{},{:.1},{area:.1},{flood}\n",
            quoted(buildings.id_of(record)),
            name(record.name_ja),
            name(record.name_en),
            record.height_m,
        ));
    }
    // Spreadsheets in Japan take UTF-8 only with its mark.
    let mark = if words.lang() == Lang::Ja { "\u{feff}" } else { "" };
    save(path, format!("{mark}{text}").as_bytes())
}

fn save_results(path: &Path, results: &Results, city: &Arc<CityModel>) -> Result<(), String> {
    let Some(set) = &results.set else { return Ok(()) };
    let provenance = Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        backend: "cpu".to_owned(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        started_utc: jiff::Timestamp::now().to_string(),
        wall_s: results.took.as_secs_f64(),
        ..Provenance::default()
    };
    let options = futago_export::Options::default();
    futago_export::write_results(path, set, city, &provenance, &options)
        .map(|_| ())
        .map_err(|e| e.to_string())
}

/// The dialog in the window's language.
fn labels(words: &Words) -> FileDialogLabels {
    let text = |key: &str| words.text(key);
    FileDialogLabels {
        title_select_file: text("view-open-view"),
        title_save_file: text("view-save"),
        cancel: text("view-cancel"),
        overwrite: text("view-dialog-overwrite"),
        reload: text("view-dialog-reload"),
        working_directory: text("view-dialog-working"),
        show_hidden: text("view-dialog-hidden"),
        heading_pinned: text("view-dialog-pinned"),
        heading_places: text("view-dialog-places"),
        heading_devices: text("view-dialog-devices"),
        heading_removable_devices: text("view-dialog-removable"),
        home_dir: text("view-dialog-home"),
        desktop_dir: text("view-dialog-desktop"),
        documents_dir: text("view-dialog-documents"),
        downloads_dir: text("view-dialog-downloads"),
        audio_dir: text("view-dialog-audio"),
        pictures_dir: text("view-dialog-pictures"),
        videos_dir: text("view-dialog-videos"),
        selected_file: text("view-dialog-file"),
        file_name: text("view-dialog-name"),
        open_button: text("view-dialog-open"),
        save_button: text("view-save"),
        cancel_button: text("view-cancel"),
        overwrite_file_modal_text: text("view-dialog-exists"),
        err_empty_file_name: text("view-dialog-no-name"),
        ..FileDialogLabels::default()
    }
}
