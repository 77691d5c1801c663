//! The members of a geometry, and the vertices that its indices point to.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::{self, Key, Members, Piece};
use crate::nested::Nested;

/// A geometry as written. Its boundaries are read already, for they are most of a file.
#[derive(Debug, Default)]
pub(crate) struct Geometry<'a> {
    /// `type`.
    pub kind: Option<Piece<'a>>,
    pub lod: Option<Piece<'a>>,
    pub boundaries: Nested,
    pub semantics: Option<Piece<'a>>,
    pub material: Option<Piece<'a>>,
    pub texture: Option<Piece<'a>>,
    /// Of an instance: the number of its template.
    pub template: Option<Piece<'a>>,
    /// Of an instance: `transformationMatrix`.
    pub matrix: Option<Piece<'a>>,
    pub others: Members<'a>,
}

/// The geometries of an array; none for one that is no geometry. None at all when it is no array.
pub(crate) fn geometries(piece: Piece<'_>) -> Option<Vec<Option<Geometry<'_>>>> {
    if !json::is_array(piece) {
        return None;
    }
    if let Ok(all) = serde_json::from_str::<Vec<Geometry<'_>>>(piece.get()) {
        return Some(all.into_iter().map(Some).collect());
    }
    let items = json::items(piece)?;
    Some(items.into_iter().map(|item| serde_json::from_str(item.get()).ok()).collect())
}

impl<'de: 'a, 'a> Deserialize<'de> for Geometry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Each)
    }
}

struct Each;

impl<'de> Visitor<'de> for Each {
    type Value = Geometry<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut geometry = Geometry::default();
        while let Some(Key(name)) = map.next_key::<Key<'de>>()? {
            let known = match &*name {
                "boundaries" => {
                    geometry.boundaries = map.next_value()?;
                    continue;
                }
                "type" => &mut geometry.kind,
                "lod" => &mut geometry.lod,
                "semantics" => &mut geometry.semantics,
                "material" => &mut geometry.material,
                "texture" => &mut geometry.texture,
                "template" => &mut geometry.template,
                "transformationMatrix" => &mut geometry.matrix,
                _ => {
                    geometry.others.push((name, map.next_value()?));
                    continue;
                }
            };
            if let Some(first) = known.replace(map.next_value::<&'de RawValue>()?) {
                geometry.others.push((name, first));
            }
        }
        Ok(geometry)
    }
}

/// Reads vertices of so many numbers. One that is none has NaN in it; none when they are no array.
pub(crate) fn vertices<const N: usize>(piece: Piece<'_>) -> Option<Vec<[f64; N]>> {
    if !json::is_array(piece) {
        return None;
    }
    if let Ok(all) = serde_json::from_str::<Vec<Numbers<N>>>(piece.get()) {
        return Some(all.into_iter().map(|Numbers(numbers)| numbers).collect());
    }
    // A number that no machine holds, or a vertex that is no array: with more patience.
    let vertex = |item: Piece<'_>| {
        let mut numbers = [f64::NAN; N];
        match json::items(item) {
            Some(found) if found.len() == N => {
                numbers.iter_mut().zip(found).for_each(|(number, item)| *number = json::number(item));
                numbers
            }
            _ => numbers,
        }
    };
    json::items(piece).map(|items| items.into_iter().map(vertex).collect())
}

struct Numbers<const N: usize>([f64; N]);

impl<'de, const N: usize> Deserialize<'de> for Numbers<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Array<const N: usize>;
        impl<'de, const N: usize> Visitor<'de> for Array<N> {
            type Value = Numbers<N>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{N} numbers")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
                let mut numbers = [f64::NAN; N];
                for (at, number) in numbers.iter_mut().enumerate() {
                    match array.next_element::<f64>()? {
                        Some(found) => *number = found,
                        None => return Ok(Numbers(if at == 0 { numbers } else { [f64::NAN; N] })),
                    }
                }
                let mut numbers = Numbers(numbers);
                while array.next_element::<IgnoredAny>()?.is_some() {
                    numbers.0 = [f64::NAN; N];
                }
                Ok(numbers)
            }
        }
        deserializer.deserialize_seq(Array)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_bad_vertex_spoils_no_other() {
        let good: Vec<[f64; 3]> = vertices(piece("[[1,2,3],[4.5,5e1,-6]]")).unwrap();
        assert_eq!(good, [[1.0, 2.0, 3.0], [4.5, 50.0, -6.0]]);
        for bad in ["[1,2]", "[1,2,3,4]", "[]", "[1,2,1e999]", "[1,2,null]", "\"a\"", "{}", "[1,[],3]"] {
            let text = format!("[[1,2,3],{bad},[7,8,9]]");
            let found: Vec<[f64; 3]> = vertices(piece(&text)).unwrap();
            assert_eq!((found[0], found[2]), ([1.0, 2.0, 3.0], [7.0, 8.0, 9.0]), "{bad}");
            assert!(!found[1].iter().all(|number| number.is_finite()), "{bad}");
        }
        assert!(vertices::<3>(piece("{}")).is_none());
    }

    #[test]
    fn a_bad_geometry_spoils_no_other() {
        let found =
            geometries(piece(r#"[{"type":"Solid","boundaries":{}}, 5, {"lod":1,"boundaries":[1e999]}]"#));
        let found = found.unwrap();
        assert!(found[0].is_some() && found[1].is_none());
        assert_eq!(found.len(), 3);
    }
}
