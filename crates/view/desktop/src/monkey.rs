//! Random commands with a seed: the same seed sends the same ones, so what breaks can be repeated.

use futago_crowd::scenario::{Closure, Event};
use futago_model::CityModel;
use futago_scene::state::{Bookmark, ColourBy, Command, Layer, Note, Pose};
use futago_sunlight::scenario::{Add, Raise};
use jiff::Timestamp;

/// The command of a number.
pub fn command(seed: u64, index: u64, city: &CityModel) -> Command {
    let dice = |k: u64| mix(seed.wrapping_mul(0x5851_F42D_4C95_7F2D) ^ (index * 16 + k));
    let share = |k: u64| (dice(k) >> 11) as f64 / (1_u64 << 53) as f64;
    let between = |k: u64, low: f64, high: f64| low + (high - low) * share(k);
    let some_id = |k: u64| {
        let records = &city.buildings.records;
        let at = dice(k) as usize % records.len().max(1);
        records.get(at).map_or_else(|| "nobody".to_owned(), |b| city.buildings.id_of(b).to_owned())
    };
    match dice(0) % 26 {
        0..=3 => Command::Look(Pose {
            target_m: [between(1, -2e3, 2e3), between(2, -2e3, 2e3), between(3, -10.0, 200.0)],
            heading_deg: between(4, -400.0, 400.0),
            pitch_deg: between(5, -20.0, 110.0),
            distance_m: between(6, 1.0, 9e3),
        }),
        4 => {
            Command::GoTo(Timestamp::from_second(1_790_000_000 + (share(1) * 3e7) as i64).unwrap_or_default())
        }
        5 => Command::Show(Layer::ALL[dice(1) as usize % Layer::ALL.len()], dice(2).is_multiple_of(2)),
        6 => Command::Select(Some(some_id(1))),
        7 => Command::Select(None),
        8 => Command::Remove(some_id(1)),
        9 => Command::Raise(Raise { building: some_id(1), height_m: between(2, -5.0, 300.0) }),
        10 => Command::Add(new_building(
            city,
            [between(1, -900.0, 900.0), between(2, -900.0, 900.0)],
            between(3, 5.0, 250.0),
            dice(4) % 3,
        )),
        11 => Command::RestoreAll,
        12 => Command::Swipe((dice(1).is_multiple_of(2)).then(|| share(2))),
        13 => Command::Underground(dice(1).is_multiple_of(2)),
        14 => Command::Opacity(Layer::ALL[dice(2) as usize % Layer::ALL.len()], between(1, -0.5, 1.5)),
        15 => Command::ColourBy(ColourBy::ALL[dice(1) as usize % ColourBy::ALL.len()]),
        16 => Command::Measure((0..dice(1) % 5).map(|k| [between(2 + k, -500.0, 500.0); 3]).collect()),
        17 => Command::Keep(Bookmark { name: format!("{}", dice(1) % 4), pose: Pose::TOWERS }),
        18 => Command::Note(Note {
            number: (dice(1) % 6) as u32,
            at_m: [between(2, -900.0, 900.0), between(3, -900.0, 900.0), 2.0],
            text: some_id(4),
        }),
        19 => Command::Unnote((dice(1) % 6) as u32),
        20 => Command::StreetsOnTop(dice(1).is_multiple_of(2)),
        21 => Command::Apart(between(1, -0.5, 1.5)),
        22 => {
            let street = Some(["甲州街道", "nowhere"][dice(1) as usize % 2].to_owned());
            Command::Close(Closure { street, ..Closure::default() })
        }
        23 => Command::Gather(Event {
            name: format!("{}", dice(1) % 3),
            at: [between(2, 139.68, 139.71), between(3, 35.68, 35.70)],
            to: Vec::new(),
            persons_per_hour: between(4, -10.0, 20_000.0),
        }),
        24 => Command::Undo,
        _ => Command::Redo,
    }
}

/// A square block at a place of the site.
fn new_building(city: &CityModel, [x, y]: [f64; 2], height_m: f64, number: u64) -> Add {
    let corners = [[0.0, 0.0], [40.0, 0.0], [40.0, 30.0], [0.0, 30.0]];
    let footprint = corners
        .iter()
        .filter_map(|[u, v]| city.about.frame.lonlat_from_site([x + u, y + v]).ok())
        .map(|at| [at.lon_deg, at.lat_deg])
        .collect();
    Add { id: format!("monkey-{number}"), footprint, height_m }
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use futago_scene::clock::Clock;
    use futago_scene::edits::Edited;
    use futago_scene::state::{History, ViewState};
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    #[test]
    fn whatever_a_monkey_does_can_be_undone() {
        let boxes: Vec<BoxSpec> = (0..30)
            .map(|i| {
                BoxSpec::new(
                    &format!("b{i}"),
                    [f64::from(i) * 20.0, 0.0, f64::from(i) * 20.0 + 10.0, 10.0],
                    20.0,
                )
            })
            .collect();
        let city = box_city(&boxes);
        let clock = Clock::standing_at(jiff::civil::date(2026, 12, 22), jiff::civil::time(12, 0, 0, 0));
        let start = ViewState::new(Pose::TOWERS, clock);
        let (mut state, mut history) = (start.clone(), History::default());
        let mut changes = 0;
        for index in 0..400 {
            let before = state.clone();
            history.apply(&mut state, &command(7, index, &city));
            changes += usize::from(before != state);
            let edited = Edited::of(&city, &state.what_if);
            assert!(edited.hidden.len() <= city.buildings.records.len());
        }
        assert!(changes > 150, "{changes}");
        for _ in 0..500 {
            history.apply(&mut state, &Command::Undo);
        }
        assert_eq!(state, start);
    }
}
