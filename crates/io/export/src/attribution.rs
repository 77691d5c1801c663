//! What must be said of the data wherever it goes: credits, and whether any of it is synthetic.

use futago_field::ResultSet;
use futago_model::CityModel;

/// The lines that every file carries as far as its format allows.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    /// Credit lines, word for word, each once.
    pub credits: Vec<String>,
    /// True when a source is generated and not measured.
    pub synthetic: bool,
}

impl Attribution {
    pub(crate) fn of(city: &CityModel) -> Self {
        Self {
            credits: city.credits().into_iter().map(str::to_owned).collect(),
            synthetic: city.about.sources.iter().any(|source| source.synthetic),
        }
    }

    /// The same with what results were made from beside the city.
    pub(crate) fn of_results(city: &CityModel, results: &ResultSet) -> Self {
        let mut attribution = Self::of(city);
        for line in results.credits() {
            if !attribution.credits.iter().any(|known| known == line) {
                attribution.credits.push(line.to_owned());
            }
        }
        attribution.synthetic |= results.origins.iter().any(|origin| origin.synthetic);
        attribution
    }

    /// All credits in one line.
    pub(crate) fn line(&self) -> String {
        self.credits.join(" / ")
    }

    /// The label of generated data in both languages, or nothing.
    pub(crate) fn synthetic_label(&self) -> Option<&'static str> {
        self.synthetic.then_some("includes synthetic data / 合成データを含む")
    }
}
