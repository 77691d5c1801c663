//! The density of the ground and of each street, and their maps.

use std::sync::Arc;

use futago_field::{Field, Figure, LinkSet, Message, Quantity, ResultSet, Scale, Span, Support, Variant};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::{clock, density_m2, label, persons_h, shown, suffix};
use crate::fundamental::FruinLevel;
use crate::prepare::network::Streets;
use crate::run::{Answer, CrowdRun, Moment};

/// Adds the fields of every time, and the figures over them.
pub fn add(run: &CrowdRun, results: &mut ResultSet) {
    let Some(last) = run.cases.last() else { return };
    let links = shown(run);
    let set = Arc::new(link_set(&last.changed.streets, &links));
    for moment in &run.moments {
        add_grids(run, moment, results);
        add_streets(run, moment, &links, &set, results);
    }
    add_figures(run, results);
}

fn field(
    run: &CrowdRun,
    moment: &Moment,
    name: &str,
    place: &str,
    what: &Quantity,
    variant: Variant,
) -> Field {
    Field {
        key: format!("{name}-{}-{place}{}", clock(moment.time).replace(':', ""), suffix(variant)),
        quantity: what.clone(),
        variant,
        support: Support::Grid(run.grid),
        values: Vec::new(),
        time_label: label(run, moment),
        time: instant(run, moment).map(Span::at),
    }
}

fn instant(run: &CrowdRun, moment: &Moment) -> Option<Timestamp> {
    let japan = TimeZone::fixed(Offset::constant(9));
    Some(run.question.date.to_datetime(moment.time).to_zoned(japan).ok()?.timestamp())
}

fn quantity(key: &str, unit: &str, variant: Variant) -> Quantity {
    let scale = if variant == Variant::Difference { Scale::Diverging } else { Scale::Load };
    Quantity { key: key.to_owned(), unit: unit.to_owned(), scale }
}

fn add_grids(run: &CrowdRun, moment: &Moment, results: &mut ResultSet) {
    // No value where nobody can be: off the streets of both cases, and inside buildings.
    let mut wide = vec![false; run.cases[0].input.grid.len()];
    for case in &run.cases {
        case.input.cells.iter().for_each(|cell| wide[*cell as usize] = true);
    }
    let walked: Vec<bool> = (0..run.grid.len()).map(|cell| wide[run.wide_cell(cell)]).collect();
    let mut put = |variant, value: &dyn Fn(usize) -> f32| {
        let what = quantity("crowd-density", "1/m2", variant);
        let values = walked.iter().enumerate().map(|(cell, is)| if *is { value(cell) } else { f32::NAN });
        let field = field(run, moment, "crowd-density", "ground", &what, variant);
        results.fields.push(Field { values: values.collect(), ..field });
    };
    let at = |case: usize, cell: usize| moment.answers[case].density.get(cell).copied().unwrap_or(0.0);
    put(Variant::AsIs, &|cell| at(0, cell));
    if run.cases.len() > 1 {
        put(Variant::WhatIf, &|cell| at(1, cell));
        put(Variant::Difference, &|cell| at(1, cell) - at(0, cell));
    }
}

fn add_streets(
    run: &CrowdRun,
    moment: &Moment,
    links: &[usize],
    set: &Arc<LinkSet>,
    results: &mut ResultSet,
) {
    let Some(last) = run.cases.last() else { return };
    let all = &last.changed.streets.links;
    let density = |answer: &Answer, link: usize| density_m2(&all[link], answer, link);
    let level = |answer: &Answer, link: usize| f64::from(FruinLevel::of_density(density(answer, link)) as u8);
    for (name, unit, value) in [
        ("crowd-street-density", "1/m2", &density as &dyn Fn(&Answer, usize) -> f64),
        ("crowd-street-flow", "1/h", &persons_h),
        ("crowd-street-level", "level", &level),
    ] {
        let mut put = |variant, value: &dyn Fn(usize) -> f64| {
            let what = quantity(name, unit, variant);
            let values = links.iter().map(|link| value(*link) as f32).collect();
            let field = field(run, moment, name, "streets", &what, variant);
            results.fields.push(Field { values, support: Support::Links(Arc::clone(set)), ..field });
        };
        put(Variant::AsIs, &|link| value(&moment.answers[0], link));
        if run.cases.len() > 1 {
            put(Variant::WhatIf, &|link| value(&moment.answers[1], link));
            put(Variant::Difference, &|link| {
                value(&moment.answers[1], link) - value(&moment.answers[0], link)
            });
        }
    }
}

/// The lines of some links. Heights run evenly from node to node.
pub fn link_set(streets: &Streets, links: &[usize]) -> LinkSet {
    let mut set = LinkSet { kind: "streets".to_owned(), ..LinkSet::default() };
    for index in links {
        let link = &streets.links[*index];
        let whole_m = crate::prepare::pieces::length_m(&link.line_m).max(f64::MIN_POSITIVE);
        let mut gone_m = 0.0;
        for (vertex, at) in link.line_m.iter().enumerate() {
            if vertex > 0 {
                gone_m += crate::prepare::pieces::length_m(&link.line_m[vertex - 1..=vertex]);
            }
            let height_m = streets.height_along_m(link, gone_m / whole_m);
            set.vertices_m.push([at[0] as f32, at[1] as f32, height_m as f32]);
        }
        set.ends.push(set.vertices_m.len() as u32);
        set.id.push(link.id.clone());
        set.name.push(link.name.clone());
        set.width_m.push(link.width_m);
    }
    set
}

fn add_figures(run: &CrowdRun, results: &mut ResultSet) {
    let grids =
        |field: &Field, variant| field.variant == variant && matches!(field.support, Support::Grid(_));
    let of = |wanted: &dyn Fn(&Field) -> bool| -> Vec<String> {
        results.fields.iter().filter(|field| wanted(field)).map(|field| field.key.clone()).collect()
    };
    let window_m = run.grid.bounds_m();
    let figure = |key: &str, fields: Vec<String>| Figure {
        key: key.to_owned(),
        caption: Message::new(&format!("crowd-figure-{key}")).with("date", run.question.date.to_string()),
        fields,
        lines: Vec::new(),
        window_m,
        highlight: Vec::new(),
    };
    let changed = |quantity: &'static str| {
        move |field: &Field| field.quantity.key == quantity && field.variant == Variant::Difference
    };
    let levels =
        |field: &Field| field.quantity.key == "crowd-street-level" && field.variant != Variant::Difference;
    let mut figures = vec![figure("streets", of(&levels))];
    if run.cases.len() > 1 {
        figures.push(figure("streets-difference", of(&changed("crowd-street-flow"))));
    }
    figures.push(figure("density", of(&|field| grids(field, Variant::AsIs))));
    if run.cases.len() > 1 {
        figures.push(figure("density-what-if", of(&|field| grids(field, Variant::WhatIf))));
        figures.push(figure("density-difference", of(&|field| grids(field, Variant::Difference))));
    }
    results.figures.extend(figures);
}
