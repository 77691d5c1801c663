//! Saving and opening: views, pictures, tables and whole results, each with its credits.

use std::path::Path;
use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy_egui::EguiContexts;
use egui_file_dialog::{FileDialog, FileDialogLabels};
use futago_field::Provenance;
use futago_model::{CityModel, Occupancy};
use futago_scene::city::TheCity;
use futago_scene::state::{Command, ViewState};
use futago_scene::study::{Asked, Results, Simulation};
use futago_scene::sunlight::Form;
use futago_scene::{crowd, office};
use futago_texts::Lang;

use crate::film::Film;
use crate::settings::{Settings, Shot};
use crate::shot::{Pictures, Wanted};
use crate::words::Words;

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// The view, as JSON.
    SaveView,
    /// A view from a file.
    OpenView,
    /// Measured occupancy of floors, from a file.
    OpenOccupancy,
    /// A picture.
    Picture,
    /// A folder with the frames of a film.
    Film,
    /// The question and the what-if, as a scenario file.
    Scenario,
    /// The table of buildings, as CSV.
    Table,
    /// A folder with everything the last study found.
    Results,
}

impl Want {
    fn name(self) -> &'static str {
        match self {
            Self::SaveView | Self::OpenView => "futago-view.json",
            Self::OpenOccupancy => "",
            Self::Picture => "futago.png",
            Self::Film => "futago-film",
            Self::Scenario => "futago-scenario.toml",
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
        let mut dialog = FileDialog::new().default_file_name(want.name()).labels(labels(want, words));
        if matches!(want, Want::OpenView | Want::OpenOccupancy) {
            dialog.pick_file();
        } else {
            dialog.save_file();
        }
        self.dialog = Some((want, dialog));
    }
}

/// Writes a question as a scenario with this name; the program that opens the window knows the format.
pub type WriteScenario = fn(Asked, &str) -> Result<String, String>;

/// See [`WriteScenario`].
#[derive(Resource)]
pub struct ScenarioWriter(pub WriteScenario);

/// Reads measured occupancy and the number of rows that could not be used, or says in a language why not.
pub type ReadOccupancy = fn(&Path, Lang) -> Result<(Occupancy, u64), String>;

/// See [`ReadOccupancy`].
#[derive(Resource)]
pub struct OccupancyReader(pub ReadOccupancy);

/// What takes in measured occupancy.
#[derive(SystemParam)]
pub struct Occupied<'w> {
    reader: Res<'w, OccupancyReader>,
    pub measured: ResMut<'w, office::Measured>,
    pub form: ResMut<'w, office::Form>,
    state: Res<'w, ViewState>,
    pub commands: MessageWriter<'w, Command>,
}

impl Occupied<'_> {
    /// Opens a file, asks about it from now on, and shows the first day that was measured. What is said of it.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn open(&mut self, path: &Path, words: &Words) -> Result<String, String> {
        let (occupancy, left_out) = (self.reader.0)(path, words.lang())?;
        let floors = occupancy.floors.len() as f64;
        self.measured.0 = Some(Arc::new(occupancy));
        self.form.measured = true;
        if let Some(day) = self.measured.first_day() {
            let mut clock = self.state.clock;
            clock.set_local(day.to_datetime(clock.local().time()));
            self.commands.write(Command::GoTo(clock.at));
        }
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let args = [("file", file.into()), ("floors", floors.into()), ("left", (left_out as f64).into())];
        Ok(words.format("view-office-opened", &args))
    }
}

/// What can be written.
#[derive(SystemParam)]
pub struct Sources<'w> {
    city: Res<'w, TheCity>,
    state: Res<'w, ViewState>,
    results: Res<'w, Results>,
    asked: Res<'w, Simulation>,
    form: Res<'w, Form>,
    crowd: Res<'w, crowd::Form>,
    flows: Res<'w, crowd::CountedFlows>,
    writer: Res<'w, ScenarioWriter>,
}

