//! Files in memory, and the four files of the same three houses.

use std::collections::BTreeMap;
use std::io::{self, Cursor};

use futago_features::{FeaturesError, Files, Input, Limits, read};
use futago_raw::{NodeView, RawCity};

#[derive(Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    pub fn with(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.0.insert(name.to_owned(), bytes.as_ref().to_vec());
        self
    }

    pub fn read(&self, file: &str) -> Result<RawCity, FeaturesError> {
        read(self, file, &Limits::default())
    }
}

impl Files for Memory {
    fn open(&self, name: &str) -> io::Result<Box<dyn Input>> {
        let bytes = self.0.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(bytes.clone())))
    }
}

/// The houses as GeoJSON, FlatGeobuf, GeoParquet and Shapefile.
pub fn houses() -> Memory {
    Memory::default()
        .with("houses.geojson", include_bytes!("../data/houses.geojson"))
        .with("houses.fgb", include_bytes!("../data/houses.fgb"))
        .with("houses.parquet", include_bytes!("../data/houses.parquet"))
        .with("houses.shp", include_bytes!("../data/houses.shp"))
        .with("houses.dbf", include_bytes!("../data/houses.dbf"))
        .with("houses.prj", include_bytes!("../data/houses.prj"))
        .with("houses.cpg", include_bytes!("../data/houses.cpg"))
}

/// The value of a generic attribute.
#[allow(dead_code, reason = "not every test asks for it")]
pub fn generic<'a>(object: NodeView<'a>, name: &str) -> Option<&'a str> {
    object
        .children()
        .find(|node| node.attribute("name") == Some(name))
        .and_then(|node| node.value("gen:value"))
}
