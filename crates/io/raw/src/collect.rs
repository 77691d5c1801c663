//! A file that is wanted whole.

use std::ops::ControlFlow;

use crate::{Item, ItemKind, RawAppearance, RawCity, RawObject, Summary};

/// Takes the items of a file and makes a [`RawCity`] of them.
#[derive(Debug, Default)]
pub struct Collect {
    objects: Vec<RawObject>,
    appearances: Vec<RawAppearance>,
    properties: Vec<RawObject>,
}

impl Collect {
    /// Takes the next item. What belongs to an appearance follows it.
    pub fn take(&mut self, Item { kind, object }: Item) -> ControlFlow<()> {
        match (kind, self.appearances.last_mut()) {
            (ItemKind::Object, _) => self.objects.push(object),
            (ItemKind::Appearance, _) => {
                let (properties, surface_data) = (Vec::new(), Vec::new());
                self.appearances.push(RawAppearance { head: object, properties, surface_data });
            }
            (ItemKind::SurfaceData, Some(appearance)) => appearance.surface_data.push(object),
            (ItemKind::AppearanceProperty, Some(appearance)) => appearance.properties.push(object),
            _ => self.properties.push(object),
        }
        ControlFlow::Continue(())
    }

    /// The file.
    pub fn city(self, summary: Summary) -> RawCity {
        let Self { objects, appearances, properties } = self;
        RawCity { header: summary.header, objects, appearances, properties, report: summary.report }
    }
}
