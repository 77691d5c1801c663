//! Every pass of this crate against its WGSL: entry point, group size, bindings, structs and their fields.

use futago_compute::Pass;
use futago_crowd::passes::across::{ACROSS_NORMS, SPREAD_DENSITY};
use futago_crowd::passes::along::{ALONG_NORMS, SMOOTH_ALONG};
use futago_testkit::{check_pass_layout, must_fail};

#[test]
fn passes_are_laid_out_as_their_shaders() {
    for pass in [&ALONG_NORMS, &SMOOTH_ALONG, &ACROSS_NORMS, &SPREAD_DENSITY] {
        check_pass_layout(pass);
    }
}

#[test]
fn another_passes_shader_is_refused() {
    let mixed = Pass { source: ALONG_NORMS.source, ..SMOOTH_ALONG };
    must_fail("smooth_along with the shader of along_norms", "no entry point `smooth_along`", || {
        check_pass_layout(&mixed);
    });
}
