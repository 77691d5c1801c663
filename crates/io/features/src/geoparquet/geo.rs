//! The key `geo` of a GeoParquet file.

use parquet::file::metadata::KeyValue;
use serde_json::Value;

use crate::FeaturesError;
use crate::system::{self, Told, WGS84};

/// Which column is what.
pub(super) struct Geo {
    /// The column of geometries.
    pub primary: String,
    /// Other columns of geometries.
    pub others: Vec<String>,
    /// Columns of bounds that only say once more what geometries say.
    covering: Vec<String>,
    pub polygons: bool,
    /// None when it says that it does not know.
    pub system: Option<Told>,
}

impl Geo {
    pub fn of(pairs: Option<&Vec<KeyValue>>, file: &str) -> Result<Self, FeaturesError> {
        let pair = pairs.into_iter().flatten().find(|pair| pair.key == "geo");
        let Some(text) = pair.and_then(|pair| pair.value.as_deref()) else {
            return Err(FeaturesError::Unsupported {
                file: file.to_owned(),
                what: "Parquet without the key `geo`, which is no GeoParquet,".to_owned(),
                remedy: "Write it with a program that writes GeoParquet, such as GDAL or GeoPandas",
            });
        };
        let broken = |problem: String| FeaturesError::broken(file, "the metadata `geo`", problem);
        let geo: Value = serde_json::from_str(text).map_err(|error| broken(error.to_string()))?;
        let primary = geo.get("primary_column").and_then(Value::as_str);
        let primary = primary.ok_or_else(|| broken("it names no `primary_column`".to_owned()))?;
        let columns = geo.get("columns").and_then(Value::as_object);
        let columns = columns.ok_or_else(|| broken("it has no `columns`".to_owned()))?;
        let column = columns.get(primary).ok_or_else(|| broken(format!("it says nothing of `{primary}`")))?;
        let encoding = column.get("encoding").and_then(Value::as_str).unwrap_or("WKB");
        if !encoding.eq_ignore_ascii_case("WKB") {
            return Err(FeaturesError::Unsupported {
                file: file.to_owned(),
                what: format!("the encoding `{encoding}` of geometries"),
                remedy: "Write it with the encoding WKB",
            });
        }
        let kinds = column.get("geometry_types").and_then(Value::as_array);
        let kinds: Vec<&str> = kinds.into_iter().flatten().filter_map(Value::as_str).collect();
        let surface = |kind: &&str| kind.contains("Polygon") || kind.contains("Collection");
        Ok(Self {
            primary: primary.to_owned(),
            others: columns.keys().filter(|name| *name != primary).cloned().collect(),
            covering: columns.values().flat_map(covering).collect(),
            polygons: kinds.is_empty() || kinds.iter().any(surface),
            system: match column.get("crs") {
                None => Some(Ok(WGS84)),
                Some(Value::Null) => None,
                Some(crs) => Some(system::of_projjson(crs)),
            },
        })
    }

    /// Whether a column is not read.
    pub fn hides(&self, column: &str) -> bool {
        self.covering.iter().chain(&self.others).any(|hidden| hidden == column)
    }
}

/// The columns that hold the bounds of geometries: `{"bbox": {"xmin": ["bbox", "xmin"], ...}}`.
fn covering(column: &Value) -> Vec<String> {
    let corners = column.pointer("/covering/bbox").and_then(Value::as_object);
    let paths = corners.into_iter().flat_map(|corners| corners.values());
    paths.filter_map(|path| path.get(0)?.as_str().map(str::to_owned)).collect()
}
