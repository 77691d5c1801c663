//! Two small passes, run on the CPU and on the GPU: what a simulation does, in miniature.
//!
//! `saxpy` adds two arrays, `block_sums` sums an array in groups of 64, in a fixed order. The GPU parts
//! skip out loud where there is no adapter; with `FUTAGO_REQUIRE_GPU=1` a skip is a failure.

use futago_compute::{
    AnyBuffer, Backend, BackendChoice, Binding, Buffer, Clock, Command, ComputeError, CpuPass, Engine,
    Limits, Pass, Recording, gpu_struct,
};
use pollster::block_on;
use rayon::prelude::*;

gpu_struct! {
    /// What both passes are told.
    pub struct Params {
        /// Items.
        pub count: u32,
        /// The factor of `saxpy`.
        pub factor: f32,
    }
}

const COMMON: &str = "struct Params { count: u32, factor: f32 }
@group(0) @binding(0) var<uniform> params: Params;";

static SAXPY: Pass = Pass {
    name: "saxpy",
    source: &[
        COMMON,
        "@group(0) @binding(1) var<storage, read> x: array<f32>;
         @group(0) @binding(2) var<storage, read_write> y: array<f32>;
         @compute @workgroup_size(64)
         fn saxpy(@builtin(global_invocation_id) at: vec3<u32>) {
             if at.x < params.count { y[at.x] = params.factor * x[at.x] + y[at.x]; }
         }",
    ],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<Params>("params"),
        Binding::read::<f32>("x"),
        Binding::read_write::<f32>("y"),
    ],
    cpu: saxpy,
};

fn saxpy(call: &CpuPass<'_>) {
    let params: Params = call.uniform(0);
    let (x, mut y) = (call.read::<f32>(1), call.write::<f32>(2));
    let items = x.par_iter().zip(y.par_iter_mut()).take(params.count as usize);
    items.for_each(|(x, y)| *y += params.factor * x);
}

static BLOCK_SUMS: Pass = Pass {
    name: "block_sums",
    source: &[
        COMMON,
        "@group(0) @binding(1) var<storage, read> items: array<f32>;
         @group(0) @binding(2) var<storage, read_write> sums: array<f32>;
         @group(0) @binding(3) var<storage, read_write> groups_run: array<atomic<u32>>;
         var<workgroup> part: array<f32, 64>;
         @compute @workgroup_size(64)
         fn block_sums(@builtin(global_invocation_id) at: vec3<u32>, @builtin(local_invocation_index) i: u32,
                       @builtin(workgroup_id) block: vec3<u32>) {
             part[i] = 0.0;
             if at.x < params.count { part[i] = items[at.x]; }
             for (var half = 32u; half > 0u; half /= 2u) {
                 workgroupBarrier();
                 if i < half { part[i] += part[i + half]; }
             }
             if i == 0u { sums[block.x] = part[0]; atomicAdd(&groups_run[0], 1u); }
         }",
    ],
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::uniform::<Params>("params"),
        Binding::read::<f32>("items"),
        Binding::read_write::<f32>("sums"),
        Binding::read_write::<u32>("groups_run"),
    ],
    cpu: block_sums,
};

