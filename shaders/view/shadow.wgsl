// Depth and shadows of what is there. See crates/view/scene/src/material.rs; cut.wgsl comes before it.

@fragment
fn fragment(in: VertexOutput) {
    let id = u32(in.uv_b.x + 0.5);
    let code = entry_of(id).a;
    // Light comes from a parallel view; it sees the city after the change, and nothing cut or thinned.
    if view.clip_from_view[3].w == 1.0 {
        if code < 0.4 {
            discard;
        }
    } else if !is_there(code, is_before(in.position.xy)) || is_cut(in.world_position.xyz)
        || is_thinned(id, in.position.xy) {
        discard;
    }
}
