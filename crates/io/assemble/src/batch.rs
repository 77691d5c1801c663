//! What becomes of the items of one stretch of a file, on the thread that read it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use futago_field::Report;
use futago_model::Objects;
use futago_raw::{Item, ItemKind};
use futago_terrain::Tin;

use crate::building::{Found, building};
use crate::codes::Codes;
use crate::lod::without_lod_above;
use crate::objects::{ObjectsBuilder, place};
use crate::relief::relief;
use crate::rules::Rules;
use crate::site::{Converter, Site};
use crate::streetscape::{FoundStreet, is_on_the_ground, street};
use crate::structures::{FoundStructure, is_structure, structure};

/// What holds for every item of a file.
pub(crate) struct Context<'a> {
    pub site: &'a Site,
    pub rules: &'a Rules,
    /// Name of the file, for the Report.
    pub file: &'a str,
    pub codes: &'a Codes,
    /// Images that are there, by path from the file; none when nobody looked.
    pub images: Option<&'a BTreeSet<String>>,
    /// The highest level of detail that is taken.
    pub lod: Option<u8>,
    pub spare: &'a Spare,
}

/// Emptied stores whose memory the next stretches use again: to ask the system for fresh memory costs more than to fill it.
#[derive(Default)]
pub(crate) struct Spare(Mutex<Vec<Objects>>);

impl Spare {
    /// Takes back what is not needed any more.
    pub fn put(&self, mut objects: Objects) {
        objects.clear();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(objects);
    }

    fn get(&self) -> Objects {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }
}

/// Objects, buildings and defects of a stretch.
pub(crate) struct Batch {
    pub objects: Objects,
    pub buildings: Vec<Found>,
    pub structures: Vec<FoundStructure>,
    pub streets: Vec<FoundStreet>,
    /// The ground, of terrain objects.
    pub relief: Tin,
    /// Objects that lie outside of what is wanted.
    pub outside: usize,
    pub report: Report,
}

/// Makes a stretch of items part of the city.
pub(crate) fn batch(items: Vec<Item>, context: &Context<'_>) -> Batch {
    let mut builder = ObjectsBuilder::new(context.codes, context.spare.get());
    let mut batch = Batch {
        objects: Objects::default(),
        buildings: Vec::new(),
        structures: Vec::new(),
        streets: Vec::new(),
        relief: Tin { name: context.file.to_owned(), triangles: Vec::new() },
        outside: 0,
        report: Report::default(),
    };
    let mut converter = Converter::new(context.site);
    for mut item in items {
        if let Some(lod) = context.lod {
            without_lod_above(&mut item.object, lod);
        }
        let placed = place(&item.object, &mut converter);
        let system = item.object.shapes.geometries.first().map(|geometry| geometry.epsg);
        if system.is_some_and(|epsg| !converter.knows(epsg)) {
            note_system(&item, system.flatten(), context, &mut batch.report);
        }
        if !context.site.wants(&placed) {
            batch.outside += usize::from(item.kind == ItemKind::Object);
            continue;
        }
        if item.kind == ItemKind::SurfaceData {
            check_image(&item, context, &mut batch.report);
        }
        builder.push(&item, &placed, context.file, &mut batch.report);
        if item.kind == ItemKind::Object && item.object.kind() == "bldg:Building" {
            let found = building(&item.object, &placed, context.file, context.rules, &mut batch.report);
            batch.buildings.extend(found);
        }
        if item.kind == ItemKind::Object && is_structure(item.object.kind()) {
            let (file, codes) = (context.file, context.codes);
            let found = structure(&item.object, &placed, file, codes, context.rules, &mut batch.report);
            batch.structures.extend(found);
        }
        if item.kind == ItemKind::Object && is_on_the_ground(item.object.kind()) {
            batch.streets.extend(street(&item.object, &placed, context, &mut batch.report));
        }
        if item.kind == ItemKind::Object && item.object.kind().starts_with("dem:") {
            relief(&item.object, &placed, context, &mut batch.relief.triangles, &mut batch.report);
        }
    }
    batch.objects = builder.finish(context.file, &mut batch.report);
    batch
}

fn note_system(item: &Item, epsg: Option<u32>, context: &Context<'_>, report: &mut Report) {
    let found = epsg.map_or("its coordinate system is not named".to_owned(), |epsg| {
        format!("EPSG:{epsg} is not a system that Futago knows (built with the feature `proj`, it knows all)")
    });
    let name = item.object.id().unwrap_or_else(|| item.object.kind());
    let place = format!("{}, byte {}", context.file, item.object.byte);
    report.add("unknown-system", name, place, format!("{found}; it has no place in the city"));
}

fn check_image(item: &Item, context: &Context<'_>, report: &mut Report) {
    let (Some(images), Some(image)) = (context.images, item.object.root().value("app:imageURI")) else {
        return;
    };
    let image = image.replace('\\', "/");
    if !image.contains("://") && !images.contains(image.trim_start_matches("./")) {
        let place = format!("{}, byte {}", context.file, item.object.byte);
        report.add("missing-texture", image, place, "the image is not there; its reference is kept");
    }
}
