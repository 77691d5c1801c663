//! The layout check and the twin check on a small pass, and on disturbed copies of it.

use futago_compute::{Binding, ComputeError, CpuPass, Engine, Pass, Recording, gpu_struct};
use futago_testkit::{
    Tolerance, check_pass_layout, must_fail, pass_layout_problems, same_on_any_thread_count, twin_check,
    twin_votes,
};
use rayon::prelude::*;

gpu_struct! {
    /// What the pass is told.
    pub struct Params {
        /// Items.
        pub count: u32,
        /// Added to every length.
        pub offset: f32,
        /// Added to every place.
        pub shift: [f32; 2],
    }
}

gpu_struct! {
    /// A place and how often it was visited.
    pub struct Place {
        /// Where.
        pub at: [f32; 2],
        /// How often.
        pub visits: u32,
        /// Keeps the distance of two places a multiple of 8 bytes.
        pub reserved: u32,
    }
}

const SOURCE: &str = "
struct Params { count: u32, offset: f32, shift: vec2<f32> }
struct Place { at: vec2<f32>, visits: u32, reserved: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> places: array<Place>;
@group(0) @binding(2) var<storage, read_write> lengths: array<f32>;
@group(0) @binding(3) var<storage, read_write> total: array<atomic<u32>>;
@compute @workgroup_size(32)
fn measure(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= params.count { return; }
    lengths[id.x] = length(places[id.x].at + params.shift) + params.offset;
    atomicAdd(&total[0], places[id.x].visits);
}";

const BINDINGS: &[Binding] = &[
    Binding::uniform::<Params>("params"),
    Binding::read::<Place>("places"),
    Binding::read_write::<f32>("lengths"),
    Binding::read_write::<u32>("total"),
];

const PARTS: Pass =
    Pass { name: "measure", source: &[SOURCE], workgroup: [32, 1, 1], bindings: BINDINGS, cpu: measure };

static MEASURE: Pass = PARTS;

fn measure(call: &CpuPass<'_>) {
    let params: Params = call.uniform(0);
    let (places, mut lengths) = (call.read::<Place>(1), call.write::<f32>(2));
    let total = call.atomic_u32(3);
    let (places, total) = (&places[..params.count as usize], &total[0]);
    lengths.par_iter_mut().zip(places).for_each(|(length, place)| {
        let [east, north] = [place.at[0] + params.shift[0], place.at[1] + params.shift[1]];
        *length = (east * east + north * north).sqrt() + params.offset;
        total.fetch_add(place.visits, std::sync::atomic::Ordering::Relaxed);
    });
}

async fn run(engine: &Engine, offset: f32) -> Result<(Vec<f32>, Vec<u32>), ComputeError> {
    const COUNT: u32 = 1000;
    let place = |i: u32| Place { at: [i as f32, 0.5 * i as f32], visits: i % 3, reserved: 0 };
    let params = engine.uniform("params", &Params { count: COUNT, offset, shift: [1.0, -2.0] })?;
    let places = engine.upload("places", &(0..COUNT).map(place).collect::<Vec<_>>())?;
    let lengths = engine.zeroed::<f32>("lengths", COUNT as usize)?;
    let total = engine.zeroed::<u32>("total", 1)?;
    let mut recording = Recording::new();
    recording.dispatch(
        &MEASURE,
        [MEASURE.groups_along(0, COUNT), 1, 1],
        &[&params, &places, &lengths, &total],
    );
    engine.run(&recording).await?;
    Ok((engine.read(&lengths).await?, engine.read(&total).await?))
}

const LENGTH: Tolerance = Tolerance {
    name: "LENGTH",
    value: 2e-4,
    reason: "square roots of a GPU may be off by 2.5 ulp, here at 1,118 m",
};
const EXACT: Tolerance = Tolerance { name: "EXACT", value: 0.0, reason: "integers" };

#[test]
fn the_pass_and_its_shader_agree() {
    check_pass_layout(&MEASURE);
}

#[test]
fn the_twins_agree() {
    twin_check("lengths", &LENGTH, async |engine| Ok::<_, ComputeError>(run(engine, 0.0).await?.0));
    twin_votes("visits", &EXACT, async |engine| Ok::<_, ComputeError>(run(engine, 0.0).await?.1));
    same_on_any_thread_count("lengths", async |engine| Ok::<_, ComputeError>(run(engine, 0.0).await?.0));
}

#[test]
fn a_disturbed_twin_fails() {
    // Where there is no GPU there is nothing to compare, and nothing to fail.
    if futago_testkit::gpu_engine_or_skip("a_disturbed_twin_fails").is_none() {
        return;
    }
    must_fail("an offset on the GPU only", "over LENGTH", || {
        twin_check("disturbed", &LENGTH, async |engine| {
            let is_gpu = engine.backend() == futago_compute::Backend::Gpu;
            Ok::<_, ComputeError>(run(engine, if is_gpu { 0.01 } else { 0.0 }).await?.0)
        });
    });
    must_fail("a computation without a pass", "no pass was run", || {
        twin_check("idle", &LENGTH, async |engine| engine.read(&engine.upload("x", &[1.0_f32])?).await);
    });
}

/// A pass with some text of its WGSL replaced.
fn disturbed(from: &str, to: &str) -> Pass {
    let text = SOURCE.replacen(from, to, 1);
    assert_ne!(text, SOURCE, "`{from}` must be there to be disturbed");
    let source: &'static [&'static str] = Box::leak(Box::new([&*Box::leak(text.into_boxed_str())]));
    Pass { source, ..PARTS }
}

