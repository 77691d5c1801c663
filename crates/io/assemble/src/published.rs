//! What a building says of itself, in both editions of CityGML: its id and its height.

use futago_model::objects::{height_rank, length_unit};
use futago_raw::{NodeView, RawObject};

/// Name of the generic attribute that held the id before i-UR had one.
const OLD_ID: &str = "建物ID";

/// The published id of a building; its `gml:id` where there is none.
pub(crate) fn id(object: &RawObject) -> Option<&str> {
    let property = object.nodes().find(|node| node.name() == "uro:buildingID");
    let generic = || {
        let is_named =
            |node: &NodeView<'_>| node.attribute("name").or(node.value("gen:name")) == Some(OLD_ID);
        object.nodes().find(is_named).and_then(|node| node.value("gen:value"))
    };
    let id = property.map(|node| node.text()).filter(|text| !text.is_empty()).or_else(generic);
    id.or_else(|| object.id()).filter(|id| !id.is_empty())
}

/// `bldg:measuredHeight`, else the best `con:height`, metres; what was written when none of them can be.
/// PLATEAU writes -9999 for one that is not known.
pub(crate) fn height(object: &RawObject, usable: impl Fn(f64) -> bool) -> Option<Result<f64, String>> {
    let usable = |height: &f64| usable(*height);
    let metres = |text: &str| text.parse().ok().filter(usable);
    let measured = object.root().value("bldg:measuredHeight");
    let measured = measured.map(|text| metres(text).ok_or_else(|| format!("{text} m")));
    if matches!(measured, Some(Ok(_))) {
        return measured;
    }
    let properties = object.root().children().filter(|child| child.name() == "con:height");
    let heights = properties.filter_map(|property| property.child("con:Height"));
    let read = |height: NodeView<'_>| {
        let value = height.child("con:value")?;
        let (text, unit) = (value.text(), length_unit(value.attribute("uom").unwrap_or_default()));
        let reference = |name| height.value(name).unwrap_or_default();
        let rank = height_rank(reference("con:highReference"), reference("con:lowReference"));
        Some((rank, metres(text).filter(|_| unit == "m").ok_or_else(|| format!("{text} {unit}"))))
    };
    // The first of the best: `min_by_key` keeps the order of the file among equals.
    let best = heights.filter_map(read).min_by_key(|(rank, height)| (height.is_err(), *rank));
    best.map(|(_, height)| height).or(measured)
}

#[cfg(test)]
mod tests {
    use futago_raw::{NodeRole, ObjectBuilder};

    use super::*;

    fn house(measured: Option<&str>, heights: &[[&str; 4]]) -> RawObject {
        let mut house = ObjectBuilder::new("bldg:Building", 0);
        if let Some(measured) = measured {
            house.value("bldg:measuredHeight", measured);
        }
        for [high, low, uom, value] in heights {
            house.begin("con:height", NodeRole::Property);
            house.begin("con:Height", NodeRole::Value);
            house.value("con:highReference", high);
            house.value("con:lowReference", low);
            house.begin("con:value", NodeRole::Property);
            house.attribute("uom", uom);
            house.text(value);
            house.end();
            house.end();
            house.end();
        }
        house.finish()
    }

    #[test]
    fn the_best_height_is_taken() {
        let eave = ["lowestEave", "lowestGroundPoint", "m", "6"];
        let top = ["http://x/highestPoint", "generalGround", "urn:adv:uom:m", "9.5"];
        let deep = ["highestPoint", "bottomOfConstruction", "#m", "20"];
        let feet = ["highestPoint", "lowestGroundPoint", "ft", "31"];
        let bad = ["highestPoint", "lowestGroundPoint", "m", "-9999"];
        type Case<'c> = (Option<&'c str>, &'c [[&'c str; 4]], Option<Result<f64, &'c str>>);
        let cases: [Case<'_>; 9] = [
            (None, &[], None),
            (None, &[eave, deep, top], Some(Ok(9.5))),
            (None, &[deep, eave], Some(Ok(6.0))),
            (None, &[bad, eave], Some(Ok(6.0))),
            (None, &[feet], Some(Err("31 ft"))),
            (None, &[bad], Some(Err("-9999 m"))),
            (Some("12"), &[top], Some(Ok(12.0))),
            (Some("-9999"), &[top], Some(Ok(9.5))),
            (Some("-9999"), &[], Some(Err("-9999 m"))),
        ];
        for (measured, heights, expected) in cases {
            let found = height(&house(measured, heights), |height| height > 0.0);
            assert_eq!(found, expected.map(|it| it.map_err(str::to_owned)), "{measured:?} {heights:?}");
        }
    }

    #[test]
    fn the_old_id_is_found_in_both_editions() {
        let mut second = ObjectBuilder::new("bldg:Building", 0);
        second.begin("gen:stringAttribute", NodeRole::Property);
        second.attribute("name", OLD_ID);
        second.value("gen:value", "13104-bldg-1");
        assert_eq!(id(&second.finish()), Some("13104-bldg-1"));
        let mut third = ObjectBuilder::new("bldg:Building", 0);
        third.attribute("gml:id", "a");
        third.begin("core:genericAttribute", NodeRole::Property);
        third.begin("gen:StringAttribute", NodeRole::Value);
        third.value("gen:name", OLD_ID);
        third.value("gen:value", "13104-bldg-2");
        assert_eq!(id(&third.finish()), Some("13104-bldg-2"));
    }
}
