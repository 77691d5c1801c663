//! What a change does: difference fields, and who loses how much sun.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use futago_field::{Field, Message, PointSet, ResultSet, Scale, Support, Table, Variant};

use super::tables::{names_of, number, text};
use super::{Points, When, figure, highlights, hours_a_day, quantity};
use crate::run::{Case, SunlightRun, Surface};

/// A change of less than this is the grain of counting, hours.
const NOTABLE_H: f64 = 0.25;
/// Rows of the table that a report shows.
const ROWS_SHOWN: usize = 20;

/// Adds the difference of what-if less as-is, where both were asked for.
pub fn add(run: &SunlightRun, results: &mut ResultSet) {
    let [before, after] = run.cases.as_slice() else { return };
    if run.question.sun_hours.is_none() {
        return;
    }
    ground_difference(run, results);
    let mut losses = BTreeMap::new();
    for surface in &before.surfaces {
        let kind = &surface.set.kind;
        if let Some(other) = after.surfaces.iter().find(|s| s.set.kind == *kind) {
            surface_difference(run, surface, other, results, &mut losses);
        }
    }
    if !losses.is_empty() {
        results.tables.push(loss_table(run, losses));
    }
    ground_losses_by_case(run, before, after, results);
}

fn ground_difference(run: &SunlightRun, results: &mut ResultSet) {
    let find = |key: &str| results.fields.iter().find(|f| f.key == key);
    let (Some(before), Some(after)) = (find("sun-hours-ground"), find("sun-hours-ground-what-if")) else {
        return;
    };
    let values = before.values.iter().zip(&after.values).map(|(b, a)| a - b).collect();
    let when = When::period(run);
    let field = Field {
        key: "sun-hours-ground-difference".to_owned(),
        quantity: quantity("sun-hours-loss", "h", Scale::Diverging),
        variant: Variant::Difference,
        support: before.support.clone(),
        values,
        time_label: when.label,
        time: when.span,
    };
    results.fields.push(field);
    let mut map = figure(run, "difference", vec!["sun-hours-ground-difference".to_owned()]);
    map.highlight = highlights(run);
    results.figures.push(map);
}

/// Area of open ground that loses and gains, as a sentence.
fn ground_losses_by_case(run: &SunlightRun, before: &Case, after: &Case, results: &mut ResultSet) {
    let (Some(ground), Some(_)) = (&before.ground, &after.ground) else { return };
    let Some(field) = results.fields.iter().find(|f| f.key == "sun-hours-ground-difference") else { return };
    let cell = ground.sweep.grid.spacing_m.powi(2);
    let area = |test: &dyn Fn(f64) -> bool| {
        field.values.iter().filter(|v| !v.is_nan() && test(f64::from(**v))).count() as f64 * cell
    };
    let (lost, gained) = (area(&|v| v <= -NOTABLE_H), area(&|v| v >= NOTABLE_H));
    let worst = field.range().map_or(0.0, |(low, _)| f64::from(-low.min(0.0)));
    results.findings.push(
        Message::new("sunlight-finding-change")
            .with("lost", lost)
            .with("gained", gained)
            .with("worst", worst)
            .with("notable", NOTABLE_H * 60.0)
            .with("when", When::period(run).label),
    );
    for (key, value) in
        [("ground_loses_m2", lost), ("ground_gains_m2", gained), ("ground_worst_loss_h", worst)]
    {
        results.summary.insert(key.to_owned(), value.into());
    }
}

/// Area-weighted hours before and after, by building.
#[derive(Default)]
struct Loss {
    area: f64,
    before: f64,
    after: f64,
}

/// Compares the points that both cities have: same place, same owner.
fn surface_difference(
    run: &SunlightRun,
    before: &Surface,
    after: &Surface,
    results: &mut ResultSet,
    losses: &mut BTreeMap<String, Loss>,
) {
    let place = |set: &PointSet, i: usize| (set.at_m[i].map(f32::to_bits), set.normal[i].map(f32::to_bits));
    let later: HashMap<_, usize> = (0..after.set.at_m.len()).map(|i| (place(&after.set, i), i)).collect();
    let mut common = PointSet { kind: before.set.kind.clone(), ..PointSet::default() };
    let mut values = Vec::new();
    for i in 0..before.set.at_m.len() {
        let Some(j) =
            later.get(&place(&before.set, i)).filter(|j| after.set.owner[**j] == before.set.owner[i])
        else {
            continue;
        };
        let (b, a) = (hours_a_day(run, before.seen[i][0]), hours_a_day(run, after.seen[*j][0]));
        let area = f64::from(before.set.area_m2[i]);
        let loss = losses.entry(before.set.owner[i].clone()).or_default();
        (loss.area, loss.before, loss.after) =
            (loss.area + area, loss.before + area * b, loss.after + area * a);
        common.at_m.push(before.set.at_m[i]);
        common.normal.push(before.set.normal[i]);
        common.area_m2.push(before.set.area_m2[i]);
        common.owner.push(before.set.owner[i].clone());
        common.face.push(before.set.face[i]);
        values.push((a - b) as f32);
    }
    if values.is_empty() {
        return;
    }
    let (points, when): (Points, _) = (Arc::new(common), When::period(run));
    results.fields.push(Field {
        key: format!("sun-hours-{}-difference", before.set.kind),
        quantity: quantity("sun-hours-loss", "h", Scale::Diverging),
        variant: Variant::Difference,
        support: Support::Points(points),
        values,
        time_label: when.label,
        time: when.span,
    });
}

fn loss_table(run: &SunlightRun, losses: BTreeMap<String, Loss>) -> Table {
    let mut rows: Vec<_> = losses.into_iter().filter(|(_, l)| l.area > 0.0).collect();
    let change = |l: &Loss| (l.after - l.before) / l.area;
    rows.sort_by(|a, b| change(&a.1).total_cmp(&change(&b.1)).then_with(|| a.0.cmp(&b.0)));
    let names: Vec<_> = rows.iter().map(|(id, _)| names_of(&run.city, id)).collect();
    let columns = vec![
        text("building_id", rows.iter().map(|(id, _)| id.clone())),
        text("name_ja", names.iter().map(|n| n.0.clone())),
        text("name_en", names.iter().map(|n| n.1.clone())),
        number("area_m2", "m2", rows.iter().map(|(_, l)| l.area)),
        number("before_h", "h", rows.iter().map(|(_, l)| l.before / l.area)),
        number("after_h", "h", rows.iter().map(|(_, l)| l.after / l.area)),
        number("difference_h", "h", rows.iter().map(|(_, l)| change(l))),
    ];
    Table { key: "changes".to_owned(), columns, rows_in_report: ROWS_SHOWN }
}
