//! The report: one HTML file for people, complete in itself.
//!
//! The answer comes first, in sentences; then the maps, the tables, the limits of the model, how it was made, what was
//! wrong with the data, and whom to credit. Both languages are in the page and a switch shows one; the switches are
//! plain radio buttons that work by style alone, the few lines of script only keep `lang` and title in step. Nothing is
//! fetched: styles, maps and pictures are in the file. Layout and style are in `assets/report`.

mod chart;
mod figure;
mod import;
mod method;
mod table;
mod words;

use futago_field::{Provenance, ResultSet};
use futago_model::CityModel;
use futago_texts::Lang;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;

use crate::attribution::Attribution;
use crate::map::Sheet;
use crate::{ExportError, WrittenFile};
pub use import::{ImportSubject, write_import_report};
use words::Words;

/// What a report is about.
pub(crate) struct Subject<'a> {
    pub results: &'a ResultSet,
    pub city: &'a CityModel,
    pub provenance: &'a Provenance,
    pub attribution: &'a Attribution,
    pub langs: &'a [Lang],
    pub files: &'a [WrittenFile],
    pub sheets: &'a [Sheet<'a>],
}

const PAGE: &str = include_str!("../../../../../assets/report/page.html");
const TOP: &str = include_str!("../../../../../assets/report/top.html");
const IMPORT: &str = include_str!("../../../../../assets/report/import.html");
const FIGURE: &str = include_str!("../../../../../assets/report/figure.html");
const TABLE: &str = include_str!("../../../../../assets/report/table.html");
const STYLE: &str = include_str!("../../../../../assets/report/style.css");
const THEME: &str = include_str!("../../../../../assets/report/theme.css");
const SCRIPT: &str = include_str!("../../../../../assets/report/switch.js");

/// Shares of the full resolution that are tried until a report is small enough.
const RESOLUTIONS: [f64; 4] = [1.0, 0.7, 0.5, 0.35];

/// The page. Fields are drawn more coarsely until it is below `max_bytes`; at the coarsest it is what it is.
pub(crate) fn html(subject: &Subject<'_>, max_bytes: usize) -> Result<String, ExportError> {
    let mut page = String::new();
    for resolution in RESOLUTIONS {
        page = render(subject, resolution)?;
        if page.len() <= max_bytes {
            break;
        }
    }
    Ok(page)
}

#[derive(Serialize)]
struct Credit {
    title: Value,
    credit: String,
    licence: String,
    url: String,
    synthetic: bool,
}

fn render(subject: &Subject<'_>, resolution: f64) -> Result<String, ExportError> {
    let failed = |e: minijinja::Error| ExportError::encode("report.html", format!("{e:#}"));
    let words = Words::new(subject.langs);
    let figures = figure::all(subject, &words, resolution)?;
    let tables = table::all(subject, &words);
    let sentences =
        |messages: &[futago_field::Message]| messages.iter().map(|m| words.message(m)).collect::<Vec<_>>();
    let title = &subject.results.title;
    let mut page = environment().map_err(failed)?;
    let speaker = Words::new(subject.langs);
    page.add_function("t", move |key: &str| Value::from_safe_string(speaker.key(key)));
    let template = page.get_template("page.html").map_err(failed)?;
    let langs: Vec<&str> = subject.langs.iter().map(|lang| lang.code()).collect();
    let first = subject.langs.first().copied().unwrap_or(Lang::En);
    let plain_title = if first == Lang::Ja { &title.ja } else { &title.en };
    template
        .render(context! {
            lang => first.code(),
            langs,
            plain_title,
            titles => context! { ja => title.ja.as_str(), en => title.en.as_str() },
            title => Value::from_safe_string(words.pair(&title.ja, &title.en)),
            simulation => Value::from_safe_string(words.key_or(&format!("simulation-{}", subject.results.simulation), &subject.results.simulation)),
            city => Value::from_safe_string(words.pair(&subject.city.about.name_ja, &subject.city.about.name_en)),
            synthetic => subject.attribution.synthetic,
            date => subject.provenance.started_utc.replace('T', " ").replace('Z', ""),
            version => subject.provenance.version.as_str(),
            findings => sentences(&subject.results.findings),
            limits => sentences(&subject.results.limits),
            figures => Value::from(Serde(&figures)),
            tables => Value::from(Serde(&tables)),
            method => Value::from(Serde(method::method(subject, &words))),
            defects => Value::from(Serde(method::defects(subject, &words))),
            files => Value::from(Serde(method::files(subject, &words))),
            credits => Value::from(Serde(credits(subject, &words))),
            credit_lines => &subject.attribution.credits,
        })
        .map_err(failed)
}

