//! One column of a property table: numbers, texts, truth values or names of an enumeration, one or many a row.

use serde_json::{Number, Value};

use crate::metadata::{Enum, Property};

/// Numbers that a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Component {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F32,
    F64,
}

impl Component {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "INT8" => Self::I8,
            "UINT8" => Self::U8,
            "INT16" => Self::I16,
            "UINT16" => Self::U16,
            "INT32" => Self::I32,
            "UINT32" => Self::U32,
            "INT64" => Self::I64,
            "UINT64" => Self::U64,
            "FLOAT32" => Self::F32,
            "FLOAT64" => Self::F64,
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::I32 | Self::U32 | Self::F32 => 4,
            Self::I64 | Self::U64 | Self::F64 => 8,
        }
    }

    /// The largest number, which a normalized one is divided by.
    fn most(self) -> f64 {
        match self {
            Self::F32 | Self::F64 => 1.0,
            Self::I8 | Self::I16 | Self::I32 | Self::I64 => 2_f64.powi(8 * self.size() as i32 - 1) - 1.0,
            _ => 2_f64.powi(8 * self.size() as i32) - 1.0,
        }
    }

    /// The number of exactly this many bytes; nothing where it is none.
    fn read(self, bytes: &[u8]) -> Value {
        let mut wide = [0; 8];
        wide[..bytes.len().min(8)].copy_from_slice(&bytes[..bytes.len().min(8)]);
        let [a, b, c, d, ..] = wide;
        match self {
            Self::I8 => Value::from(a as i8),
            Self::U8 => Value::from(a),
            Self::I16 => Value::from(i16::from_le_bytes([a, b])),
            Self::U16 => Value::from(u16::from_le_bytes([a, b])),
            Self::I32 => Value::from(i32::from_le_bytes([a, b, c, d])),
            Self::U32 => Value::from(u32::from_le_bytes([a, b, c, d])),
            Self::I64 => Value::from(i64::from_le_bytes(wide)),
            Self::U64 => Value::from(u64::from_le_bytes(wide)),
            Self::F32 => short(f32::from_le_bytes([a, b, c, d])),
            Self::F64 => number(f64::from_le_bytes(wide)),
        }
    }
}

fn number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// An f32 as the shortest decimal that is it: 16.1, not 16.100000381.
pub(crate) fn short(value: f32) -> Value {
    value.to_string().parse().map_or(Value::Null, number)
}

/// Where texts or arrays begin and end.
#[derive(Debug)]
pub(crate) struct Offsets<'a> {
    bytes: &'a [u8],
    component: Component,
    last: usize,
}

impl<'a> Offsets<'a> {
    /// Checks that there is one more than values, and that they rise.
    pub(crate) fn new(
        bytes: &'a [u8],
        component: Option<&str>,
        count: usize,
        what: &str,
    ) -> Result<Self, String> {
        let component = component.unwrap_or("UINT32");
        let component = Component::named(component)
            .filter(|known| matches!(known, Component::U8 | Component::U16 | Component::U32 | Component::U64))
            .ok_or_else(|| format!("{what} are of the type {component}"))?;
        let needed = count.checked_add(1).and_then(|count| count.checked_mul(component.size()));
        if needed.is_none_or(|needed| needed > bytes.len()) {
            return Err(format!("{what} have {} bytes, too few for {count} values", bytes.len()));
        }
        let mut offsets = Self { bytes, component, last: 0 };
        for index in 0..=count {
            let at = offsets.at(index);
            if at < offsets.last {
                return Err(format!("{what} fall at value {index}"));
            }
            offsets.last = at;
        }
        Ok(offsets)
    }

    fn at(&self, index: usize) -> usize {
        let size = self.component.size();
        let bytes = self.bytes.get(index * size..(index + 1) * size).unwrap_or_default();
        let value = self.component.read(bytes).as_u64().unwrap_or_default();
        usize::try_from(value).unwrap_or(usize::MAX)
    }

    pub(crate) fn last(&self) -> usize {
        self.last
    }
}

/// What the values of a column are.
#[derive(Debug)]
pub(crate) struct Shape {
    property: Property,
    form: Form,
    /// Numbers of one value: 3 of a VEC3.
    width: usize,
}

#[derive(Debug)]
enum Form {
    Numbers(Component),
    Text,
    Truth,
    Names(Component, Enum),
}

