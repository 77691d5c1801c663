//! Levels of ways, and of the places where they meet.

use futago_field::Report;
use futago_raw::{Incline, RawWalkWay, WayKind};

use super::joints::Joints;
use super::pieces::Piece;

/// Rounds in which levels along steps settle: no stairway has more landings.
const ROUNDS: usize = 64;

/// How well a level is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// Nothing says it: the ground.
    Assumed,
    /// A bridge, a tunnel or a layer.
    Derived,
    /// `level`.
    Said,
}

/// The levels of a way, as the model counts them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Storeys {
    /// Lowest first; at least one.
    pub levels: Vec<f32>,
    pub known: Known,
    /// It leads from level to level: steps, and what is on several.
    pub climbs: bool,
}

impl Storeys {
    pub fn of(raw: &RawWalkWay) -> Self {
        let steps = raw.kind == WayKind::Steps;
        if !raw.levels.is_empty() {
            let levels: Vec<f32> = raw.levels.iter().map(|level| ordinal(*level)).collect();
            let climbs = steps || levels.len() > 1;
            return Self { levels, known: Known::Said, climbs };
        }
        let layer = raw.layer.unwrap_or(0) as f32;
        let street = raw.kind == WayKind::Street;
        let derived = match () {
            () if raw.bridge => Some(layer.max(1.0) + 1.0),
            // Streets in tunnels pass under railways; their pavement is on the ground.
            () if street => None,
            () if raw.tunnel => Some(layer.min(-1.0)),
            () if steps || layer == 0.0 => None,
            () => Some(if layer > 0.0 { layer + 1.0 } else { layer }),
        };
        let known = if derived.is_some() { Known::Derived } else { Known::Assumed };
        Self { levels: vec![derived.unwrap_or(0.0)], known, climbs: steps }
    }

    pub fn lowest(&self) -> f32 {
        self.levels[0]
    }
}

/// The ordinal of a `level`: what is above the ground counts one more, as storeys in Japan do.
pub(in crate::walk) fn ordinal(level: f64) -> f32 {
    // Adding 0 makes a -0 of the file 0.
    (if level > 0.0 { level + 1.0 } else { level }) as f32 + 0.0
}

