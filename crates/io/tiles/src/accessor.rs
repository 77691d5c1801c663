//! Numbers of a model, with every offset, stride and count checked before a byte is read.

use gltf_json::accessor::{Accessor, ComponentType, Type};
use gltf_json::validation::Checked;

use crate::Limits;
use crate::document::Document;

/// Extensions that pack a buffer view.
const PACKED: [&str; 2] = ["EXT_meshopt_compression", "KHR_meshopt_compression"];

/// Why numbers could not be had.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Packed by an extension that is not understood.
    Packed(&'static str),
    /// Something is wrong.
    Broken(String),
    /// More than the limit of vertices.
    TooMany,
}

impl From<String> for Fault {
    fn from(problem: String) -> Self {
        Self::Broken(problem)
    }
}

/// The values of an accessor, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Numbers of a value: 3 of a position.
    pub(crate) width: usize,
    /// `width` for each value.
    pub(crate) numbers: Vec<f64>,
}

impl Numbers {
    pub(crate) fn len(&self) -> usize {
        self.numbers.len().checked_div(self.width).unwrap_or_default()
    }

    pub(crate) fn rows<const WIDTH: usize>(&self) -> Result<impl Iterator<Item = [f64; WIDTH]> + '_, Fault> {
        if self.width != WIDTH {
            return Err(Fault::Broken(format!("a value has {} number(s) instead of {WIDTH}", self.width)));
        }
        Ok(self.numbers.chunks_exact(WIDTH).map(|row| std::array::from_fn(|i| row[i])))
    }

    /// As indices or ids; what is none becomes the largest number.
    pub(crate) fn whole(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers.iter().map(|number| {
            let fits = *number >= 0.0 && *number < f64::from(u32::MAX);
            if fits { number.round() as u32 } else { u32::MAX }
        })
    }
}

impl Document<'_> {
    /// The bytes of a buffer view, and how far apart its values are where it says.
    pub(crate) fn view(&self, index: usize) -> Result<(&[u8], Option<usize>), Fault> {
        let view = self.root.buffer_views.get(index);
        let view = view.ok_or_else(|| format!("there is no buffer view {index}"))?;
        if let Some(extensions) = &view.extensions
            && let Some(packed) = PACKED.iter().find(|name| extensions.others.contains_key(**name))
        {
            return Err(Fault::Packed(packed));
        }
        let buffer = view.buffer.value();
        let bytes = match self.buffers.get(buffer) {
            Some(Ok(bytes)) => bytes.as_ref(),
            Some(Err(problem)) => return Err(format!("buffer {buffer}: {problem}").into()),
            None => return Err(format!("there is no buffer {buffer}").into()),
        };
        let start = view.byte_offset.map_or(0, |offset| offset.0);
        let part = range(bytes, start, view.byte_length.0).ok_or_else(|| {
            let length = view.byte_length.0;
            format!("buffer view {index} is bytes {start} to {start}+{length} of {}", bytes.len())
        })?;
        Ok((part, view.byte_stride.map(|stride| stride.0).filter(|stride| *stride > 0)))
    }

    /// The values of an accessor.
    pub(crate) fn numbers(&self, index: usize, limits: &Limits) -> Result<Numbers, Fault> {
        let accessor = self.root.accessors.get(index);
        let accessor = accessor.ok_or_else(|| format!("there is no accessor {index}"))?;
        let (component, width) =
            form(accessor).ok_or_else(|| format!("accessor {index} has no known type"))?;
        let count = usize::try_from(accessor.count.0).unwrap_or(usize::MAX);
        if count > limits.content_vertices {
            return Err(Fault::TooMany);
        }
        let mut numbers = match accessor.buffer_view {
            None => vec![0.0; count * width],
            Some(view) => {
                let offset = accessor.byte_offset.map_or(0, |offset| offset.0);
                self.strided(view.value(), offset, count, component, width, accessor.normalized)
                    .map_err(|fault| named(fault, index))?
            }
        };
        if let Some(sparse) = &accessor.sparse {
            let changes = usize::try_from(sparse.count.0).unwrap_or(usize::MAX);
            if changes > count {
                return Err(format!("accessor {index} changes {changes} of {count} values").into());
            }
            let Checked::Valid(kind) = sparse.indices.component_type else {
                return Err(format!("accessor {index} has sparse indices of no known type").into());
            };
            let (view, offset) = (sparse.indices.buffer_view.value(), sparse.indices.byte_offset.0);
            let places = self.strided(view, offset, changes, kind.0, 1, false)?;
            let (view, offset) = (sparse.values.buffer_view.value(), sparse.values.byte_offset.0);
            let values = self.strided(view, offset, changes, component, width, accessor.normalized)?;
            for (place, value) in places.iter().zip(values.chunks_exact(width)) {
                let start = *place as usize * width;
                let row = numbers.get_mut(start..start + width);
                row.ok_or_else(|| format!("accessor {index} changes value {place} of {count}"))?
                    .copy_from_slice(value);
            }
        }
        Ok(Numbers { width, numbers })
    }

    fn strided(
        &self,
        view: usize,
        offset: u64,
        count: usize,
        component: ComponentType,
        width: usize,
        normalized: bool,
    ) -> Result<Vec<f64>, Fault> {
        let (bytes, stride) = self.view(view)?;
        let size = component.size() * width;
        let stride = stride.unwrap_or(size);
        let length = count.checked_sub(1).map_or(Some(0), |last| last.checked_mul(stride)?.checked_add(size));
        let part = length.and_then(|length| range(bytes, offset, length as u64)).ok_or_else(|| {
            format!("{count} values of {size} bytes from byte {offset} are more than buffer view {view} has")
        })?;
        let mut numbers = Vec::with_capacity(count * width);
        for value in 0..count {
            let row = &part[value * stride..value * stride + size];
            numbers.extend(row.chunks_exact(component.size()).map(|c| number(c, component, normalized)));
        }
        Ok(numbers)
    }
}

fn named(fault: Fault, index: usize) -> Fault {
    match fault {
        Fault::Broken(problem) => Fault::Broken(format!("accessor {index}: {problem}")),
        other => other,
    }
}

/// A part of bytes that may lie outside them.
pub(crate) fn range(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(start).ok()?;
    bytes.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}

fn form(accessor: &Accessor) -> Option<(ComponentType, usize)> {
    let (Checked::Valid(component), Checked::Valid(kind)) = (accessor.component_type, accessor.type_) else {
        return None;
    };
    // Matrices have columns padded to four bytes, and no attribute read here is one.
    (!matches!(kind, Type::Mat2 | Type::Mat3 | Type::Mat4)).then(|| (component.0, kind.multiplicity()))
}

/// One number of exactly the component's size.
fn number(bytes: &[u8], component: ComponentType, normalized: bool) -> f64 {
    let whole = |value: f64, most: f64| if normalized { (value / most).max(-1.0) } else { value };
    match (component, bytes) {
        (ComponentType::I8, [a]) => whole(f64::from(*a as i8), 127.0),
        (ComponentType::U8, [a]) => whole(f64::from(*a), 255.0),
        (ComponentType::I16, [a, b]) => whole(f64::from(i16::from_le_bytes([*a, *b])), 32_767.0),
        (ComponentType::U16, [a, b]) => whole(f64::from(u16::from_le_bytes([*a, *b])), 65_535.0),
        (ComponentType::U32, [a, b, c, d]) => f64::from(u32::from_le_bytes([*a, *b, *c, *d])),
        (ComponentType::F32, [a, b, c, d]) => f64::from(f32::from_le_bytes([*a, *b, *c, *d])),
        _ => f64::NAN,
    }
}
