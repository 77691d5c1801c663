//! Fields on the ground and on surfaces, and their maps.

use futago_field::{Field, Message, Quantity, ResultSet, Scale, Support, Variant};

use super::{When, all_votes, clock, figure, hours_a_day, quantity, suffix};
use crate::run::{Case, Ground, SunlightRun, Surface};

/// Adds every field of every case, and the figures over them.
pub fn add(run: &SunlightRun, results: &mut ResultSet) {
    for case in &run.cases {
        if let Some(ground) = &case.ground {
            ground_fields(run, case, ground, results);
        }
        for surface in &case.surfaces {
            surface_fields(run, case, surface, results);
        }
    }
    figures(run, results);
}

fn ground_fields(run: &SunlightRun, case: &Case, ground: &Ground, results: &mut ResultSet) {
    let put =
        |results: &mut ResultSet, name: String, what: Quantity, when: When, value: &dyn Fn(usize) -> f32| {
            let values =
                ground.inside.iter().enumerate().map(|(i, inside)| if *inside { f32::NAN } else { value(i) });
            results.fields.push(Field {
                key: format!("{name}-ground{}", suffix(case.variant)),
                quantity: what,
                variant: case.variant,
                support: Support::Grid(ground.sweep.grid),
                values: values.collect(),
                time_label: when.label,
                time: when.span,
            });
        };
    if run.question.sun_hours.is_some() {
        let all = all_votes(run);
        let hours = |i: usize| hours_a_day(run, all - ground.missed.votes[i]) as f32;
        put(
            results,
            "sun-hours".into(),
            quantity("sun-hours", "h", Scale::Sequential),
            When::period(run),
            &hours,
        );
    }
    for (instant, (_, missed)) in ground.shadows.iter().enumerate() {
        let (time, when) = instant_words(run, instant);
        let what = quantity("shadow", "1", Scale::Binary);
        put(results, format!("shadow-{time}"), what, when, &|i| missed.votes[i] as f32);
    }
    if !ground.sky.is_empty() {
        let what = quantity("sky-view", "1", Scale::Sequential);
        put(results, "sky-view".into(), what, When::always(), &|i| ground.sky[i]);
    }
    if run.question.irradiance.is_some() {
        let full = ground.sweep.full_energy();
        let direct = |i: usize| ((full - u64::from(ground.missed.energy[i])) as f64 / 1e5) as f32;
        let what = quantity("irradiance-direct", "kWh/m2", Scale::Sequential);
        put(results, "irradiation-direct".into(), what, When::period(run), &direct);
        if !ground.sky.is_empty() {
            let diffuse = |i: usize| (run.period.diffuse_wh_m2 / 1000.0) as f32 * ground.sky[i];
            let what = quantity("irradiance-diffuse", "kWh/m2", Scale::Sequential);
            put(results, "irradiation-diffuse".into(), what, When::period(run), &diffuse);
            let what = quantity("irradiance-global", "kWh/m2", Scale::Sequential);
            put(results, "irradiation-global".into(), what, When::period(run), &|i| direct(i) + diffuse(i));
        }
    }
}