/// Gives every joint its level.
pub(super) fn levels_of_joints(pieces: &[Piece<'_>], web: &mut Joints<'_>, report: &mut Report) {
    from_flat_ways(pieces, web, report);
    // From known ends to unknown ones, and on from there.
    for _ in 0..ROUNDS {
        if !pieces.iter().enumerate().fold(false, |more, (index, piece)| climb(piece, index, web) || more) {
            break;
        }
    }
    interpolate(pieces, web);
}

/// The level of the ways on one level that meet at a joint: the best known, of those the nearest to the ground.
fn from_flat_ways(pieces: &[Piece<'_>], web: &mut Joints<'_>, report: &mut Report) {
    let mut found: Vec<Vec<(Known, f32, u32)>> = vec![Vec::new(); web.joints.len()];
    for link in &web.links {
        let storeys = &pieces[link.piece as usize].storeys;
        if !storeys.climbs {
            for joint in [link.from, link.to] {
                found[joint as usize].push((storeys.known, storeys.lowest(), link.piece));
            }
        }
    }
    for (joint, ways) in web.joints.iter_mut().zip(&found) {
        let Some(best) = ways.iter().map(|(known, ..)| *known).max() else { continue };
        let levels = || ways.iter().filter(move |(known, ..)| *known == best);
        let nearest = |a: f32, b: f32| if b.abs() < a.abs() || b.abs() == a.abs() && b > a { b } else { a };
        joint.level = levels().map(|(_, level, _)| *level).reduce(nearest);
        joint.level_assumed =
            best != Known::Said && ways.iter().any(|(_, level, _)| Some(*level) != joint.level);
        let other = levels().find(|(_, level, _)| Some(*level) != joint.level);
        if let (Known::Said, Some((_, level, piece)), Some(own), false) =
            (best, other, joint.level, joint.is_split())
        {
            let (piece, node) = (&pieces[*piece as usize], joint.node.unwrap_or_default());
            let action = format!(
                "it is on level {level} and meets a way on level {own} at node {node}, without steps or a lift; \
                 taken as a ramp"
            );
            report.add("osm-levels-meet", piece.label(), piece.place.as_str(), action);
        }
    }
}

/// Of a way that climbs between two levels, an end whose other end is known; true when it told something.
fn climb(piece: &Piece<'_>, index: usize, web: &mut Joints<'_>) -> bool {
    let (own, storeys) = (&web.of_piece[index], &piece.storeys);
    let (Some(first), Some(last)) = (own.first().copied(), own.last().copied()) else { return false };
    let [Some(low), Some(high)] = [storeys.levels.first(), storeys.levels.last()].map(|level| level.copied())
    else {
        return false;
    };
    if !storeys.climbs || low == high || first == last {
        return false;
    }
    let other = |level: f32| if level == low { Some(high) } else { (level == high).then_some(low) };
    let [start, end] = [first, last].map(|joint| web.joints[joint as usize].level);
    let told = match (start, end) {
        (Some(start), None) => [None, other(start)],
        (None, Some(end)) => [other(end), None],
        (None, None) => match piece.raw.incline {
            Some(Incline::Up) => [Some(low), Some(high)],
            Some(Incline::Down) => [Some(high), Some(low)],
            Some(Incline::Percent(rise)) if rise > 0.0 => [Some(low), Some(high)],
            Some(Incline::Percent(rise)) if rise < 0.0 => [Some(high), Some(low)],
            _ => [None, None],
        },
        _ => [None, None],
    };
    for (joint, level) in [first, last].into_iter().zip(told) {
        if level.is_some() {
            web.joints[joint as usize].level = level;
        }
    }
    told.iter().any(Option::is_some)
}

/// Levels of joints where only steps meet: between those around them, in halves. Assumed.
fn interpolate(pieces: &[Piece<'_>], web: &mut Joints<'_>) {
    let unknown: Vec<u32> =
        (0..web.joints.len() as u32).filter(|joint| web.joints[*joint as usize].level.is_none()).collect();
    let mut place = vec![u32::MAX; web.joints.len()];
    for (index, joint) in unknown.iter().enumerate() {
        place[*joint as usize] = index as u32;
    }
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); unknown.len()];
    let mut own: Vec<f32> = vec![f32::NAN; unknown.len()];
    for link in &web.links {
        for (joint, other) in [(link.from, link.to), (link.to, link.from)] {
            let Some(near) = near.get_mut(place[joint as usize] as usize) else { continue };
            near.push(other);
            let own = &mut own[place[joint as usize] as usize];
            if own.is_nan() {
                *own = pieces[link.piece as usize].storeys.lowest();
            }
        }
    }
    let mut levels: Vec<Option<f32>> = web.joints.iter().map(|joint| joint.level).collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for (joint, near) in unknown.iter().zip(&near) {
            let known: Vec<f32> = near.iter().filter_map(|other| levels[*other as usize]).collect();
            let mean = (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32);
            changed |= mean != levels[*joint as usize];
            levels[*joint as usize] = mean;
        }
        if !changed {
            break;
        }
    }
    for (index, joint) in unknown.iter().enumerate() {
        let level = levels[*joint as usize].unwrap_or(if own[index].is_nan() { 0.0 } else { own[index] });
        let joint = &mut web.joints[*joint as usize];
        joint.level = Some((level * 2.0).round() / 2.0 + 0.0);
        joint.level_assumed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn storeys_above_the_ground_count_one_more() {
        assert_eq!(
            [-2.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.0].map(ordinal),
            [-2.0, -0.5, 0.0, 0.0, 1.5, 2.0, 3.0]
        );
    }
}
