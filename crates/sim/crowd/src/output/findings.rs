//! What was found, as sentences and as data.

use futago_field::{Message, ResultSet};

use super::{clock, density_m2, label, persons_h, shown};
use crate::fundamental::{FruinLevel, capacity};
use crate::prepare::network::Link;
use crate::run::{CrowdRun, Moment};

/// Fewer people an hour than this is no change worth telling.
const NOTABLE_H: f64 = 100.0;

/// Adds sentences and summary.
pub fn add(run: &CrowdRun, results: &mut ResultSet) {
    let Some(last) = run.cases.last() else { return };
    let (links, shown) = (&last.changed.streets.links, shown(run));
    let mut times = Vec::new();
    for moment in &run.moments {
        let mut summary = serde_json::Map::new();
        summary.insert("time".into(), clock(moment.time).into());
        streets(run, moment, links, &shown, results, &mut summary);
        if run.cases.len() > 1 {
            change(run, moment, links, &shown, results, &mut summary);
        }
        fit(run, moment, results, &mut summary);
        lost(run, moment, results, &mut summary);
        times.push(serde_json::Value::Object(summary));
    }
    if run.counts.is_empty() {
        results.findings.push(Message::new("crowd-finding-synthetic"));
    } else if run.origin.synthetic {
        results.findings.push(Message::new("crowd-finding-counted-synthetic"));
    }
    results.summary.insert("synthetic".into(), run.origin.synthetic.into());
    results.summary.insert("times".into(), times.into());
}

type Summary = serde_json::Map<String, serde_json::Value>;

/// How far the street may be whose name a nameless way takes, metres.
const NAME_AWAY_M: f64 = 150.0;

/// Name of a link; of one without that of the first it meets, else of the nearest street; else its id.
pub(crate) fn name_of(links: &[Link], index: usize) -> &str {
    let link = &links[index];
    let meets = |other: &&Link| {
        let ends = [link.from, link.to];
        !other.name.is_empty() && (ends.contains(&other.from) || ends.contains(&other.to))
    };
    match link.name.as_str() {
        "" => links.iter().find(meets).or_else(|| nearest_named(links, link)).map_or(&link.id, |l| &l.name),
        name => name,
    }
}

/// The link with a name that has a vertex nearest to the middle vertex of another.
fn nearest_named<'l>(links: &'l [Link], link: &Link) -> Option<&'l Link> {
    let middle = link.line_m.get(link.line_m.len() / 2)?;
    let away = |other: &Link| {
        let each = other.line_m.iter().map(|at| (at[0] - middle[0]).hypot(at[1] - middle[1]));
        each.fold(f64::INFINITY, f64::min)
    };
    let named = links.iter().filter(|other| !other.name.is_empty()).map(|other| (away(other), other));
    let nearest = named.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (nearest.0 <= NAME_AWAY_M).then_some(nearest.1)
}

/// How many are on the streets, and where it is fullest.
fn streets(
    run: &CrowdRun,
    moment: &Moment,
    links: &[Link],
    shown: &[usize],
    results: &mut ResultSet,
    summary: &mut Summary,
) {
    let answer = &moment.answers[0];
    let cell_m2 = run.grid.spacing_m.powi(2);
    let persons: f64 = answer.density.iter().map(|d| f64::from(*d) * cell_m2).sum();
    let density = |link: usize| density_m2(&links[link], answer, link);
    let crowded_m: f64 = shown
        .iter()
        .filter(|link| FruinLevel::of_density(density(**link)) >= FruinLevel::D)
        .map(|link| f64::from(links[*link].length_m))
        .sum();
    let fullest = shown.iter().copied().max_by(|a, b| density(*a).total_cmp(&density(*b)).then(b.cmp(a)));
    summary.insert("persons_on_streets".into(), persons.into());
    summary.insert("crowded_length_m".into(), crowded_m.into());
    summary.insert("persons_under_roofs".into(), run.cases[0].input.roofed_persons(&answer.persons).into());
    let over = shown
        .iter()
        .filter(|link| density(**link) >= capacity().0)
        .map(|link| f64::from(links[*link].length_m));
    summary.insert("length_at_capacity_m".into(), over.sum::<f64>().into());
    let Some(fullest) = fullest else { return };
    let most = density(fullest);
    summary.insert("fullest_street".into(), name_of(links, fullest).into());
    summary.insert("fullest_density_m2".into(), most.into());
    results.findings.push(
        Message::new("crowd-finding-streets")
            .with("when", label(run, moment))
            .with("persons", persons)
            .with("street", name_of(links, fullest))
            .with("density", most)
            .with("level", FruinLevel::of_density(most).letter())
            .with("length", crowded_m),
    );
}

