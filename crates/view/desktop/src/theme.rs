//! How panels look: cards over the city, light or dark, quiet lines, one accent.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle};

use crate::fonts;
use crate::settings::Settings;

/// What can be pressed, and what is on; white text on it has a contrast of 6.8.
pub const ACCENT: Color32 = Color32::from_rgb(20, 92, 158);
/// Bad news.
pub const BAD: Color32 = Color32::from_rgb(186, 44, 28);

/// Ink of a theme.
pub fn ink(dark: bool) -> Color32 {
    if dark { Color32::from_rgb(233, 236, 240) } else { Color32::from_rgb(31, 35, 42) }
}

/// Quieter ink of the theme in use.
pub fn soft(ui: &egui::Ui) -> Color32 {
    if ui.visuals().dark_mode { Color32::from_rgb(168, 174, 184) } else { Color32::from_rgb(86, 91, 100) }
}

/// A card's frame.
pub fn card(dark: bool) -> egui::Frame {
    let fill = if dark { Color32::from_rgb(30, 34, 41) } else { Color32::from_rgb(250, 250, 248) };
    egui::Frame::NONE
        .fill(fill)
        .corner_radius(CornerRadius::same(10))
        .inner_margin(Margin::symmetric(14, 11))
        .stroke(Stroke::new(1.0, Color32::from_black_alpha(36)))
        .shadow(Shadow { offset: [0, 1], blur: 6, spread: 0, color: Color32::from_black_alpha(48) })
}

/// A heading.
pub fn heading(text: impl Into<String>) -> egui::RichText {
    egui::RichText::new(text).font(FontId::new(15.0, FontFamily::Name(fonts::BOLD.into())))
}

/// A button for what is most likely wanted.
pub fn strong_button(text: String) -> egui::Button<'static> {
    egui::Button::new(egui::RichText::new(text).color(Color32::WHITE)).fill(ACCENT)
}

/// A small line in quieter ink.
pub fn note(ui: &mut egui::Ui, text: impl Into<String>) {
    let colour = soft(ui);
    ui.add(egui::Label::new(egui::RichText::new(text).color(colour).small()).wrap());
}

/// Theme and size that panels wear; none before the fonts are there.
#[derive(Resource, Default)]
pub struct Worn(Option<(bool, f32)>);

/// Whether panels can be drawn.
pub fn is_dressed(worn: Res<Worn>) -> bool {
    worn.0.is_some()
}

/// Puts fonts and style on, when they changed. Fonts are there from the next pass on, so this comes before it.
pub fn dress(mut contexts: EguiContexts, settings: Res<Settings>, mut worn: ResMut<Worn>) {
    let wanted = (settings.dark, settings.scale);
    if worn.0 == Some(wanted) {
        return;
    }
    // In the first frame there may be none yet.
    let Ok(ctx) = contexts.ctx_mut() else { return };
    if worn.0.is_none() {
        ctx.set_fonts(fonts::definitions());
    }
    ctx.set_zoom_factor(settings.scale);
    ctx.set_theme(if settings.dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.all_styles_mut(|style| {
        let sizes = [
            (TextStyle::Body, 14.0),
            (TextStyle::Button, 14.0),
            (TextStyle::Small, 12.0),
            (TextStyle::Heading, 17.0),
            (TextStyle::Monospace, 13.0),
        ];
        style.text_styles = sizes.map(|(s, size)| (s, FontId::new(size, FontFamily::Proportional))).into();
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(9.0, 4.0);
        style.spacing.interact_size.y = 25.0;
        style.spacing.slider_width = 150.0;
        let visuals = &mut style.visuals;
        visuals.override_text_color = Some(ink(settings.dark));
        visuals.selection.bg_fill = ACCENT.gamma_multiply(if settings.dark { 0.8 } else { 0.3 });
        visuals.selection.stroke = Stroke::new(1.0, if settings.dark { Color32::WHITE } else { ACCENT });
        visuals.hyperlink_color = ACCENT;
        visuals.window_corner_radius = CornerRadius::same(10);
        let (still, hovered) = if settings.dark {
            (Color32::from_rgb(58, 64, 74), Color32::from_rgb(74, 84, 98))
        } else {
            (Color32::from_rgb(228, 229, 230), Color32::from_rgb(214, 222, 230))
        };
        visuals.widgets.inactive.weak_bg_fill = still;
        visuals.widgets.hovered.weak_bg_fill = hovered;
    });
    worn.0 = Some(wanted);
}
