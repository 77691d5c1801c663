//! `result.json`: the results as data, for programs, and the mark that a folder is ours.

use futago_field::{Message, Provenance, ResultSet, sentence};
use futago_model::CityModel;
use futago_texts::{Lang, Texts};
use serde_json::{Map, Value, json};

use crate::folder::PROGRAM;
use crate::{ExportError, WrittenFile};

/// Version of the layout of this file; readers should refuse a higher one.
const SCHEMA: u32 = 1;

/// The file.
pub(crate) fn encode(
    results: &ResultSet,
    city: &CityModel,
    provenance: &Provenance,
    files: &[WrittenFile],
) -> Result<Vec<u8>, ExportError> {
    let (ja, en) = (Texts::new(Lang::Ja), Texts::new(Lang::En));
    let sentences = |messages: &[Message]| -> Vec<Value> {
        let one = |m: &Message| json!({ "key": m.key, "values": values(m), "ja": sentence(&ja, m), "en": sentence(&en, m) });
        messages.iter().map(one).collect()
    };
    let counts: Map<String, Value> =
        results.report.counts().into_iter().map(|(code, count)| (code.to_owned(), json!(count))).collect();
    let root = json!({
        "program": PROGRAM,
        "schema": SCHEMA,
        "simulation": results.simulation,
        "title": results.title,
        "city": { "ja": city.about.name_ja, "en": city.about.name_en },
        "summary": results.summary,
        "findings": sentences(&results.findings),
        "limits": sentences(&results.limits),
        "provenance": provenance,
        "frame": results.frame,
        "credits": city.about.sources,
        "origins": results.origins.iter().map(|origin| json!({
            "key": origin.title.key,
            "ja": sentence(&ja, &origin.title),
            "en": sentence(&en, &origin.title),
            "credits": origin.credits,
            "synthetic": origin.synthetic,
        })).collect::<Vec<_>>(),
        "defects": counts,
        "files": files.iter().map(file).collect::<Vec<_>>(),
    });
    serde_json::to_vec_pretty(&root).map_err(|e| ExportError::encode("result.json", e))
}

fn values(message: &Message) -> Map<String, Value> {
    message.args.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
}

/// One file; the unit of a grid stands by itself, those of a table by column.
fn file(file: &WrittenFile) -> Value {
    let mut entry = json!({ "path": file.path, "kind": file.kind, "key": file.key, "bytes": file.bytes });
    match file.units.as_slice() {
        [] => {}
        [(name, unit)] if name.is_empty() => entry["unit"] = json!(unit),
        units => {
            let known = units.iter().filter(|(_, unit)| !unit.is_empty());
            entry["units"] =
                known.map(|(name, unit)| (name.clone(), json!(unit))).collect::<Map<_, _>>().into();
        }
    }
    entry
}