fn block_sums(call: &CpuPass<'_>) {
    let params: Params = call.uniform(0);
    let (items, mut sums, groups_run) = (call.read::<f32>(1), call.write::<f32>(2), call.atomic_u32(3));
    let (items, groups_run) = (&items[..params.count as usize], &*groups_run);
    sums.par_iter_mut().zip(items.par_chunks(64)).for_each(|(sum, items)| {
        let mut part = [0.0; 64];
        part[..items.len()].copy_from_slice(items);
        for half in [32, 16, 8, 4, 2, 1] {
            (0..half).for_each(|i| part[i] += part[i + half]);
        }
        *sum = part[0];
        groups_run[0].fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
}

/// The engines of this machine: CPU, CPU with one thread, and GPU where there is one.
fn engines(test: &str) -> Vec<Engine> {
    let mut engines = vec![Engine::cpu(), Engine::cpu_with_threads(1).expect("one thread")];
    match block_on(Engine::new(BackendChoice::Gpu)) {
        Ok(engine) => engines.push(engine),
        Err(error) => {
            let required = std::env::var("FUTAGO_REQUIRE_GPU").is_ok_and(|value| value == "1");
            assert!(!required, "{test} needs a GPU: {error}");
            eprintln!("SKIPPED on the GPU: {test}: {error}");
        }
    }
    engines
}

struct Setup {
    params: Buffer<Params>,
    x: Buffer<f32>,
    y: Buffer<f32>,
    sums: Buffer<f32>,
    groups_run: Buffer<u32>,
}

const COUNT: usize = 1000;

fn setup(engine: &Engine) -> Setup {
    let params = Params { count: COUNT as u32, factor: 2.0 };
    let x: Vec<f32> = (0..COUNT).map(|i| i as f32).collect();
    Setup {
        params: engine.uniform("params", &params).expect("a small uniform"),
        x: engine.upload("x", &x).expect("a small buffer"),
        y: engine.upload("y", &vec![1.0_f32; COUNT]).expect("a small buffer"),
        sums: engine.zeroed("sums", COUNT.div_ceil(64)).expect("a small buffer"),
        groups_run: engine.upload("groups run", &[99_u32]).expect("a small buffer"),
    }
}

fn record(setup: &Setup) -> Recording {
    let Setup { params, x, y, sums, groups_run } = setup;
    let groups = [SAXPY.groups_along(0, COUNT as u32), 1, 1];
    let mut recording = Recording::new();
    recording.dispatch(&SAXPY, groups, &[params, x, y]);
    recording.clear(groups_run);
    recording.dispatch(&BLOCK_SUMS, groups, &[params, y, sums, groups_run]);
    recording
}

#[test]
fn both_sides_give_the_published_sum() {
    for engine in engines("both_sides_give_the_published_sum") {
        let setup = setup(&engine);
        block_on(engine.run(&record(&setup))).expect("the passes run");
        let y = block_on(engine.read(&setup.y)).expect("readable");
        assert!((0..COUNT).all(|i| y[i] == 2.0 * i as f32 + 1.0), "{engine:?}");
        // Whole numbers under 2^24: f32 sums are exact, whatever their order.
        let sums = block_on(engine.read(&setup.sums)).expect("readable");
        assert_eq!(sums.iter().sum::<f32>(), (COUNT * COUNT) as f32, "{engine:?}");
        let groups_run = block_on(engine.read(&setup.groups_run)).expect("readable");
        assert_eq!(groups_run, [COUNT.div_ceil(64) as u32], "cleared, then counted, on {engine:?}");
        let timings = engine.timings();
        let calls: u64 =
            timings.iter().filter(|timing| timing.clock != Clock::GpuWall).map(|t| t.calls).sum();
        assert!(!timings.is_empty() && (engine.backend() == Backend::Gpu || calls == 2), "{timings:?}");
    }
}

#[test]
fn a_recording_can_run_twice_with_new_contents() {
    for engine in engines("a_recording_can_run_twice_with_new_contents") {
        let setup = setup(&engine);
        let recording = record(&setup);
        block_on(engine.run(&recording)).expect("the passes run");
        engine.write(&setup.y, &vec![5.0; COUNT]).expect("same length");
        block_on(engine.run(&recording)).expect("the passes run again");
        let y = block_on(engine.read(&setup.y)).expect("readable");
        assert_eq!((y[0], y[COUNT - 1]), (5.0, 2.0 * 999.0 + 5.0), "{engine:?}");
        let refused = engine.write(&setup.y, &[1.0]);
        assert!(matches!(refused, Err(ComputeError::WrongLength { held: COUNT, given: 1, .. })));
    }
}

#[test]
fn the_order_of_passes_shows_without_a_gpu() {
    let recording = record(&setup(&Engine::cpu()));
    assert_eq!(recording.pass_names(), ["saxpy", "block_sums"]);
    assert!(matches!(recording.commands()[1], Command::Clear { .. }));
}

/// What is wrong with one dispatch of `saxpy`, on every engine.
fn refusal(test: &str, groups: u32, pick: impl Fn(&Engine, &Setup) -> Vec<AnyBuffer>) -> Vec<String> {
    let engines = engines(test);
    let refusals = engines.iter().map(|engine| {
        let setup = setup(engine);
        let buffers = pick(engine, &setup);
        let bindings: Vec<&dyn futago_compute::Bindable> = buffers.iter().map(|b| b as _).collect();
        let mut recording = Recording::new();
        recording.dispatch(&SAXPY, [groups, 1, 1], &bindings);
        block_on(engine.run(&recording)).expect_err(test).to_string()
    });
    refusals.collect()
}

#[test]
fn dispatches_that_do_not_fit_are_refused_alike() {
    let cases: [(&str, Vec<String>); 4] = [
        (
            "2 buffers were given for 3 bindings",
            refusal("too few", 1, |_, s| vec![s.params.any().clone(), s.x.any().clone()]),
        ),
        (
            "binding 0 `params`: is Uniform",
            refusal("wrong kind", 1, |_, s| vec![s.x.any().clone(), s.x.any().clone(), s.y.any().clone()]),
        ),
        (
            "no whole number of elements of 4 bytes",
            refusal("odd size", 1, |engine, s| {
                let odd = engine.zeroed::<u8>("odd", 7).expect("a small buffer");
                vec![s.params.any().clone(), odd.any().clone(), s.y.any().clone()]
            }),
        ),
        (
            "written and bound twice",
            refusal("shared", 1, |_, s| vec![s.params.any().clone(), s.y.any().clone(), s.y.any().clone()]),
        ),
    ];
    for (wanted, texts) in cases {
        assert!(texts.len() >= 2 && texts.iter().all(|text| text.contains(wanted)), "{wanted}: {texts:?}");
    }
}

#[test]
fn limits_are_kept_before_the_device_sees_anything() {
    let limits = Limits { max_storage_bytes: 1024, max_groups_per_dimension: 3, ..Limits::WEBGPU };
    let small = Engine::cpu_with_limits(limits);
    let refused = small.zeroed::<f32>("heights", 257).expect_err("too large");
    let wanted = ComputeError::TooLarge { buffer: "heights".into(), size_bytes: 1028, limit_bytes: 1024 };
    assert_eq!(refused, wanted);
    assert!(small.zeroed::<f32>("heights", usize::MAX).is_err());
    let setup = Setup { y: small.zeroed("y", 256).expect("fits"), ..half_setup(&small) };
    let mut recording = Recording::new();
    recording.dispatch(&SAXPY, [4, 1, 1], &[&setup.params, &setup.x, &setup.y]);
    let refused = block_on(small.run(&recording)).expect_err("too many groups").to_string();
    assert!(refused.contains("takes 3 along a dimension"), "{refused}");
}

fn half_setup(engine: &Engine) -> Setup {
    Setup {
        params: engine.uniform("params", &Params { count: 256, factor: 1.0 }).expect("fits"),
        x: engine.zeroed("x", 256).expect("fits"),
        y: engine.zeroed("y", 256).expect("fits"),
        sums: engine.zeroed("sums", 4).expect("fits"),
        groups_run: engine.zeroed("groups run", 1).expect("fits"),
    }
}

#[test]
fn buffers_stay_with_their_engine() {
    let (one, two) = (Engine::cpu(), Engine::cpu());
    let buffer = one.upload("x", &[1_u32]).expect("a small buffer");
    assert!(matches!(block_on(two.read(&buffer)), Err(ComputeError::WrongEngine { .. })));
}

#[test]
fn empty_and_odd_buffers_live() {
    for engine in engines("empty_and_odd_buffers_live") {
        let empty = engine.upload::<f32>("empty", &[]).expect("an empty buffer");
        assert!(empty.is_empty() && block_on(engine.read(&empty)).expect("readable").is_empty());
        let odd = engine.upload("odd", &[1_u8, 2, 3, 4, 5]).expect("an odd buffer");
        assert_eq!(block_on(engine.read(&odd)).expect("readable"), [1, 2, 3, 4, 5]);
        let params = engine.uniform("params", &Params { count: 0, factor: 1.0 }).expect("a small uniform");
        let other = engine.zeroed::<f32>("y", 0).expect("an empty buffer");
        let mut recording = Recording::new();
        recording.dispatch(&SAXPY, [1, 1, 1], &[&params, &empty, &other]);
        recording.dispatch(&SAXPY, [0, 1, 1], &[&params, &empty, &other]);
        block_on(engine.run(&recording)).expect("an empty pass runs");
    }
}

static BROKEN: Pass = Pass {
    name: "broken",
    source: &["@compute @workgroup_size(1) fn broken() { let a: f32 = 1u; }"],
    workgroup: [1, 1, 1],
    bindings: &[],
    cpu: |_| {},
};

#[test]
fn a_broken_shader_is_an_error_and_the_engine_lives_on() {
    for engine in engines("a_broken_shader_is_an_error").into_iter().filter(|e| e.backend() == Backend::Gpu) {
        let mut recording = Recording::new();
        recording.dispatch(&BROKEN, [1, 1, 1], &[]);
        let refused = block_on(engine.run(&recording)).expect_err("a type error");
        assert!(matches!(&refused, ComputeError::Shader { pass, .. } if pass == "broken"), "{refused}");
        let setup = setup(&engine);
        block_on(engine.run(&record(&setup))).expect("other passes run");
    }
}

static MISTAKEN: Pass = Pass {
    name: "mistaken",
    source: &[],
    workgroup: [1, 1, 1],
    bindings: &[Binding::read_write::<[f32; 2]>("places")],
    cpu: |call| {
        let _places = call.read::<f32>(0);
    },
};

#[test]
#[should_panic(
    expected = "pass `mistaken`, binding 0 `places`: elements have 8 bytes, and were taken as `f32` of 4"
)]
fn a_wrong_type_in_a_twin_panics_with_its_place() {
    let engine = Engine::cpu();
    let places = engine.zeroed::<[f32; 2]>("places", 3).expect("a small buffer");
    let mut recording = Recording::new();
    recording.dispatch(&MISTAKEN, [1, 1, 1], &[&places]);
    let _ = block_on(engine.run(&recording));
}

#[test]
fn choices_read_and_write_their_names() {
    for choice in [BackendChoice::Auto, BackendChoice::Gpu, BackendChoice::Cpu] {
        assert_eq!(choice.to_string().parse(), Ok(choice));
    }
    let refused = "cuda".parse::<BackendChoice>().expect_err("no such backend").to_string();
    assert!(refused.contains("auto, gpu or cpu"));
    let auto = block_on(Engine::new(BackendChoice::Auto)).expect("auto always gives one");
    assert!(!auto.reason().is_empty() && !auto.device_name().is_empty());
}

/// On native targets engines move between threads, and so do their futures.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn engines_and_futures_are_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let engine = Engine::cpu();
    let recording = Recording::new();
    block_on(send(engine.run(&recording))).expect("nothing to do");
    drop(send(Engine::new(BackendChoice::Auto)));
    fn sync<T: Send + Sync>() {}
    sync::<Engine>();
    sync::<Buffer<f32>>();
    sync::<Recording>();
}