#[test]
fn disturbed_shaders_fail() {
    let cases = [
        ("fn measure(", "fn measured(", "no entry point `measure`; WGSL has [\"measured\"]"),
        (
            "@workgroup_size(32)",
            "@workgroup_size(64)",
            "workgroup size is [32, 1, 1] in Rust and [64, 1, 1] in WGSL",
        ),
        ("@binding(2)", "@binding(7)", "binding 2 `lengths`: WGSL has no @group(0) @binding(2)"),
        ("@binding(2)", "@binding(7)", "@group(0) @binding(7) `lengths` is in WGSL only"),
        ("var<storage, read> places", "var<storage, read_write> places", "is var<storage, read> in Rust and"),
        ("count: u32, offset: f32", "offset: f32, count: u32", "has fields"),
        ("shift: vec2<f32> }", "shift: vec2<f32>, more: f32 }", "has 16 bytes in Rust and 24 in WGSL"),
        (
            "offset: f32, shift",
            "@align(16) offset: f32, shift",
            "field `offset` is 4 bytes at 4 in Rust and 4 bytes at 16",
        ),
        ("shift: vec2<f32>", "shift: vec2<u32>", "it is not valid"),
        (
            "visits: u32, reserved: u32",
            "visits: u32, @size(12) reserved: u32",
            "16 bytes apart in Rust and 24 in WGSL",
        ),
        ("array<atomic<u32>>", "array<atomic<i32>>", "it does not parse"),
        ("struct Place {", "struct Spot {", "it does not parse"),
        ("id.x >= params.count", "id.x >= params.number", "it does not parse"),
    ];
    for (from, to, wanted) in cases {
        let problems = pass_layout_problems(&disturbed(from, to)).join("\n");
        assert!(problems.contains(wanted), "{from} -> {to}: wanted `{wanted}`, found: {problems}");
    }
}

#[test]
fn disturbed_rust_sides_fail() {
    gpu_struct! {
        /// As `Place`, with signed visits.
        pub struct Signed { at: [f32; 2], visits: i32, reserved: u32 }
    }
    let with = |bindings: &[Binding]| {
        let bindings = Box::leak(bindings.to_vec().into_boxed_slice());
        pass_layout_problems(&Pass { bindings, ..PARTS }).join("\n")
    };
    let signed = with(&[BINDINGS[0], Binding::read::<Signed>("places"), BINDINGS[2], BINDINGS[3]]);
    assert!(signed.contains("is `Signed` in Rust and `Place` in WGSL"), "{signed}");
    assert!(signed.contains("field `visits` holds I32 in Rust and U32 in WGSL"), "{signed}");
    let scalars = with(&[BINDINGS[0], BINDINGS[1], Binding::read_write::<i32>("lengths"), BINDINGS[3]]);
    assert!(scalars.contains("holds Some(I32) in Rust and F32 in WGSL"), "{scalars}");
    let plain = with(&[BINDINGS[0], Binding::read::<[f32; 4]>("places"), BINDINGS[2], BINDINGS[3]]);
    assert!(plain.contains("is struct `Place` in WGSL only"), "{plain}");
    let short = with(&[BINDINGS[0], BINDINGS[1], BINDINGS[2]]);
    assert!(short.contains("@binding(3) `total` is in WGSL only"), "{short}");
    must_fail("a shared name", "is called `lengths` in WGSL", || {
        let renamed = [BINDINGS[0], BINDINGS[1], Binding::read_write::<f32>("distances"), BINDINGS[3]];
        check_pass_layout(&Pass { bindings: Box::leak(Box::new(renamed)), ..PARTS });
    });
    let wide = pass_layout_problems(&Pass { workgroup: [512, 1, 1], ..PARTS }).join("\n");
    assert!(wide.contains("over the promised 256"), "{wide}");
}