fn surface_fields(run: &SunlightRun, case: &Case, surface: &Surface, results: &mut ResultSet) {
    let put = |results: &mut ResultSet, name: String, what: Quantity, when: When, values: Vec<f32>| {
        results.fields.push(Field {
            key: format!("{name}-{}{}", surface.set.kind, suffix(case.variant)),
            quantity: what,
            variant: case.variant,
            support: Support::Points(surface.set.clone()),
            values,
            time_label: when.label,
            time: when.span,
        });
    };
    if run.question.sun_hours.is_some() {
        let hours = surface.seen.iter().map(|s| hours_a_day(run, s[0]) as f32).collect();
        put(
            results,
            "sun-hours".into(),
            quantity("sun-hours", "h", Scale::Sequential),
            When::period(run),
            hours,
        );
    }
    for (instant, lit) in surface.lit.iter().enumerate() {
        let (time, when) = instant_words(run, instant);
        let shaded = lit.iter().map(|l| if *l == 0 { 1.0 } else { 0.0 }).collect();
        put(results, format!("shadow-{time}"), quantity("shadow", "1", Scale::Binary), when, shaded);
    }
    if !surface.sky.is_empty() {
        let what = quantity("sky-view", "1", Scale::Sequential);
        put(results, "sky-view".into(), what, When::always(), surface.sky.clone());
    }
    if run.question.irradiance.is_some() {
        let direct: Vec<f32> = surface.seen.iter().map(|s| (f64::from(s[1]) / 1e5) as f32).collect();
        let what = quantity("irradiance-direct", "kWh/m2", Scale::Sequential);
        put(results, "irradiation-direct".into(), what, When::period(run), direct.clone());
        if !surface.sky.is_empty() {
            let open_sky = (run.period.diffuse_wh_m2 / 1000.0) as f32;
            let diffuse: Vec<f32> = surface.sky.iter().map(|s| s * open_sky).collect();
            let global = direct.iter().zip(&diffuse).map(|(a, b)| a + b).collect();
            let what = |key| quantity(key, "kWh/m2", Scale::Sequential);
            put(
                results,
                "irradiation-diffuse".into(),
                what("irradiance-diffuse"),
                When::period(run),
                diffuse,
            );
            put(results, "irradiation-global".into(), what("irradiance-global"), When::period(run), global);
        }
    }
}

/// An instant as a part of a key (`0900`) and as shown to people.
fn instant_words(run: &SunlightRun, instant: usize) -> (String, When) {
    let time = run.question.shadow.as_ref().map_or(jiff::civil::Time::midnight(), |s| s.at[instant]);
    (clock(time).replace(':', ""), When::at(run, time))
}

fn figures(run: &SunlightRun, results: &mut ResultSet) {
    let keys_of = |start: &str, end: &str| -> Vec<String> {
        let keys = results.fields.iter().map(|f| &f.key);
        keys.filter(|k| k.starts_with(start) && k.ends_with(end)).cloned().collect()
    };
    let mut found = Vec::new();
    let sun_ground = keys_of("sun-hours-ground", "-ground");
    let shadows = keys_of("shadow-", "-ground");
    let sky = keys_of("sky-view-ground", "-ground");
    let energy = keys_of("irradiation-", "-ground");
    let walls = keys_of("sun-hours-walls", "-walls");
    let roofs = keys_of("sun-hours-roofs", "-roofs");
    for (key, fields) in [
        ("sun-hours", sun_ground),
        ("shadows", shadows),
        ("sky-view", sky),
        ("irradiation", energy),
        ("walls", walls),
        ("roofs", roofs),
    ] {
        if !fields.is_empty() {
            found.push(figure(run, key, fields));
        }
    }
    results.figures.extend(found);
    ground_finding(run, results);
}

/// The first sentence: how much of the open ground gets how much sun.
fn ground_finding(run: &SunlightRun, results: &mut ResultSet) {
    let Some(field) = results.fields.iter().find(|f| f.key == "sun-hours-ground") else { return };
    debug_assert_eq!(field.variant, Variant::AsIs);
    let open: Vec<f32> = field.values.iter().copied().filter(|v| !v.is_nan()).collect();
    let Some(mean) = field.mean() else { return };
    let share = |test: &dyn Fn(f32) -> bool| {
        100.0 * open.iter().filter(|v| test(**v)).count() as f64 / open.len() as f64
    };
    let (none, under_two) = (share(&|v| v <= 0.0), share(&|v| v < 2.0));
    results.findings.push(
        Message::new("sunlight-finding-ground")
            .with("when", When::period(run).label)
            .with("mean", mean)
            .with("none", none)
            .with("under", under_two),
    );
    results.summary.insert("ground_mean_sun_hours_h".into(), mean.into());
    results.summary.insert("ground_without_sun_percent".into(), none.into());
    results.summary.insert("ground_under_2_h_percent".into(), under_two.into());
}
