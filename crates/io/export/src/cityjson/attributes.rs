//! Elements to attributes.

use futago_model::objects::{ElementRole, ElementView, height_rank, length_unit};
use serde_json::{Map, Number, Value};

use super::{appearance, is_city_object};

/// Prefixes of CityGML's own modules, which CityJSON leaves out. i-UR's `uro:` and `urf:` stay.
const MODULES: [&str; 12] =
    ["bldg", "brid", "con", "core", "dem", "frn", "gml", "luse", "tran", "tun", "veg", "wtr"];

/// Attributes that CityJSON wants as numbers.
const NUMBERS: [&str; 5] =
    ["measuredHeight", "storeysAboveGround", "storeysBelowGround", "yearOfConstruction", "yearOfDemolition"];

/// Attributes that CityJSON wants as arrays of numbers.
const NUMBER_LISTS: [&str; 2] = ["storeyHeightsAboveGround", "storeyHeightsBelowGround"];

/// Everything that an object says, but its parts, boundary surfaces and geometries.
pub(super) fn of(object: ElementView<'_>) -> Map<String, Value> {
    let mut values = Map::new();
    own_attributes(object, &mut values);
    for child in object.children().filter(|child| !appearance::is_told(*child)) {
        add(child, &mut values);
    }
    values
}

/// The best `con:height` of a building, metres, as CityJSON wants it (specification 2.0.1: `measuredHeight`, a
/// number). CityGML 3.0 has no other.
pub(super) fn measured_height(building: ElementView<'_>) -> Option<Value> {
    let properties = building.children().filter(|child| child.name() == "con:height");
    let heights = properties.filter_map(|property| property.child("con:Height"));
    let read = |height: ElementView<'_>| {
        let value = height.child("con:value")?;
        let metres: f64 = value.text().parse().ok().filter(|metres| *metres > 0.0)?;
        let reference = |name| height.value(name).unwrap_or_default();
        let rank = height_rank(reference("con:highReference"), reference("con:lowReference"));
        let in_metres = length_unit(value.attribute("uom").unwrap_or_default()) == "m";
        in_metres.then_some((rank, metres))
    };
    // The first of the best, as the simulations take it.
    let (_, metres) = heights.filter_map(read).min_by_key(|(rank, _)| *rank)?;
    Number::from_f64(metres).map(Value::Number)
}

/// A part that is neither a city object nor semantics of a geometry: an object with its kind and id.
pub(super) fn of_part(part: ElementView<'_>) -> Value {
    let mut values = of(part);
    values.insert("@type".to_owned(), part.name().into());
    if let Some(id) = part.id() {
        values.insert("@id".to_owned(), id.into());
    }
    values.into()
}

/// XML attributes of the object itself, but its id, which is its name.
fn own_attributes(element: ElementView<'_>, values: &mut Map<String, Value>) {
    for (name, value) in element.attributes().filter(|(name, _)| *name != "gml:id") {
        values.insert(format!("@{}", short(name)), value.into());
    }
}

/// Adds an element under its name.
fn add(element: ElementView<'_>, values: &mut Map<String, Value>) {
    if matches!(element.name(), "core:genericAttribute" | "gen:genericAttribute") {
        return element.children().for_each(|attribute| add(attribute, values));
    }
    if leads_to_parts_only(element) {
        return;
    }
    let generic = generic_name(element);
    let key = generic.map_or_else(|| short(element.name()), str::to_owned);
    let value = match generic {
        Some(_) => {
            put(values, format!("{key}@type"), element.name().into());
            generic_value(element)
        }
        None => value_of(element),
    };
    for (name, text) in element.attributes() {
        if generic.is_none() || name != "name" {
            put(values, format!("{key}@{}", short(name)), text.into());
        }
    }
    put(values, key, value);
}

/// The name that a generic attribute has: an XML attribute in CityGML 2.0, an element in 3.0.
fn generic_name(element: ElementView<'_>) -> Option<&str> {
    let is_generic = element.name().starts_with("gen:") && element.role() != ElementRole::Part;
    is_generic.then(|| element.attribute("name").or_else(|| element.value("gen:name"))).flatten()
}

/// Whether an element holds only what is written elsewhere: geometry, parts, boundary surfaces.
fn leads_to_parts_only(element: ElementView<'_>) -> bool {
    if element.role() == ElementRole::Part {
        return true;
    }
    let holds_geometry = element.geometries().next().is_some();
    let mut children = element.children().peekable();
    let empty = element.text().is_empty();
    match children.peek() {
        None => empty && holds_geometry,
        Some(_) => empty && children.all(|child| leads_to_parts_only(child) || is_city_object(child)),
    }
}

fn value_of(element: ElementView<'_>) -> Value {
    let mut fields = fields_of(element, |_| true);
    let text = element.text();
    if fields.is_empty() {
        let name = short(element.name());
        let is_of = |names: &[&str]| names.contains(&name.as_str());
        let list = is_of(&NUMBER_LISTS).then(|| numbers(text)).flatten();
        let value = if is_of(&NUMBERS) { number(text) } else { list };
        return value.unwrap_or_else(|| text.into());
    }
    if !text.is_empty() {
        fields.insert("@text".to_owned(), text.into());
    }
    fields.into()
}

fn fields_of(element: ElementView<'_>, wanted: impl Fn(&ElementView<'_>) -> bool) -> Map<String, Value> {
    let mut fields = Map::new();
    element.children().filter(wanted).for_each(|child| add(child, &mut fields));
    fields
}

/// The value of a generic attribute; a set of them is an object.
fn generic_value(element: ElementView<'_>) -> Value {
    let is_value = |child: &ElementView<'_>| child.name() != "gen:name";
    let mut children = element.children().filter(is_value);
    let (first, second) = (children.next(), children.next());
    match (first, second) {
        (Some(value), None) if value.name() == "gen:value" && value.attributes().next().is_none() => {
            let numeric = matches!(
                element.name(),
                "gen:intAttribute" | "gen:doubleAttribute" | "gen:IntAttribute" | "gen:DoubleAttribute"
            );
            let text = value.text();
            if numeric { number(text).unwrap_or_else(|| text.into()) } else { text.into() }
        }
        _ if element.attribute("name").is_none() => fields_of(element, is_value).into(),
        _ => value_of(element),
    }
}

/// A number, when it is the same number as written.
fn number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    Number::from_f64(text.parse().ok()?).map(Value::Number)
}

/// Numbers with blanks between them.
fn numbers(text: &str) -> Option<Value> {
    let numbers: Vec<Value> = text.split_ascii_whitespace().map(number).collect::<Option<_>>()?;
    (!numbers.is_empty()).then(|| numbers.into())
}

/// The name without the prefix of CityGML's own modules.
fn short(name: &str) -> String {
    match name.split_once(':') {
        Some((prefix, local)) if MODULES.contains(&prefix) => local.to_owned(),
        Some(("futago", local)) => local.to_owned(),
        _ => name.to_owned(),
    }
}

/// Puts a value; a name that repeats becomes an array.
fn put(values: &mut Map<String, Value>, key: String, value: Value) {
    match values.get_mut(&key) {
        None => {
            values.insert(key, value);
        }
        Some(Value::Array(list)) => list.push(value),
        Some(first) => {
            let before = first.take();
            *first = Value::Array(vec![before, value]);
        }
    }
}
