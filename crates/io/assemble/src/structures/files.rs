//! CityGML files of structures to the part of a built-in city.

use std::ops::ControlFlow;

use futago_citygml::{Limits, stream_mapped};
use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::Structures;
use futago_raw::{Item, ItemKind};

use super::{FoundStructure, emit, is_structure, structure};
use crate::codes::Codes;
use crate::objects::place;
use crate::site::{Converter, Site};
use crate::{AssembleError, Rules};

/// A CityGML file in memory.
#[derive(Debug, Clone, Copy)]
pub struct StructureFile<'a> {
    /// Its name, for the Report.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Puts the bridges and other constructions of files together. The ground is at the frame's height.
///
/// # Errors
/// When a file is not what it says, or indices would not fit 32 bits.
pub fn assemble_structures(
    files: &[StructureFile<'_>],
    frame: &SiteFrame,
    rules: &Rules,
) -> Result<(Structures, Report), AssembleError> {
    let site = Site::of_frame(frame.clone(), rules)?;
    let (codes, mut report) = (Codes::default(), Report::default());
    let mut found = Vec::new();
    for file in files {
        let summary = stream_mapped(
            file.bytes,
            file.name,
            &Limits::default(),
            |items| stretch(&items, &site, file.name, &codes, rules),
            |(some, entries), _| {
                found.extend(some);
                report.extend(entries);
                ControlFlow::Continue(())
            },
        )?;
        report.extend(summary.report);
    }
    let structures = emit(&found, frame.origin_height_m, rules, &mut report)?;
    Ok((structures, report))
}

fn stretch(
    items: &[Item],
    site: &Site,
    file: &str,
    codes: &Codes,
    rules: &Rules,
) -> (Vec<FoundStructure>, Report) {
    let mut converter = Converter::new(site);
    let (mut found, mut report) = (Vec::new(), Report::default());
    for item in items.iter().filter(|item| item.kind == ItemKind::Object) {
        if is_structure(item.object.kind()) {
            let placed = place(&item.object, &mut converter);
            found.extend(structure(&item.object, &placed, file, codes, rules, &mut report));
        }
    }
    (found, report)
}
