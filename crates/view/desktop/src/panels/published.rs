//! The attributes of the marked building as they were published.
//!
//! They lie in the packs beside the model and are read once somebody wants to see them.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task};
use bevy_egui::egui;
use futago_model::Objects;
use futago_model::objects::{ElementRole, ElementView};

use super::Desk;
use crate::theme;

/// Reads the objects of every pack; what cannot be read is told in a sentence.
pub type ReadObjects = Arc<dyn Fn() -> Result<Vec<Objects>, String> + Send + Sync>;

/// The objects of the city's packs.
#[derive(Resource)]
pub struct Published {
    read: ReadObjects,
    task: Option<Task<Result<Vec<Objects>, String>>>,
    objects: Option<Result<Vec<Objects>, String>>,
    /// The building that was looked up last, and what is said of it.
    rows: Option<(String, Vec<Row>)>,
}

/// A published attribute.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// Names of the elements that it is in, outermost first, without their prefixes.
    name: String,
    /// Its text, what its code means, and its unit.
    value: String,
}

impl Published {
    /// Nothing is read yet.
    pub fn new(read: ReadObjects) -> Self {
        Self { read, task: None, objects: None, rows: None }
    }

    /// The attributes of a building; none while they are being read.
    fn rows_of(&mut self, id: &str) -> Option<Result<&[Row], &str>> {
        if self.objects.is_none() {
            let read = self.read.clone();
            let task =
                self.task.get_or_insert_with(|| AsyncComputeTaskPool::get().spawn(async move { read() }));
            self.objects = Some(check_ready(task)?);
            self.task = None;
        }
        let stores = match self.objects.as_ref()? {
            Ok(stores) => stores,
            Err(why) => return Some(Err(why)),
        };
        if self.rows.as_ref().is_none_or(|(known, _)| known != id) {
            let found =
                stores.iter().find_map(|store| store.objects().find(|object| object.id() == Some(id)));
            self.rows = Some((id.to_owned(), found.map(rows).unwrap_or_default()));
        }
        self.rows.as_ref().map(|(_, rows)| Ok(rows.as_slice()))
    }
}

/// Every property of an object that has a text, parts of it left out.
fn rows(object: ElementView<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut open = vec![(object, String::new())];
    while let Some((element, path)) = open.pop() {
        let mut inside = Vec::new();
        for child in element.children().filter(|child| child.role() != ElementRole::Part) {
            let name = local(child.name());
            // An element that only wraps another adds nothing to its name.
            let path =
                if path.is_empty() || path == name { name.to_owned() } else { format!("{path} · {name}") };
            if !child.text().trim().is_empty() {
                rows.push(Row { name: path.clone(), value: value_of(child) });
            }
            inside.push((child, path));
        }
        open.extend(inside.into_iter().rev());
    }
    rows
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// `measuredHeight` as keys of texts are written: `measured-height`.
fn kebab(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    let mut before = '-';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
        before = letter;
    }
    key
}

fn value_of(element: ElementView<'_>) -> String {
    let text = element.text().trim();
    match (element.attribute("futago:meaning"), element.attribute("uom")) {
        (Some(meaning), _) => format!("{meaning} ({text})"),
        (None, Some(unit)) => format!("{text} {unit}"),
        (None, None) => text.to_owned(),
    }
}

/// Draws them, folded away until somebody wants them.
pub fn draw(ui: &mut egui::Ui, desk: &Desk<'_>, published: &mut Published, id: &str) {
    let title = theme::heading(desk.text("view-published"));
    egui::CollapsingHeader::new(title).id_salt("published").show(ui, |ui| match published.rows_of(id) {
        None => {
            ui.spinner();
        }
        Some(Err(why)) => {
            ui.add(egui::Label::new(egui::RichText::new(why).color(theme::BAD)).wrap());
        }
        Some(Ok([])) => theme::note(ui, desk.text("view-published-none")),
        Some(Ok(rows)) => {
            egui::Grid::new("published").num_columns(2).spacing([10.0, 4.0]).max_col_width(150.0).show(
                ui,
                |ui| {
                    for Row { name, value } in rows {
                        let last = name.rsplit(" · ").next().unwrap_or(name);
                        let known = format!("attribute-{}", kebab(last));
                        let shown = desk.words.or_same(&known);
                        let shown = if shown == known { name.clone() } else { shown };
                        let label =
                            egui::Label::new(egui::RichText::new(shown).color(theme::soft(ui))).wrap();
                        ui.add(label).on_hover_text(name);
                        ui.add(egui::Label::new(value).wrap());
                        ui.end_row();
                    }
                },
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_attributes_become_keys() {
        let names = ["measuredHeight", "buildingID", "lod1HeightType", "LocalityName", "usage"];
        let keys = ["measured-height", "building-id", "lod1-height-type", "locality-name", "usage"];
        assert_eq!(names.map(kebab), keys.map(str::to_owned));
    }
}
