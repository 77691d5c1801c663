//! What was counted, as sentences and as data.

use futago_field::{Message, ResultSet};
use futago_flow::Versus;
use serde_json::{Map, Value};

use super::Shown;
use super::tables::Sum;
use crate::output::name_of;

/// Adds sentences and summary.
pub fn add(shown: &Shown<'_>, results: &mut ResultSet) {
    let mut times = Vec::new();
    for bin in shown.bins_asked() {
        let mut summary = Map::new();
        summary.insert("time".into(), shown.counted.bin_clock(bin).into());
        fullest(shown, bin, results, &mut summary);
        if shown.counted.after.is_some() {
            change(shown, bin, results, &mut summary);
        }
        times.push(Value::Object(summary));
    }
    let flows = shown.counted.flows;
    results.findings.push(
        Message::new("crowd-finding-counted-withheld")
            .with("count", flows.suppressed_link_bins() as f64)
            .with("k", f64::from(flows.k())),
    );
    if flows.about().synthetic {
        results.findings.push(Message::new("crowd-finding-counted-synthetic"));
    }
    for (key, value) in [
        ("synthetic", flows.about().synthetic.into()),
        ("periods", shown.counted.names().into()),
        ("days", shown.counted.days.key().into()),
        ("street_bins_withheld_about", flows.suppressed_link_bins().into()),
        ("times", times.into()),
    ] {
        results.summary.insert(key.to_owned(), value);
    }
}

fn when(shown: &Shown<'_>, key: &str, bin: u16) -> Message {
    Message::new(key)
        .with("days", shown.counted.days.key())
        .with("hours", shown.counted.bin_label(bin))
        .with("before", shown.counted.names()[0])
}

/// The street with most people before.
fn fullest(shown: &Shown<'_>, bin: u16, results: &mut ResultSet, summary: &mut Map<String, Value>) {
    let flows = shown.at(0, bin);
    let rows = (0..flows.len()).filter_map(|row| Some((row, flows[row]?)));
    let most = rows.max_by(|a, b| a.1.persons().total_cmp(&b.1.persons()).then(b.0.cmp(&a.0)));
    let Some((row, flow)) = most else {
        results.findings.push(when(shown, "crowd-finding-counted-none", bin));
        return;
    };
    let name = name_of(&shown.streets.links, shown.links[row] as usize).to_owned();
    let (estimate, per_h) = (shown.counted.flows.estimate(&flow), shown.counted.bins_per_h());
    let sum = Sum::of(shown, 0, bin);
    summary.insert("fullest_street".into(), name.as_str().into());
    summary.insert("fullest_persons_h".into(), (estimate.value * per_h).into());
    summary.insert("persons_walking".into(), sum.persons.into());
    summary.insert("crowded_length_m".into(), sum.crowded_m.into());
    results.findings.push(
        when(shown, "crowd-finding-counted", bin)
            .with("street", name)
            .with("persons", estimate.value * per_h)
            .with("low", estimate.low * per_h)
            .with("high", estimate.high * per_h)
            .with("density", flow.density_per_m2())
            .with("level", format!("{:?}", flow.fruin()))
            .with("walking", sum.persons)
            .with("length", sum.crowded_m),
    );
}

/// What the second period has of the first, on the streets that were published in both.
fn change(shown: &Shown<'_>, bin: u16, results: &mut ResultSet, summary: &mut Map<String, Value>) {
    let counted = &shown.counted;
    let Some(after) = counted.after else { return };
    let versus = Versus { before: counted.before, after, day_kind: counted.days };
    let (mut sums, mut both, mut fewer, mut more) = ([0.0, 0.0], 0_u32, 0_u32, 0_u32);
    let here = |link: &u32| shown.links.binary_search(link).is_ok();
    for change in counted.flows.link_changes(versus).iter().filter(|c| c.bin == bin && here(&c.place)) {
        // Metres walked, so that a street cut in two counts once.
        let length_m = f64::from(counted.flows.shapes()[change.place as usize].length_m);
        sums = [sums[0] + change.before * length_m, sums[1] + change.after * length_m];
        both += 1;
        fewer += u32::from(change.ratio.high < 1.0);
        more += u32::from(change.ratio.low > 1.0);
    }
    let gone = shown.at(0, bin).iter().flatten().count() as u32 - both;
    if both == 0 {
        results.findings.push(when(shown, "crowd-finding-counted-no-change", bin));
        return;
    }
    let percent = 100.0 * (sums[1] / sums[0] - 1.0);
    for (key, value) in [
        ("change_percent", percent),
        ("streets_in_both", f64::from(both)),
        ("streets_with_fewer", f64::from(fewer)),
        ("streets_with_more", f64::from(more)),
        ("streets_only_before", f64::from(gone)),
    ] {
        summary.insert(key.into(), value.into());
    }
    results.findings.push(
        when(shown, "crowd-finding-counted-change", bin)
            .with("after", counted.names()[1])
            .with("percent", percent)
            .with("both", f64::from(both))
            .with("fewer", f64::from(fewer))
            .with("more", f64::from(more))
            .with("gone", f64::from(gone)),
    );
}
