//! What to compute on, and saying so.

use futago_compute::{Backend, BackendChoice, Engine, Reason};
use futago_contract::compute_message;
use futago_field::sentence;
use futago_texts::{Arg, Texts};

use crate::cli::BackendArg;
use crate::failure::Failure;

/// Keeps Mesa's Vulkan layer for choosing among displays out of sessions that have none: there it finds no
/// Wayland and prints an error of its own, which is none of ours.
pub fn without_display_layer() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("XDG_RUNTIME_DIR").is_none() {
        // SAFETY: called first in `main`, before there is another thread that could read the environment.
        unsafe { std::env::set_var("NODEVICE_SELECT", "1") };
    }
}

/// Sets the number of threads of the one pool that everything shares. Without a number: one a core.
pub fn set_threads(threads: Option<u16>, texts: &Texts) -> Result<(), Failure> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
    pool.build_global().map_err(|error| {
        let args = [("threads", f64::from(threads).into()), ("why", error.to_string().into())];
        Failure::failed(texts, "cli-threads-failed", &args)
    })
}

/// The device for `--backend`, and a sentence that says which it is and why.
pub fn open_engine(backend: BackendArg, texts: &Texts) -> Result<(Engine, String), Failure> {
    let choice = match backend {
        BackendArg::Auto => BackendChoice::Auto,
        BackendArg::Gpu => BackendChoice::Gpu,
        BackendArg::Cpu => BackendChoice::Cpu,
    };
    let engine = pollster::block_on(Engine::new(choice)).map_err(|error| {
        let why = sentence(texts, &compute_message(&error));
        Failure::failed(texts, "cli-backend-failed", &[("why", why.into())])
    })?;
    let key = match engine.backend() {
        Backend::Gpu => "cli-backend-gpu",
        Backend::Cpu => "cli-backend-cpu",
    };
    let args =
        [("device", engine.device_name().into()), ("reason", reason_in_words(engine.why(), texts).into())];
    let words = texts.format(key, &args);
    Ok((engine, words))
}

fn reason_in_words(reason: &Reason, texts: &Texts) -> String {
    let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match reason {
        Reason::Asked => ("cli-reason-asked", vec![]),
        Reason::HardwareFound => ("cli-reason-hardware", vec![]),
        Reason::SoftwareOnly { adapter } => {
            ("cli-reason-software", vec![("adapter", adapter.as_str().into())])
        }
        Reason::NoneFound => ("cli-reason-none", vec![]),
        Reason::Unusable { message } => ("cli-reason-unusable", vec![("message", message.as_str().into())]),
    };
    texts.format(key, &args)
}
