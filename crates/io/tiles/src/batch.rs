//! Attributes of features by the batch table of 3D Tiles 1.0: JSON arrays, or columns of bytes.

use serde_json::{Map, Value};

use crate::accessor::range;
use crate::b3dm::B3dm;
use crate::column::short;
use futago_field::CappedReport;

/// A batch table.
#[derive(Debug)]
pub(crate) struct Batch<'a> {
    /// Features.
    pub(crate) count: usize,
    columns: Vec<(String, Column<'a>)>,
}

#[derive(Debug)]
enum Column<'a> {
    Json(Vec<Value>),
    Bytes { bytes: &'a [u8], component: Component, width: usize },
}

/// Names, sizes and readings of the numbers that a column may hold.
type Component = (&'static str, usize, fn(&[u8]) -> Value);

const COMPONENTS: [Component; 8] = [
    ("BYTE", 1, |b| Value::from(b[0] as i8)),
    ("UNSIGNED_BYTE", 1, |b| Value::from(b[0])),
    ("SHORT", 2, |b| Value::from(i16::from_le_bytes([b[0], b[1]]))),
    ("UNSIGNED_SHORT", 2, |b| Value::from(u16::from_le_bytes([b[0], b[1]]))),
    ("INT", 4, |b| Value::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("UNSIGNED_INT", 4, |b| Value::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("FLOAT", 4, |b| short(f32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("DOUBLE", 8, |b| Value::from(f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))),
];

/// Names of the batch table that are not properties.
const RESERVED: [&str; 2] = ["extensions", "extras"];

impl<'a> Batch<'a> {
    /// The table of a tile. A property that is broken is reported and left out.
    pub(crate) fn new(tile: &mut B3dm<'a>, file: &str, notes: &mut CappedReport) -> Self {
        let json = tile.batch_json.take().unwrap_or_default();
        let mut columns = Vec::new();
        for (name, value) in json {
            if RESERVED.contains(&name.as_str()) {
                if name == "extensions" {
                    told_extensions(&value, file, notes);
                }
                continue;
            }
            match column(value, tile.batch_bytes, tile.batch_length) {
                Ok(column) => columns.push((name, column)),
                Err(problem) => {
                    let action = format!("property `{name}` of the batch table: {problem}; left out");
                    notes.add("broken-property", "", file, action);
                }
            }
        }
        Self { count: tile.batch_length, columns }
    }

    /// Names and values of a feature.
    pub(crate) fn row(&self, row: usize) -> Vec<(String, Value)> {
        let each = self.columns.iter().map(|(name, column)| (name.clone(), column.value(row)));
        each.filter(|(_, value)| !value.is_null()).collect()
    }
}

fn told_extensions(extensions: &Value, file: &str, notes: &mut CappedReport) {
    for name in extensions.as_object().into_iter().flat_map(Map::keys) {
        let action = format!("the batch table has {name}, which is not read; its attributes are left out");
        notes.add("unread-extension", "", file, action);
    }
}

fn column(value: Value, bytes: &[u8], count: usize) -> Result<Column<'_>, String> {
    let object = match value {
        Value::Array(values) if values.len() == count => return Ok(Column::Json(values)),
        Value::Array(values) => return Err(format!("it has {} values for {count} features", values.len())),
        Value::Object(object) => object,
        _ => return Err("it is neither a list nor a reference to bytes".to_owned()),
    };
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let component = COMPONENTS.iter().find(|known| known.0 == text("componentType"));
    let component = *component.ok_or_else(|| format!("its component type is `{}`", text("componentType")))?;
    let width = match text("type") {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" => 4,
        other => return Err(format!("its type is `{other}`")),
    };
    let offset = object.get("byteOffset").and_then(Value::as_u64).ok_or("it has no byteOffset")?;
    let length = count.checked_mul(width * component.1).ok_or("it has too many values")?;
    let bytes = range(bytes, offset, length as u64).ok_or_else(|| {
        format!("{length} bytes from byte {offset} are more than {} bytes have", bytes.len())
    })?;
    Ok(Column::Bytes { bytes, component, width })
}

impl Column<'_> {
    fn value(&self, row: usize) -> Value {
        match self {
            Self::Json(values) => values.get(row).cloned().unwrap_or_default(),
            Self::Bytes { bytes, component: (_, size, read), width } => {
                let start = row.saturating_mul(size * width);
                let Some(part) = range(bytes, start as u64, (size * width) as u64) else {
                    return Value::Null;
                };
                let mut numbers: Vec<Value> = part.chunks_exact(*size).map(read).collect();
                if *width == 1 { numbers.pop().unwrap_or_default() } else { Value::Array(numbers) }
            }
        }
    }
}
