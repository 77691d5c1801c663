//! What sources say of a building's use and storeys, where they do.
//!
//! The model itself keeps neither; the city objects as published do (`bldg:usage`, `bldg:storeysAboveGround`). Codes of
//! use are those of PLATEAU's list `Building_usage`: 401 業務施設 and 421 官公庁施設 are offices, 454 and 461 say
//! nothing, all others are something else. Words count too, since some files write them.

use std::collections::BTreeMap;

use futago_model::Objects;
use futago_model::objects::ElementView;

/// What is published of buildings, by their id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// The facts, by published id.
    pub by_id: BTreeMap<String, Fact>,
}

/// What is published of one building.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fact {
    /// Whether its use is offices; none where no use is published.
    pub is_office: Option<bool>,
    /// Storeys above the ground.
    pub storeys: Option<u32>,
}

/// Name of the generic attribute that held the id before i-UR had one.
const OLD_ID: &str = "建物ID";

/// Most storeys that are believed.
const MOST_STOREYS: u32 = 250;

impl Published {
    /// Reads them from the objects of a city.
    pub fn of(objects: &Objects) -> Self {
        let mut by_id = BTreeMap::new();
        for object in objects.objects().filter(|o| o.name() == "bldg:Building") {
            let (id, fact) = read(object);
            if let (Some(id), true) = (id, fact != Fact::default()) {
                by_id.insert(id.to_owned(), fact);
            }
        }
        Self { by_id }
    }

    /// The same with storeys that somebody knows better.
    #[must_use]
    pub fn with_storeys<'k>(mut self, known: impl Iterator<Item = (&'k str, u32)>) -> Self {
        for (id, storeys) in known {
            self.by_id.entry(id.to_owned()).or_default().storeys = Some(storeys);
        }
        self
    }

    /// What is published of a building; nothing where nothing is.
    pub fn fact(&self, id: &str) -> Fact {
        self.by_id.get(id).copied().unwrap_or_default()
    }
}

fn read(object: ElementView<'_>) -> (Option<&str>, Fact) {
    let (mut property, mut generic, mut fact) = (None, None, Fact::default());
    for element in object.descendants() {
        let text = element.text();
        match element.name() {
            "uro:buildingID" if !text.is_empty() => property = property.or(Some(text)),
            "bldg:usage" => fact.is_office = fact.is_office.or(is_office(text)),
            "bldg:storeysAboveGround" => fact.storeys = fact.storeys.or(storeys(text)),
            name if name.starts_with("gen:") => {
                let called = element.attribute("name").or(element.value("gen:name"));
                if called == Some(OLD_ID) {
                    generic = generic.or(element.value("gen:value"));
                }
            }
            _ => {}
        }
    }
    (property.or(generic).or(object.id()), fact)
}

/// PLATEAU writes 9999 for storeys that are not known.
fn storeys(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|storeys| (1..=MOST_STOREYS).contains(storeys))
}

fn is_office(text: &str) -> Option<bool> {
    let text = text.trim();
    let is_word = |words: &[&str]| words.iter().any(|word| text.to_lowercase().contains(word));
    match text {
        "" | "454" | "461" => None,
        "401" | "421" => Some(true),
        _ if is_word(&["不明", "その他", "unknown"]) => None,
        _ => Some(is_word(&["業務", "官公庁", "事務所", "office"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words() {
        let offices = ["401", "421", "業務施設", "Office"].map(is_office);
        assert_eq!(offices, [Some(true); 4]);
        assert_eq!(["403", "412", "ホテル"].map(is_office), [Some(false); 3]);
        assert_eq!(["", "461", "不明"].map(is_office), [None; 3]);
        assert_eq!(["48", "9999", "0", "x"].map(storeys), [Some(48), None, None, None]);
    }
}