/// Shows the dialog and does what it was opened for.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn draw(
    mut contexts: EguiContexts,
    mut files: ResMut<Files>,
    words: Res<Words>,
    sources: Sources,
    mut settings: ResMut<Settings>,
    mut pictures: ResMut<Pictures>,
    mut film: ResMut<Film>,
    mut occupied: Occupied,
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
        Want::SaveView => save_view(&path, &sources.state),
        Want::OpenView => read_view(&path).map(|state| {
            occupied.commands.write(Command::Open(Box::new(state)));
        }),
        Want::OpenOccupancy => {
            settings.notice = Some(match occupied.open(&path, &words) {
                Ok(said) => (said, false),
                Err(why) => (why, true),
            });
            return Ok(());
        }
        Want::Picture => {
            let Shot { size, panels } = settings.shot;
            pictures.take(Wanted { path: path.clone(), size, panels, at: None });
            return Ok(());
        }
        Want::Film => {
            let began = film.begin(&settings.film, &path, &sources.state.clock, &mut pictures);
            if began.is_ok() {
                return Ok(());
            }
            began
        }
        Want::Scenario => save_scenario(&path, &sources, &occupied),
        Want::Table => futago_export::export_buildings(&sources.city.model, &path).map_err(|e| e.to_string()),
        Want::Results => save_results(&path, &sources.results, &sources.city.model),
    };
    let file = path.display().to_string();
    settings.notice = Some(match done {
        Ok(()) if want == Want::OpenView => (words.format("view-opened", &[("file", file.into())]), false),
        Ok(()) => (words.format("view-saved", &[("file", file.into())]), false),
        Err(why) => (words.format("view-file-failed", &[("file", file.into()), ("why", why.into())]), true),
    });
    Ok(())
}

/// Writes a file whole or not at all.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    futago_export::save_file(path, bytes).map_err(|e| e.to_string())
}

/// Writes a view as JSON.
pub fn save_view(path: &Path, state: &ViewState) -> Result<(), String> {
    let text = serde_json::to_string_pretty(state).map_err(|e| e.to_string())?;
    save(path, text.as_bytes())
}

/// A view from a file.
///
/// # Errors
/// What is wrong with the file.
pub fn read_view(path: &Path) -> Result<ViewState, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let state: ViewState = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    Ok(state.held())
}

/// Writes the question of the form with the what-if as a scenario for `futago run`.
fn save_scenario(path: &Path, sources: &Sources<'_>, occupied: &Occupied<'_>) -> Result<(), String> {
    let (city, state) = (&sources.city.model, &sources.state);
    let asked = match *sources.asked {
        Simulation::Sunlight => sources.form.question(city, state).map(Asked::Sunlight),
        Simulation::Crowd => sources.crowd.question(city, state, &sources.flows).map(Asked::Crowd),
        Simulation::Office => {
            Ok(Asked::Office(occupied.form.question(state, &occupied.measured), occupied.form.seed))
        }
    };
    let asked = asked.map_err(|e| e.to_string())?;
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    save(path, (sources.writer.0)(asked, &name)?.as_bytes())
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
fn labels(want: Want, words: &Words) -> FileDialogLabels {
    let text = |key: &str| words.text(key);
    FileDialogLabels {
        title_select_file: text(if want == Want::OpenOccupancy {
            "view-office-open"
        } else {
            "view-open-view"
        }),
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
        err_empty_folder_name: text("view-dialog-no-name"),
        err_file_exists: text("view-dialog-file-exists"),
        err_directory_exists: text("view-dialog-folder-exists"),
        show_system_files: text("view-dialog-system"),
        pin_folder: text("view-dialog-pin"),
        unpin_folder: text("view-dialog-unpin"),
        rename_pinned_folder: text("view-dialog-rename"),
        file_filter_all_files: text("view-dialog-all-files"),
        ..FileDialogLabels::default()
    }
}
