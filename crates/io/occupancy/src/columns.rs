//! Which column is what, by name.

use crate::OccupancyError;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Id of the building.
    Building = 0,
    /// The floor.
    Floor = 1,
    /// When.
    Time = 2,
    /// How many.
    Persons = 3,
    /// Persons that the floor is for.
    Capacity = 4,
    /// Area, square metres.
    Area = 5,
}

/// Names of each, in the order of [`Role`]; the first is the one that messages tell. Capitals, blanks, `_` and `-`
/// make no difference.
pub const NAMES: [(Role, &[&str]); 6] = [
    (Role::Building, &["building", "building id", "bldg", "bldg id", "建物", "建物ID", "ビル"]),
    (Role::Floor, &["floor", "storey", "story", "level", "階", "フロア"]),
    (Role::Time, &["time", "timestamp", "datetime", "time jst", "time utc", "utc", "時刻", "日時"]),
    (Role::Persons, &["persons", "people", "count", "occupancy", "人数", "在館者数", "在室者数"]),
    (Role::Capacity, &["capacity", "capacity persons", "定員", "収容人数"]),
    (Role::Area, &["area m2", "area", "面積", "面積 m2"]),
];

/// Where the columns are, and how times count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Place of each in a row, by [`Role`].
    pub at: [Option<usize>; 6],
    /// Whether the name of the column of times says UTC.
    pub utc: bool,
}

impl Columns {
    /// Finds them in the names of a table.
    pub fn of(names: &[String], file: &str) -> Result<Self, OccupancyError> {
        let mut at = [None; 6];
        for (place, name) in names.iter().enumerate() {
            let Some(role) = role_of(name) else { continue };
            if let Some(first) = at[role as usize].replace(place) {
                return Err(OccupancyError::TwoColumns {
                    file: file.to_owned(),
                    column: NAMES[role as usize].1[0],
                    first: names[first].clone(),
                    second: name.clone(),
                });
            }
        }
        for (role, known) in &NAMES[..=Role::Persons as usize] {
            if at[*role as usize].is_none() {
                let shown = names.iter().take(20).map(|n| n.chars().take(40).collect::<String>());
                return Err(OccupancyError::NoColumn {
                    file: file.to_owned(),
                    missing: known[0],
                    found: shown.collect::<Vec<_>>().join(", "),
                });
            }
        }
        let utc = at[Role::Time as usize].is_some_and(|place| plain(&names[place]).contains("utc"));
        Ok(Self { at, utc })
    }
}

/// What a column of this name holds.
pub(crate) fn role_of(name: &str) -> Option<Role> {
    let name = plain(name);
    NAMES.iter().find(|(_, known)| known.iter().any(|k| plain(k) == name)).map(|(role, _)| *role)
}

/// A name without what makes no difference: `Time (UTC)` is `timeutc`.
fn plain(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}');
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Result<Columns, OccupancyError> {
        Columns::of(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>(), "f.csv")
    }

    #[test]
    fn names_in_any_order_and_case() {
        let found = columns(&["Persons", "x", "Time (UTC)", "FLOOR", "Building-ID", "AREA_m2"]).unwrap();
        assert_eq!((found.at, found.utc), ([Some(4), Some(3), Some(2), Some(0), None, Some(5)], true));
        assert!(!columns(&["建物", "階", "日時", "人数"]).unwrap().utc);
    }

    #[test]
    fn what_is_missing_or_double_is_told() {
        let said = columns(&["building", "floor", "when"]).unwrap_err().to_string();
        assert!(said.contains("`time`") && said.contains("when") && said.contains("f.csv"), "{said}");
        let said = columns(&["building", "floor", "time", "persons", "people"]).unwrap_err().to_string();
        assert!(said.contains("persons and people"), "{said}");
    }
}
