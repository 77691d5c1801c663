//! Attributes of features by `EXT_structural_metadata` (3D Tiles 1.1): a schema of classes, and tables that
//! hold a column of bytes for each property.
//!
//! Columns are checked once: the offsets of texts and arrays must rise and stay inside. Values are read row
//! by row, when an object asks for them. A column that is broken is reported and left out; the others stay.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::TilesError;
use crate::accessor::Fault;
use crate::column::{Column, Offsets, Shape};
use crate::document::Document;
use futago_field::CappedReport;

/// The name of the extension.
pub(crate) const NAME: &str = "EXT_structural_metadata";

/// Classes and enumerations.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Schema {
    classes: BTreeMap<String, Class>,
    enums: BTreeMap<String, Enum>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Class {
    name: Option<String>,
    properties: BTreeMap<String, Property>,
}

/// What a property is. Names are the schema's.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Property {
    pub(crate) name: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) component_type: Option<String>,
    pub(crate) enum_type: Option<String>,
    pub(crate) array: bool,
    pub(crate) count: Option<usize>,
    pub(crate) normalized: bool,
    pub(crate) offset: Option<Value>,
    pub(crate) scale: Option<Value>,
    pub(crate) no_data: Option<Value>,
    pub(crate) default: Option<Value>,
}

/// Names of whole numbers.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Enum {
    #[serde(rename = "valueType")]
    pub(crate) value_type: Option<String>,
    pub(crate) values: Vec<EnumValue>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EnumValue {
    pub(crate) name: String,
    pub(crate) value: i64,
}

#[derive(Debug, Deserialize)]
struct TableJson {
    class: String,
    name: Option<String>,
    count: u64,
    #[serde(default)]
    properties: BTreeMap<String, ColumnJson>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ColumnJson {
    values: usize,
    array_offsets: Option<usize>,
    string_offsets: Option<usize>,
    array_offset_type: Option<String>,
    string_offset_type: Option<String>,
    offset: Option<Value>,
    scale: Option<Value>,
}

/// One table.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    /// Names of the class and the table: they may say what its features are.
    pub(crate) names: Vec<String>,
    /// Rows.
    pub(crate) count: usize,
    columns: Vec<(String, Column<'a>)>,
    /// Values of properties that the class has and the table leaves out.
    defaults: Vec<(String, Value)>,
}

impl Table<'_> {
    /// Names and values of a row.
    pub(crate) fn row(&self, row: usize) -> Vec<(String, Value)> {
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.value(row)));
        let known = columns.filter(|(_, value)| !value.is_null());
        known.chain(self.defaults.iter().cloned()).collect()
    }
}

/// The tables of a model, in its order; none in the place of one that is broken.
pub(crate) fn tables<'a>(
    document: &'a Document<'a>,
    schema: &dyn Fn(&str) -> Result<Value, TilesError>,
    notes: &mut CappedReport,
) -> Vec<Option<Table<'a>>> {
    let Some(extension) = document.extensions.get(NAME).and_then(Value::as_object) else { return Vec::new() };
    let place = document.file;
    let schema = match read_schema(extension, schema) {
        Ok(schema) => schema,
        Err(problem) => {
            let action = format!("its schema cannot be read ({problem}); attributes left out");
            notes.add("broken-metadata", "", place, action);
            return Vec::new();
        }
    };
    let list = extension.get("propertyTables").and_then(Value::as_array);
    let each = list.into_iter().flatten().enumerate().map(|(index, value)| {
        let table = TableJson::deserialize(value).map_err(|error| error.to_string());
        match table.and_then(|table| build(document, &schema, &table, index, notes)) {
            Ok(table) => Some(table),
            Err(problem) => {
                let action = format!("property table {index}: {problem}; its attributes are left out");
                notes.add("broken-metadata", "", place, action);
                None
            }
        }
    });
    each.collect()
}

