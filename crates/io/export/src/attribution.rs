//! What must be said of the data wherever it goes: credits, and whether any of it is synthetic.

use futago_model::{CityModel, Source};

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

    /// The same with more sources.
    #[must_use]
    pub(crate) fn and(mut self, sources: &[Source]) -> Self {
        for source in sources {
            if !source.credit.is_empty() && !self.credits.contains(&source.credit) {
                self.credits.push(source.credit.clone());
            }
            self.synthetic |= source.synthetic;
        }
        self
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