/// Every template of the pages.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut page = Environment::new();
    page.set_auto_escape_callback(|name| {
        // Style and script go in as they are; they are ours and hold no data.
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    let sources = [
        ("page.html", PAGE),
        ("top.html", TOP),
        ("import.html", IMPORT),
        ("figure.html", FIGURE),
        ("table.html", TABLE),
        ("style.css", STYLE),
        ("theme.css", THEME),
        ("switch.js", SCRIPT),
    ];
    for (name, source) in sources {
        page.add_template(name, source)?;
    }
    Ok(page)
}

/// The sources of the city, then one entry for each credit of what the results were made from beside it; an origin
/// without credits is told too.
fn credits(subject: &Subject<'_>, words: &Words) -> Vec<Credit> {
    let of_city = subject.city.about.sources.iter().map(|source| Credit {
        title: Value::from(source.title.as_str()),
        credit: source.credit.clone(),
        licence: source.licence.clone(),
        // Only web addresses become links: a pack is input, and `javascript:` is an address too.
        url: if source.url.starts_with("https://") || source.url.starts_with("http://") {
            source.url.clone()
        } else {
            String::new()
        },
        synthetic: source.synthetic,
    });
    let known = subject.city.credits();
    let of_results = subject.results.origins.iter().flat_map(|origin| {
        let mut lines: Vec<&str> =
            origin.credits.iter().map(String::as_str).filter(|line| !known.contains(line)).collect();
        if lines.is_empty() {
            lines.push("");
        }
        lines.into_iter().map(|line| Credit {
            title: words.message(&origin.title),
            credit: line.to_owned(),
            licence: String::new(),
            url: String::new(),
            synthetic: origin.synthetic,
        })
    });
    of_city.chain(of_results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn page(langs: &[Lang]) -> String {
        let (results, city, provenance) = (fixtures::results(), fixtures::city(), fixtures::provenance());
        let sheets: Vec<_> =
            results.figures.iter().map(|f| Sheet::new(f, &results, &city).unwrap()).collect();
        let subject = Subject {
            results: &results,
            city: &city,
            provenance: &provenance,
            attribution: &Attribution::of(&city),
            langs,
            files: &[],
            sheets: &sheets,
        };
        html(&subject, 8_000_000).unwrap()
    }

    #[test]
    fn nothing_is_fetched() {
        let page = page(&Lang::ALL);
        for (place, _) in page.match_indices("http") {
            let before = &page[place.saturating_sub(6)..place];
            assert!(
                before.ends_with("href=\""),
                "something else than a link: {}",
                &page[place - 40..place + 40]
            );
        }
        for (place, _) in page.match_indices(" src=\"") {
            assert!(page[place + 6..].starts_with("data:"), "{}", &page[place..place + 60]);
        }
        assert!(!page.contains("@import") && !page.contains("url(") && !page.contains("<link"));
    }

    #[test]
    fn both_languages_every_finding_and_nothing_unsaid() {
        let page = page(&Lang::ALL);
        for part in [
            "冬至の日照",
            "Sun at the winter solstice",
            "&lt;East &amp; tower&gt;",
            "3D都市モデル（Project PLATEAU）",
            "合成データ",
            "Synthetic data",
            "0123456789abcdef0123456789abcdef",
            "no GPU adapter was found",
            "No height published",
            "東塔",
            "East tower",
            "20 m",
        ] {
            assert!(page.contains(part), "'{part}' is missing");
        }
        // An unknown key would come out in angle marks, escaped.
        let unknown = page.match_indices("&lt;").filter(|(i, _)| !page[*i..].starts_with("&lt;East"));
        assert_eq!(unknown.map(|(i, _)| &page[i..i + 30]).collect::<Vec<_>>(), Vec::<&str>::new());
        assert!(page.contains(r#"<html lang="ja""#));
    }

    #[test]
    fn a_report_too_large_is_drawn_more_coarsely() {
        let (results, city, provenance) = (fixtures::results(), fixtures::city(), fixtures::provenance());
        let sheets: Vec<_> =
            results.figures.iter().map(|f| Sheet::new(f, &results, &city).unwrap()).collect();
        let attribution = Attribution::of(&city);
        let subject = Subject {
            results: &results,
            city: &city,
            provenance: &provenance,
            attribution: &attribution,
            langs: &[Lang::En],
            files: &[],
            sheets: &sheets,
        };
        assert!(html(&subject, 1).unwrap().len() < html(&subject, usize::MAX).unwrap().len());
    }
}