fn read_schema(
    extension: &Map<String, Value>,
    by_uri: &dyn Fn(&str) -> Result<Value, TilesError>,
) -> Result<Schema, String> {
    let value = match (extension.get("schema"), extension.get("schemaUri").and_then(Value::as_str)) {
        (Some(schema), _) => schema.clone(),
        (None, Some(uri)) => by_uri(uri).map_err(|error| error.to_string())?,
        (None, None) => return Err("there is none".to_owned()),
    };
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn build<'a>(
    document: &'a Document<'a>,
    schema: &Schema,
    table: &TableJson,
    index: usize,
    notes: &mut CappedReport,
) -> Result<Table<'a>, String> {
    let class = schema.classes.get(&table.class);
    let class = class.ok_or_else(|| format!("the schema has no class `{}`", table.class))?;
    let count = usize::try_from(table.count).map_err(|_| "it has too many rows".to_owned())?;
    let (mut columns, mut defaults) = (Vec::new(), Vec::new());
    for (key, property) in &class.properties {
        let name = shown(key, property);
        let Some(json) = table.properties.get(key) else {
            defaults.extend(property.default.clone().map(|value| (name, value)));
            continue;
        };
        match column(document, schema, property, json, count) {
            Ok(column) => columns.push((name, column)),
            Err(problem) => {
                let action = format!("property `{name}` of table {index}: {problem}; left out");
                notes.add("broken-property", "", document.file, action);
            }
        }
    }
    for key in table.properties.keys().filter(|key| !class.properties.contains_key(*key)) {
        let action = format!("property `{key}` of table {index} is not in the schema; left out");
        notes.add("broken-property", "", document.file, action);
    }
    let names = [Some(table.class.clone()), class.name.clone(), table.name.clone()];
    Ok(Table { names: names.into_iter().flatten().collect(), count, columns, defaults })
}

/// The name of an attribute: the key, unless only the name beside it has a prefix of CityGML.
fn shown(key: &str, property: &Property) -> String {
    let name = property.name.as_deref().filter(|name| crate::kind::has_prefix(name));
    name.unwrap_or(key).to_owned()
}

fn column<'a>(
    document: &'a Document<'a>,
    schema: &Schema,
    property: &Property,
    json: &ColumnJson,
    count: usize,
) -> Result<Column<'a>, String> {
    let bytes = |view: usize| match document.view(view) {
        Ok((bytes, _)) => Ok(bytes),
        Err(Fault::Broken(problem)) => Err(problem),
        Err(Fault::Packed(name)) => Err(format!("it is packed by {name}")),
        Err(Fault::TooMany) => Err("it is too large".to_owned()),
    };
    let enumeration = property.enum_type.as_ref().and_then(|name| schema.enums.get(name)).cloned();
    let mut property = property.clone();
    property.offset = json.offset.clone().or(property.offset);
    property.scale = json.scale.clone().or(property.scale);
    let shape = Shape::new(property, enumeration)?;
    let arrays = match (shape.is_variable_array(), json.array_offsets) {
        (true, Some(view)) => {
            Some(Offsets::new(bytes(view)?, json.array_offset_type.as_deref(), count, "arrayOffsets")?)
        }
        (true, None) => return Err("it is an array without arrayOffsets".to_owned()),
        (false, _) => None,
    };
    let items = match (&arrays, shape.fixed_count()) {
        (Some(arrays), _) => arrays.last(),
        (None, each) => count.checked_mul(each).ok_or("it has too many values")?,
    };
    let texts = match (shape.is_text(), json.string_offsets) {
        (true, Some(view)) => {
            Some(Offsets::new(bytes(view)?, json.string_offset_type.as_deref(), items, "stringOffsets")?)
        }
        (true, None) => return Err("it is text without stringOffsets".to_owned()),
        (false, _) => None,
    };
    Column::new(shape, bytes(json.values)?, arrays, texts, items, count)
}