impl Shape {
    pub(crate) fn new(property: Property, enumeration: Option<Enum>) -> Result<Self, String> {
        let component = || {
            let name = property.component_type.as_deref().unwrap_or("none");
            Component::named(name).ok_or_else(|| format!("its component type is {name}"))
        };
        let (form, width) = match property.kind.as_str() {
            "SCALAR" => (Form::Numbers(component()?), 1),
            "VEC2" => (Form::Numbers(component()?), 2),
            "VEC3" => (Form::Numbers(component()?), 3),
            "VEC4" | "MAT2" => (Form::Numbers(component()?), 4),
            "MAT3" => (Form::Numbers(component()?), 9),
            "MAT4" => (Form::Numbers(component()?), 16),
            "STRING" => (Form::Text, 1),
            "BOOLEAN" => (Form::Truth, 1),
            "ENUM" => {
                let names = enumeration.ok_or("its enumeration is not in the schema")?;
                let name = names.value_type.as_deref().unwrap_or("UINT16");
                let component = Component::named(name).ok_or_else(|| format!("its names are {name}"))?;
                (Form::Names(component, names), 1)
            }
            other => return Err(format!("its type is `{other}`")),
        };
        Ok(Self { property, form, width })
    }

    pub(crate) fn is_text(&self) -> bool {
        matches!(self.form, Form::Text)
    }

    pub(crate) fn is_variable_array(&self) -> bool {
        self.property.array && self.property.count.is_none()
    }

    /// Values of a row that has always as many.
    pub(crate) fn fixed_count(&self) -> usize {
        if self.property.array { self.property.count.unwrap_or(1) } else { 1 }
    }
}

/// A column whose every value is inside its bytes.
#[derive(Debug)]
pub(crate) struct Column<'a> {
    shape: Shape,
    bytes: &'a [u8],
    arrays: Option<Offsets<'a>>,
    texts: Option<Offsets<'a>>,
    count: usize,
}

impl<'a> Column<'a> {
    pub(crate) fn new(
        shape: Shape,
        bytes: &'a [u8],
        arrays: Option<Offsets<'a>>,
        texts: Option<Offsets<'a>>,
        items: usize,
        count: usize,
    ) -> Result<Self, String> {
        let needed = match &shape.form {
            Form::Text => texts.as_ref().map(Offsets::last),
            Form::Truth => Some(items.div_ceil(8)),
            Form::Numbers(component) | Form::Names(component, _) => {
                items.checked_mul(shape.width * component.size())
            }
        };
        match needed {
            Some(needed) if needed <= bytes.len() => Ok(Self { shape, bytes, arrays, texts, count }),
            _ => Err(format!("it has {} bytes, too few for {items} values", bytes.len())),
        }
    }

    /// The value of a row; nothing where the table says that there is none, or has no such row.
    pub(crate) fn value(&self, row: usize) -> Value {
        if row >= self.count {
            return Value::Null;
        }
        let property = &self.shape.property;
        let range = match &self.arrays {
            Some(arrays) => arrays.at(row)..arrays.at(row + 1),
            None => row * self.shape.fixed_count()..(row + 1) * self.shape.fixed_count(),
        };
        let value = if property.array {
            Value::Array(range.map(|item| self.item(item)).collect())
        } else {
            self.item(range.start)
        };
        match &property.no_data {
            Some(none) if same(none, &value) => property.default.clone().unwrap_or(Value::Null),
            _ => self.scaled(value),
        }
    }

    fn item(&self, item: usize) -> Value {
        match &self.shape.form {
            Form::Text => {
                let texts = self.texts.as_ref();
                let range = texts.map_or(0..0, |texts| texts.at(item)..texts.at(item + 1));
                let bytes = self.bytes.get(range).unwrap_or_default();
                Value::from(String::from_utf8_lossy(bytes).into_owned())
            }
            Form::Truth => {
                let byte = self.bytes.get(item / 8).copied().unwrap_or_default();
                Value::from(byte >> (item % 8) & 1 == 1)
            }
            Form::Names(component, names) => {
                let value = self.component(*component, item);
                let known = names.values.iter().find(|known| value.as_i64() == Some(known.value));
                known.map_or(value, |known| Value::from(known.name.clone()))
            }
            Form::Numbers(component) if self.shape.width == 1 => self.component(*component, item),
            Form::Numbers(component) => {
                let first = item * self.shape.width;
                (first..first + self.shape.width).map(|index| self.component(*component, index)).collect()
            }
        }
    }

    fn component(&self, component: Component, index: usize) -> Value {
        let size = component.size();
        component.read(self.bytes.get(index * size..(index + 1) * size).unwrap_or_default())
    }

    /// Normalized, scaled and offset, where the schema or the table says so.
    fn scaled(&self, value: Value) -> Value {
        let property = &self.shape.property;
        let Form::Numbers(component) = self.shape.form else { return value };
        let whole = !matches!(component, Component::F32 | Component::F64);
        let most = if property.normalized && whole { Some(component.most()) } else { None };
        if most.is_none() && property.scale.is_none() && property.offset.is_none() {
            return value;
        }
        apply(value, most, property.scale.as_ref(), property.offset.as_ref())
    }
}

