//! The page's files: HTML with texts put in, the rest as it is.

use std::path::Path;

use anyhow::Context;
use futago_texts::Lang;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, context};

use super::packs::Written;

/// Nothing but the page's own files, and WebAssembly; any page may embed it. A host that sends headers should send
/// the same one.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
    img-src 'self' blob: data:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

const PAGES: [&str; 2] = ["index.html", "about.html"];
/// What both pages take in.
const PART: &str = "languages.part.html";
const WORKER: &str = "sw.js";
/// The page's modules, and those of them that the first screen does not load.
const MODULES: &str = "js/";
const APART: [&str; 2] = ["js/about.js", "js/worker.js"];

/// Writes everything but the worker that keeps files for later.
pub fn write(root: &Path, out: &Path, city: &Written) -> anyhow::Result<()> {
    let from = root.join("crates/view/web/page");
    let part = std::fs::read_to_string(from.join(PART))?;
    let files = super::listed(&from)?;
    let modules: Vec<&str> = files
        .iter()
        .map(String::as_str)
        .filter(|file| file.starts_with(MODULES) && !APART.contains(file))
        .collect();
    for file in &files {
        if file == WORKER || file == PART {
            continue;
        }
        let path = from.join(file);
        let to = out.join(file);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        if PAGES.contains(&file.as_str()) {
            let template = std::fs::read_to_string(&path)?;
            let page = filled(&template, &part, &modules, city)
                .with_context(|| format!("filling {}", path.display()))?;
            std::fs::write(to, page)?;
        } else {
            std::fs::copy(&path, to)?;
        }
    }
    Ok(())
}

/// Writes the worker with the list of what it keeps: all but the pictures' other ways, which it keeps when used.
pub fn write_worker(root: &Path, out: &Path, files: &[String], build: &str) -> anyhow::Result<()> {
    let from = root.join("crates/view/web/page").join(WORKER);
    let of_one_way = |file: &&String| file.starts_with("wasm/webg");
    let mut kept: Vec<&str> = files.iter().filter(|file| !of_one_way(file)).map(String::as_str).collect();
    kept.push("./");
    let files = serde_json::to_string(&kept)?;
    let template = std::fs::read_to_string(&from)?;
    let worker = Environment::new().render_str(&template, context! { build, files })?;
    std::fs::write(out.join(WORKER), worker)?;
    Ok(())
}

fn filled(template: &str, part: &str, modules: &[&str], city: &Written) -> anyhow::Result<String> {
    let texts = super::texts::of(Lang::Ja);
    let find = move |key: &str| {
        let unknown =
            || minijinja::Error::new(minijinja::ErrorKind::UndefinedError, format!("no text `{key}`"));
        texts.get(key).cloned().ok_or_else(unknown)
    };
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let (in_text, in_attribute) = (find.clone(), find.clone());
    environment.add_function("text", find);
    environment.add_function("t", move |key: &str| {
        let text = in_text(key)?;
        Ok::<_, minijinja::Error>(Value::from_safe_string(format!("data-t=\"{key}\">{}", escape(&text))))
    });
    environment.add_function("a", move |name: &str, key: &str| {
        let text = in_attribute(key)?;
        let written = format!("data-a=\"{name}:{key}\" {name}=\"{}\"", escape(&text));
        Ok::<_, minijinja::Error>(Value::from_safe_string(written))
    });
    environment.add_template(PART, part)?;
    let modules: Value = modules.iter().copied().collect();
    Ok(environment.render_str(
        template,
        context! { policy => POLICY, modules, packs => &city.first, credits => &city.credits, crowds => &city.crowds },
    )?)
}
