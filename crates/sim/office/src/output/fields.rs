//! Fields: the level of floors and of buildings, and people by area, for every part of the day.

use futago_field::{Field, Figure, Message, Quantity, ResultSet, Scale, Span, Support, Variant};
use jiff::Timestamp;

use super::suffix;
use super::sums::{Sums, peak, ratio};
use crate::prepare::areas::grid;
use crate::prepare::days::{Bin, Days, seconds};
use crate::run::OfficeRun;

/// Adds every field of every case and of the difference, and the map over them.
pub fn add(run: &OfficeRun, sums: &[Sums], results: &mut ResultSet) {
    let areas = grid(&run.areas, run.question.areas.side_m);
    for (number, case) in run.cases.iter().enumerate() {
        for (bin, part) in run.bins.iter().enumerate() {
            let when = When::of(&case.days, part);
            let mut put = |name: &str, what: Quantity, support: Support, values: Vec<f32>| {
                results.fields.push(when.field(name, part, what, case.variant, support, values));
            };
            let level = || quantity(run, "office-level", "1", Scale::Load);
            let (floors, buildings) = &run.supports;
            put("level-floors", level(), Support::Floors(floors.clone()), levels(run, number, bin));
            let values = sums[number].offices.iter().map(|office| office[bin].level() as f32).collect();
            put("level-buildings", level(), Support::Buildings(buildings.clone()), values);
            if let Some((grid, cells)) = &areas {
                let mut values = vec![f32::NAN; grid.len()];
                for (area, cell) in sums[number].areas.iter().zip(cells) {
                    values[*cell] = area[bin].persons() as f32;
                }
                let what = quantity(run, "office-persons", "persons", Scale::Load);
                put("persons-areas", what, Support::Grid(*grid), values);
            }
        }
    }
    differences(run, results);
    if areas.is_some() {
        figure(run, sums, results, "areas", "persons-areas");
    }
    figure(run, sums, results, "buildings", "level-buildings");
}

fn levels(run: &OfficeRun, case: usize, bin: usize) -> Vec<f32> {
    let filled = run.floors.iter().zip(&run.cases[case].filled);
    filled.map(|(floor, filled)| ratio(filled.persons[bin], floor.capacity) as f32).collect()
}

/// What-if less as-is, part by part.
fn differences(run: &OfficeRun, results: &mut ResultSet) {
    if run.cases.len() < 2 {
        return;
    }
    let (before, after) = results.fields.split_at(results.fields.len() / 2);
    let less = |(before, after): (&Field, &Field)| Field {
        key: format!("{}{}", before.key, suffix(Variant::Difference)),
        quantity: Quantity {
            key: format!("{}-change", before.quantity.key),
            scale: Scale::Diverging,
            ..before.quantity.clone()
        },
        variant: Variant::Difference,
        support: before.support.clone(),
        values: before.values.iter().zip(&after.values).map(|(b, a)| a - b).collect(),
        time_label: before.time_label.clone(),
        time: before.time,
    };
    let found: Vec<Field> = before.iter().zip(after).map(less).collect();
    results.fields.extend(found);
}

/// A field at the peak, before and after side by side.
fn figure(run: &OfficeRun, sums: &[Sums], results: &mut ResultSet, name: &str, field: &str) {
    let Some((bin, _)) = peak(&sums[0].all) else { return };
    let part = &run.bins[bin];
    let fields = run.cases.iter().map(|case| key(field, part, case.variant)).collect();
    results.figures.push(Figure {
        key: format!("office-{name}"),
        caption: Message::new(&format!("office-figure-{name}"))
            .with("when", When::of(&run.cases[0].days, part).label)
            .with("side", run.question.areas.side_m),
        fields,
        lines: Vec::new(),
        window_m: run.bounds_m,
        highlight: Vec::new(),
    });
}

/// `office-level-floors-0900` with the case.
fn key(name: &str, part: &Bin, variant: Variant) -> String {
    format!("office-{name}-{}{}", part.from_clock().replace(':', ""), suffix(variant))
}

/// A quantity, said to be synthetic where anything in it is.
fn quantity(run: &OfficeRun, key: &str, unit: &str, scale: Scale) -> Quantity {
    let key = if run.kinds().0 { format!("{key}-synthetic") } else { key.to_owned() };
    Quantity { key, unit: unit.to_owned(), scale }
}

/// When a value holds.
pub struct When {
    /// For people.
    pub label: String,
    /// For clocks: on the first of the days.
    pub span: Option<Span>,
}

impl When {
    /// A part of the days.
    pub fn of(days: &Days, part: &Bin) -> Self {
        let label = format!("{} {}–{} JST", days.label(), part.from_clock(), part.until_clock());
        let midnight = days.midnights_s().into_iter().min();
        let at = |minute| Timestamp::from_second(midnight? + seconds(minute)).ok();
        let span = at(part.from_min).zip(at(part.until_min)).map(|(from, until)| Span { from, until });
        Self { label, span }
    }

    fn field(
        &self,
        name: &str,
        part: &Bin,
        quantity: Quantity,
        variant: Variant,
        support: Support,
        values: Vec<f32>,
    ) -> Field {
        let (time_label, time) = (self.label.clone(), self.span);
        Field { key: key(name, part, variant), quantity, variant, support, values, time_label, time }
    }
}