fn apply(value: Value, most: Option<f64>, scale: Option<&Value>, offset: Option<&Value>) -> Value {
    match value {
        Value::Array(items) => {
            let each = items.into_iter().enumerate().map(|(index, item)| {
                let part = |whole: Option<&'_ Value>| whole.map(|w| w.get(index).unwrap_or(w).clone());
                let (scale, offset) = (part(scale), part(offset));
                apply(item, most, scale.as_ref(), offset.as_ref())
            });
            each.collect()
        }
        Value::Number(plain) => {
            let value = plain.as_f64().unwrap_or(f64::NAN);
            let value = most.map_or(value, |most| (value / most).max(-1.0));
            let scale = scale.and_then(Value::as_f64).unwrap_or(1.0);
            number(value * scale + offset.and_then(Value::as_f64).unwrap_or_default())
        }
        other => other,
    }
}

/// Equal, where 5 and 5.0 are too.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => a == b || (a.as_f64().is_some() && a.as_f64() == b.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(kind: &str, component: &str) -> Property {
        Property { kind: kind.to_owned(), component_type: Some(component.to_owned()), ..Property::default() }
    }

    fn plain(property: Property, bytes: &[u8], count: usize) -> Result<Column<'_>, String> {
        let shape = Shape::new(property, None)?;
        let items = count * shape.fixed_count();
        Column::new(shape, bytes, None, None, items, count)
    }

    #[test]
    fn numbers_of_every_width() {
        let f32s: Vec<u8> = [16.1_f32, f32::NAN].iter().flat_map(|v| v.to_le_bytes()).collect();
        let column = plain(property("SCALAR", "FLOAT32"), &f32s, 2).unwrap();
        assert_eq!(
            (column.value(0), column.value(1), column.value(2)),
            (16.1.into(), Value::Null, Value::Null)
        );
        let column = plain(property("VEC2", "INT16"), &[1, 0, 255, 255], 1).unwrap();
        assert_eq!(column.value(0), Value::from(vec![1, -1]));
        let mut scaled = property("SCALAR", "UINT8");
        (scaled.normalized, scaled.scale, scaled.offset) = (true, Some(10.into()), Some(1.into()));
        assert_eq!(plain(scaled, &[255], 1).unwrap().value(0), Value::from(11.0));
        let mut none = property("SCALAR", "INT8");
        (none.no_data, none.default) = (Some((-1).into()), Some(7.into()));
        let column = plain(none, &[255, 3], 2).unwrap();
        assert_eq!((column.value(0), column.value(1)), (7.into(), 3.into()));
    }

    #[test]
    fn arrays_truths_names_and_texts() {
        let mut fixed = property("BOOLEAN", "");
        (fixed.array, fixed.count) = (true, Some(3));
        let column = plain(fixed, &[0b101_010], 2).unwrap();
        assert_eq!(column.value(1), Value::from(vec![true, false, true]));
        let names = Enum {
            value_type: Some("UINT8".to_owned()),
            values: vec![crate::metadata::EnumValue { name: "木造".to_owned(), value: 2 }],
        };
        let shape = Shape::new(property("ENUM", ""), Some(names)).unwrap();
        let column = Column::new(shape, &[2, 9], None, None, 2, 2).unwrap();
        assert_eq!((column.value(0), column.value(1)), ("木造".into(), 9.into()));
        let mut many = property("STRING", "");
        many.array = true;
        let arrays = Offsets::new(&[0, 2, 2], Some("UINT8"), 2, "arrayOffsets").unwrap();
        let texts = Offsets::new(&[0, 1, 3], Some("UINT8"), 2, "stringOffsets").unwrap();
        let shape = Shape::new(many, None).unwrap();
        let column = Column::new(shape, b"abc", Some(arrays), Some(texts), 2, 2).unwrap();
        assert_eq!(column.value(0), Value::from(vec!["a", "bc"]));
        assert_eq!(column.value(1), Value::Array(Vec::new()));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert!(plain(property("SCALAR", "FLOAT64"), &[0; 15], 2).unwrap_err().contains("15 bytes"));
        assert!(plain(property("SCALAR", "FLOAT16"), &[0; 15], 2).unwrap_err().contains("FLOAT16"));
        assert!(plain(property("SCALE", "INT8"), &[0; 15], 2).unwrap_err().contains("SCALE"));
        assert!(Offsets::new(&[0, 5, 3], Some("UINT8"), 2, "o").unwrap_err().contains("fall"));
        assert!(Offsets::new(&[0, 5], Some("UINT8"), 2, "o").unwrap_err().contains("2 bytes"));
        assert!(Offsets::new(&[0; 9], Some("INT8"), 2, "o").unwrap_err().contains("INT8"));
    }
}
