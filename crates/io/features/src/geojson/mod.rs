//! GeoJSON: a collection, one feature, or a sequence of either.
//!
//! The text is in memory as a whole. `serde_json` goes through it once for its outline, which checks it as
//! JSON; then features are read in parallel, each by its own text, so that a broken one costs only itself.

mod feature;
mod texts;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::value::RawValue;

use crate::delivery::Delivery;
use crate::files::{self, Input};
use crate::row::Layer;
use crate::{FeaturesError, detect, system};
use feature::Outline;
use texts::Texts;

/// Features that are read together.
const BATCH: usize = 4096;

pub(crate) fn read(input: Box<dyn Input>, delivery: &mut Delivery<'_>) -> Result<(), FeaturesError> {
    let mut bytes = files::read(input, delivery.file, delivery.limits)?;
    texts::make_json(&mut bytes);
    let texts = texts::split(&bytes, delivery)?;
    let layer = survey(&texts)?;
    delivery.begin(&layer)?;
    let start = bytes.as_ptr().addr();
    let mut index = 0;
    for batch in texts.features.chunks(BATCH) {
        let rows: Vec<_> = batch.par_iter().map(|text| feature::row(text.get())).collect();
        for (text, row) in batch.iter().zip(rows) {
            let place = (text.get().as_ptr().addr() - start) as u64;
            match row {
                _ if text.get().len() as u64 > delivery.limits.feature_bytes => {
                    let limit = delivery.limits.feature_bytes;
                    let what = format!("the size of feature {index} in bytes");
                    return Err(FeaturesError::too_large(delivery.file, what, "feature_bytes", limit));
                }
                Ok(row) => delivery.row(crate::row::Row { index, place, ..row })?,
                Err(problem) => delivery.bad(index, &problem),
            }
            index += 1;
        }
    }
    Ok(())
}

/// The fields and the system of the whole text.
fn survey(texts: &Texts<'_>) -> Result<Layer, FeaturesError> {
    let outlines = texts.features.par_chunks(BATCH).map(|chunk| {
        let (mut seen, mut fields, mut polygons) = (HashSet::new(), Vec::new(), false);
        for text in chunk {
            let Ok(outline) = serde_json::from_str::<Outline>(text.get()) else { continue };
            polygons |= outline.polygons;
            let new = outline.fields.into_iter().filter(|field| seen.insert(field.clone()));
            fields.extend(new.collect::<Vec<_>>());
        }
        (fields, polygons)
    });
    let mut layer = Layer { system: Some(Ok(system::WGS84)), ..Layer::default() };
    let mut seen = HashSet::new();
    for (fields, polygons) in outlines.collect::<Vec<_>>() {
        layer.polygons |= polygons;
        layer.fields.extend(fields.into_iter().filter(|f| seen.insert(f.clone())).map(Arc::from));
    }
    if let Some(crs) = &texts.crs {
        // Left the standard in 2016 and is still written.
        let name = crs.pointer("/properties/name").and_then(|name| name.as_str());
        layer.system = Some(name.map_or(Err("its `crs` has no name".to_owned()), system::of_name));
    }
    Ok(layer)
}

/// A text without what may stand round it.
fn trimmed(bytes: &[u8]) -> &[u8] {
    detect::without_mark(bytes).trim_ascii()
}

/// A piece of JSON in the file.
type Piece<'a> = &'a RawValue;
