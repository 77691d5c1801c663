//! Handing over: rows become objects, in the order of the file.

use std::ops::ControlFlow;

use futago_field::Report;
use futago_geodesy::Axes;
use futago_raw::{Item, ItemKind, ObjectBuilder, RawObject};

use crate::build::build;
use crate::notes::Notes;
use crate::plan::Plan;
use crate::row::{Layer, Row};
use crate::{FeaturesError, Limits, Sidecar};

pub(crate) type Sink<'s> = &'s mut (dyn FnMut(Item) -> ControlFlow<()> + Send);

/// Objects that share their names.
const SHARED: usize = 64;

/// Hands objects over and keeps the notes.
pub(crate) struct Delivery<'s> {
    pub file: &'s str,
    pub limits: &'s Limits,
    pub sidecar: Option<Sidecar>,
    pub notes: Notes,
    sink: Sink<'s>,
    plan: Option<Plan>,
    out: ObjectBuilder,
    waiting: Vec<RawObject>,
    /// Objects handed over.
    pub objects: u64,
    heights_assumed: u64,
}

impl<'s> Delivery<'s> {
    pub fn new(file: &'s str, limits: &'s Limits, sidecar: Option<Sidecar>, sink: Sink<'s>) -> Self {
        Self {
            file,
            limits,
            sidecar,
            notes: Notes::new(file, limits.entries_per_code),
            sink,
            plan: None,
            out: ObjectBuilder::default(),
            waiting: Vec::with_capacity(SHARED),
            objects: 0,
            heights_assumed: 0,
        }
    }

    /// Decides what the fields of the layer mean; its features come after.
    pub fn begin(&mut self, layer: &Layer) -> Result<(), FeaturesError> {
        self.plan = Some(Plan::new(layer, self.sidecar.as_ref(), self.file, &mut self.notes)?);
        Ok(())
    }

    /// Hands over a feature.
    pub fn row(&mut self, mut row: Row) -> Result<(), FeaturesError> {
        let Some(plan) = &self.plan else { return Ok(()) };
        if row.index >= self.limits.features {
            let limit = self.limits.features;
            return Err(FeaturesError::too_large(self.file, "the number of features", "features", limit));
        }
        let name = row.text(plan.id.as_deref()).or(row.id.as_deref()).unwrap_or_default().to_owned();
        if let Some(why) = row.lost.take() {
            self.notes.at("unknown-geometry", &name, row.index, format!("{why}; kept without that shape"));
        } else if row.shape.is_empty() {
            self.notes.at("no-geometry", &name, row.index, "it has no shape; kept with its fields");
        }
        if row.shape.is_flat() {
            row.shape.turn();
        }
        if row.shape.put_in_axis_order(plan.axes) && plan.axes == Axes::LatitudeLongitude {
            let action = "latitude stands first; taken so";
            self.notes.at("swapped-coordinates", &name, row.index, action);
        }
        let built = build(&row, plan, self.limits.depth, &mut self.out);
        self.heights_assumed += u64::from(built.height_assumed);
        self.waiting.push(self.out.take());
        if self.waiting.len() == SHARED { self.flush() } else { Ok(()) }
    }

    /// Notes a feature that could not be read.
    pub fn bad(&mut self, index: u64, problem: &str) {
        self.notes.at("bad-feature", "", index, format!("{problem}; left out"));
    }

    fn flush(&mut self) -> Result<(), FeaturesError> {
        let names = std::mem::take(&mut self.out).into_names();
        for mut object in self.waiting.drain(..) {
            object.names = names.clone();
            self.objects += 1;
            if (self.sink)(Item { kind: ItemKind::Object, object }).is_break() {
                return Err(FeaturesError::Stopped { file: self.file.to_owned() });
            }
        }
        Ok(())
    }

    /// Hands over what waits; the number of objects and the Report.
    pub fn finish(mut self) -> Result<(u64, u32, Report), FeaturesError> {
        self.flush()?;
        let (storey_m, epsg) = self.plan.as_ref().map_or((0.0, 0), |plan| (plan.storey_height_m, plan.epsg));
        if self.heights_assumed > 0 {
            let count = self.heights_assumed;
            let action =
                format!("{count} building(s) have storeys and no height; {storey_m} m a storey assumed");
            self.notes.add("height-from-storeys", "", action);
        }
        Ok((self.objects, epsg, self.notes.finish()))
    }
}
