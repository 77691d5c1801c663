//! Every pass of this crate against its WGSL: entry point, group size, bindings, structs and their fields.

use futago_compute::Pass;
use futago_sunlight::passes::count_votes::COUNT_VOTES;
use futago_sunlight::passes::sky_view::SKY_VIEW;
use futago_sunlight::passes::sweep_shadow::SWEEP_SHADOW;
use futago_sunlight::passes::trace_sun::TRACE_SUN;
use futago_testkit::{check_pass_layout, must_fail, pass_layout_problems};

#[test]
fn sweep_shadow_is_laid_out_as_its_shader() {
    check_pass_layout(&SWEEP_SHADOW);
}

#[test]
fn count_votes_is_laid_out_as_its_shader() {
    check_pass_layout(&COUNT_VOTES);
}

#[test]
fn trace_sun_is_laid_out_as_its_shader() {
    check_pass_layout(&TRACE_SUN);
}

#[test]
fn sky_view_is_laid_out_as_its_shader() {
    check_pass_layout(&SKY_VIEW);
}

#[test]
fn another_passes_shader_is_refused() {
    let mixed = Pass { source: TRACE_SUN.source, ..SKY_VIEW };
    assert!(pass_layout_problems(&mixed).len() > 2, "name and two bindings differ");
    must_fail("sky_view with the shader of trace_sun", "no entry point `sky_view`", || {
        check_pass_layout(&mixed)
    });
}