/// What the change does.
fn change(
    run: &CrowdRun,
    moment: &Moment,
    links: &[Link],
    shown: &[usize],
    results: &mut ResultSet,
    summary: &mut Summary,
) {
    let [before, after] = [&moment.answers[0], &moment.answers[1]];
    let difference = |link: usize| persons_h(after, link) - persons_h(before, link);
    let count = |test: &dyn Fn(usize) -> bool| shown.iter().filter(|link| test(**link)).count() as f64;
    let level = |answer, link: usize| FruinLevel::of_density(density_m2(&links[link], answer, link));
    let (more, less) =
        (count(&|link| difference(link) >= NOTABLE_H), count(&|link| difference(link) <= -NOTABLE_H));
    let worse = count(&|link| level(after, link) > level(before, link));
    let better = count(&|link| level(after, link) < level(before, link));
    let most = shown.iter().copied().max_by(|a, b| difference(*a).total_cmp(&difference(*b)).then(b.cmp(a)));
    let time = |answer: &crate::run::Answer| {
        answer.assignment.total_time / answer.assignment.assigned.max(f64::MIN_POSITIVE) / 60.0
    };
    for (key, value) in [
        ("streets_with_more", more),
        ("streets_with_fewer", less),
        ("streets_at_worse_level", worse),
        ("streets_at_better_level", better),
        ("mean_walk_before_min", time(before)),
        ("mean_walk_after_min", time(after)),
        ("gap_after", after.assignment.gap),
    ] {
        summary.insert(key.into(), value.into());
    }
    let Some(most) = most else { return };
    results.findings.push(
        Message::new("crowd-finding-change")
            .with("when", label(run, moment))
            .with("more", more)
            .with("less", less)
            .with("notable", NOTABLE_H)
            .with("worse", worse)
            .with("better", better)
            .with("street", name_of(links, most))
            .with("persons", difference(most).max(0.0))
            .with("before", time(before))
            .with("after", time(after)),
    );
}

fn fit(run: &CrowdRun, moment: &Moment, results: &mut ResultSet, summary: &mut Summary) {
    summary.insert("gap_before".into(), moment.answers[0].assignment.gap.into());
    let Some(fit) = &moment.fit else { return };
    summary.insert("fit_error_before_h".into(), (fit.before_s * 3600.0).into());
    summary.insert("fit_error_after_h".into(), (fit.after_s * 3600.0).into());
    results.findings.push(
        Message::new("crowd-finding-fit")
            .with("when", label(run, moment))
            .with("counted", fit.counted as f64)
            .with("before", fit.before_s * 3600.0)
            .with("after", fit.after_s * 3600.0),
    );
}

/// People without a way: a closed street that cuts off a door, say.
fn lost(run: &CrowdRun, moment: &Moment, results: &mut ResultSet, summary: &mut Summary) {
    let Some(answer) = moment.answers.last() else { return };
    let lost_h = answer.assignment.unreached * 3600.0;
    summary.insert("persons_without_a_way_h".into(), lost_h.into());
    if lost_h >= 0.5 {
        results.findings.push(
            Message::new("crowd-finding-unreached").with("when", label(run, moment)).with("persons", lost_h),
        );
    }
}
