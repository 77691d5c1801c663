//! What was found, as sentences and as data.

use futago_field::{Message, ResultSet};
use serde_json::json;

use super::fields::When;
use super::sums::{Sums, peak, ratio};
use crate::prepare::Office;
use crate::prepare::days::clock;
use crate::run::OfficeRun;
use crate::step::ZoneLifts;

/// A wait that is worth a sentence, seconds: longer than any interval of a fair design.
const LONG_WAIT_S: f64 = 60.0;

/// Adds the findings; the first answers the question.
pub fn add(run: &OfficeRun, sums: &[Sums], results: &mut ResultSet) {
    let Some((bin, persons)) = peak(&sums[0].all) else {
        results.findings.push(Message::new("office-finding-nothing"));
        return;
    };
    let when = When::of(&run.cases[0].days, &run.bins[bin]).label;
    let level = sums[0].all[bin].level();
    results.findings.push(
        Message::new(peak_key(run))
            .with("when", when)
            .with("persons", persons)
            .with("level", 100.0 * level)
            .with("buildings", run.offices.len() as f64)
            .with("floors", run.floors.len() as f64),
    );
    let summary = &mut results.summary;
    summary.insert("peak_from_jst".into(), run.bins[bin].from_clock().into());
    summary.insert("peak_persons".into(), persons.into());
    summary.insert("peak_level".into(), level.into());
    summary.insert("buildings".into(), run.offices.len().into());
    let measured = run.floors.iter().filter(|floor| floor.measured.is_some()).count();
    summary.insert("floors_measured".into(), measured.into());
    summary.insert("floors_synthetic".into(), (run.floors.len() - measured).into());
    fullest(run, sums, results);
    change(run, sums, (bin, persons), results);
    lifts(run, results);
    samples(run, results);
}

/// Whether these people are counted or made up is said in the first sentence.
fn peak_key(run: &OfficeRun) -> &'static str {
    match run.kinds() {
        (true, false) => "office-finding-peak-synthetic",
        (false, _) => "office-finding-peak-measured",
        (true, true) => "office-finding-peak-mixed",
    }
}

fn named(message: Message, office: &Office) -> Message {
    message.with("name_ja", office.name_ja.as_str()).with("name_en", office.name_en.as_str())
}

fn fullest(run: &OfficeRun, sums: &[Sums], results: &mut ResultSet) {
    let peaks = sums[0].offices.iter().enumerate().filter_map(|(office, own)| Some((office, peak(own)?)));
    let most = peaks.max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)));
    let Some((office, (bin, persons))) = most else { return };
    let message = Message::new("office-finding-most")
        .with("persons", persons)
        .with("level", 100.0 * sums[0].offices[office][bin].level())
        .with("time", run.bins[bin].from_clock());
    results.findings.push(named(message, &run.offices[office]));
    results.summary.insert("most_persons_building".into(), run.offices[office].id.as_str().into());
}

fn change(run: &OfficeRun, sums: &[Sums], (bin, before): (usize, f64), results: &mut ResultSet) {
    let [first, after] = run.cases.as_slice() else { return };
    let persons = sums[1].all[bin].persons();
    let percent = 100.0 * ratio(persons - before, before);
    if percent.is_nan() {
        return;
    }
    results.findings.push(
        Message::new("office-finding-change")
            .with("before", before)
            .with("after", persons)
            .with("change", percent)
            .with("time", run.bins[bin].from_clock())
            .with("attendance_before", 100.0 * first.attendance)
            .with("attendance_after", 100.0 * after.attendance),
    );
    results.summary.insert("peak_persons_after".into(), persons.into());
    results.summary.insert("change_percent".into(), percent.into());
}

fn lifts(run: &OfficeRun, results: &mut ResultSet) {
    let worst = |zones: &[ZoneLifts]| {
        let long = zones.iter().filter(|zone| zone.wait_s >= LONG_WAIT_S).count();
        let most = zones.iter().max_by(|a, b| a.wait_s.total_cmp(&b.wait_s)).cloned();
        most.map(|zone| (long, zone))
    };
    let cases: Vec<_> = run.cases.iter().map(|case| worst(&case.lifts)).collect();
    let Some(Some((long, zone))) = cases.first() else { return };
    let zones = run.cases[0].lifts.len();
    let key = if *long == 0 { "office-finding-lifts-fine" } else { "office-finding-lifts" };
    let message = Message::new(key)
        .with("long", *long as f64)
        .with("zones", zones as f64)
        .with("wait", zone.wait_s / 60.0)
        .with("limit", LONG_WAIT_S)
        .with("queue", zone.queue.persons)
        .with("time", clock(zone.queue.at_min));
    results.findings.push(named(message, &run.offices[zone.office]));
    let worst: Vec<_> = cases.iter().flatten().map(|(_, zone)| zone.wait_s).collect();
    results.summary.insert("longest_lift_wait_s".into(), json!(worst));
}

/// How much of a file's hours is missing, bridged or withheld.
fn samples(run: &OfficeRun, results: &mut ResultSet) {
    let measured = run.floors.iter().zip(&run.cases[0].filled).filter(|(floor, _)| floor.measured.is_some());
    let (mut values, mut gaps, mut bridged, mut withheld) = (0, 0, 0, 0);
    for (_, filled) in measured {
        values += filled.persons.len();
        gaps += filled.gaps;
        bridged += filled.bridged;
        withheld += filled.withheld;
    }
    if values == 0 {
        return;
    }
    results.findings.push(
        Message::new("office-finding-samples")
            .with("values", values as f64)
            .with("gaps", gaps as f64)
            .with("bridged", bridged as f64)
            .with("withheld", withheld as f64),
    );
    for (key, count) in [("gaps", gaps), ("bridged", bridged), ("withheld", withheld)] {
        results.summary.insert(format!("measured_{key}"), count.into());
    }
}
