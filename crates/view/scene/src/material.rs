//! One material for everything solid, and the table of colours it looks up.
//!
//! The table is a small image: one texel an object, its colour and in the alpha how it is shown ([`Shown`]). Recolouring the whole city writes 25,000 texels and touches no mesh.

use bevy::asset::RenderAssetUsages;
use bevy::image::{ImageSampler, ImageSamplerDescriptor};
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::pbr::{MaterialPipeline, MaterialPipelineKey};
use bevy::prelude::*;
use bevy::render::render_resource::{
    AsBindGroup, CompareFunction, Extent3d, RenderPipelineDescriptor, ShaderType,
    SpecializedMeshPipelineError, TextureDimension, TextureFormat,
};
use bevy::shader::ShaderRef;
use futago_model::{AreaKind, StreetClass, WalkKind};

use crate::shaders::{CITY_SHADER, SHADOW_SHADER};

/// Texels a row of the colour table; the shader knows it too.
const COLUMNS: usize = 256;
/// Slot of the bare ground.
pub const GROUND_SLOT: usize = 0;
/// Slot of what is walked and driven on above the ground.
pub const DECK_SLOT: usize = 60;
/// Slot of the other faces of bridges and decks.
pub const STRUCTURE_SLOT: usize = 61;
/// Slot of columns and walls of stations.
pub const FIXTURE_SLOT: usize = 62;
/// Slot of roads in tunnels.
pub const TUNNEL_SLOT: usize = 63;
/// Slot of the first building; those before are the ground, areas and streets.
pub const FIRST_BUILDING: usize = 64;
const FIRST_AREA: usize = 1;
const FIRST_STREET: usize = 16;
const FIRST_FLOOR: usize = 32;
const FIRST_WAY: usize = 48;
/// Levels below the ground that have colours of their own; what lies deeper has that of the deepest.
pub const MOST_LEVELS: usize = 8;
/// Changed and new buildings that can be drawn; they follow the real ones.
pub const MOST_CHANGED: usize = 512;
/// Steps of a palette; colours of lines follow them.
pub const PALETTE_STEPS: usize = 255;
const LINE_SLOTS: usize = 8;
/// Slots of one palette with its lines; there is one for each [`Side`].
const BLOCK: usize = PALETTE_STEPS + LINE_SLOTS;

/// The part of a picture that a coloured thing belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All of it.
    Both,
    /// Left of the swipe: the city as it is.
    Before,
    /// Right of the swipe: the city as it might be.
    After,
}

impl Side {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Both, Self::Before, Self::After];

    /// How what belongs to it is shown.
    pub fn shown(self) -> Shown {
        match self {
            Self::Both => Shown::Plain,
            Self::Before => Shown::Before,
            Self::After => Shown::After,
        }
    }
}

/// Slot of a changed or new building, in a city of so many real ones.
pub fn changed_slot(buildings: usize, index: usize) -> usize {
    FIRST_BUILDING + buildings + index.min(MOST_CHANGED - 1)
}

/// Slot of a step of the shown field's palette, or of a line's colour.
pub fn palette_slot(buildings: usize, step: usize) -> usize {
    FIRST_BUILDING + buildings + MOST_CHANGED + step
}

/// Slot of a step of the palette on one side of the swipe; lines follow the steps.
pub fn side_slot(buildings: usize, side: Side, step: usize) -> usize {
    palette_slot(buildings, side as usize * BLOCK + step)
}

/// From a building's slot to that of its colour before the swipe.
pub fn before_offset(buildings: usize) -> usize {
    palette_slot(buildings, Side::ALL.len() * BLOCK) - FIRST_BUILDING
}

/// Slot of a kind of area.
pub fn area_slot(kind: AreaKind) -> usize {
    FIRST_AREA + kind as usize
}

/// Slot of a class of street.
pub fn street_slot(class: StreetClass) -> usize {
    FIRST_STREET + class as usize
}

/// Slot of the floors of a level below the ground, 0 for the uppermost.
pub fn floor_slot(rank: usize) -> usize {
    FIRST_FLOOR + rank.min(MOST_LEVELS - 1)
}

/// Slot of the rooms on them.
pub fn room_slot(rank: usize) -> usize {
    FIRST_FLOOR + MOST_LEVELS + rank.min(MOST_LEVELS - 1)
}

/// Slot of a kind of way below the ground.
pub fn way_slot(kind: WalkKind) -> usize {
    FIRST_WAY + kind as usize
}

/// What the shader knows of light and of the field on the ground; see `shaders/view/city.wgsl`.
#[derive(Debug, Clone, Copy, Default, ShaderType)]
pub struct Look {
    /// Direction to the sun; its strength.
    pub sun: Vec4,
    /// Colour of sunlight.
    pub sun_colour: Vec4,
    /// Light from above.
    pub sky_colour: Vec4,
    /// Light from the ground.
    pub ground_colour: Vec4,
    /// Haze at the horizon.
    pub haze_colour: Vec4,
    /// Field on the ground: west, south, width, depth, metres.
    pub field_area: Vec4,
    /// Strength of the field, of lit windows, metres at which haze has taken half, opacity of buildings.
    pub shares: Vec4,
    /// Pixel at which before and after are parted (0: not), 1 for underground, first slot of the palette, 1 for streets over the
    /// field.
    pub modes: Vec4,
    /// West, lowest, south of what is shown; 1 when the rest is cut away. Bevy's axes.
    pub section_low: Vec4,
    /// East, highest, north; from a building's slot to that of its colour before the swipe, 0 when there is none.
    pub section_high: Vec4,
}

/// See the module.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone, Default)]
#[bind_group_data(CityKey)]
pub struct CityMaterial {
    /// Light and field.
    #[uniform(0)]
    pub look: Look,
    /// The colour table.
    #[texture(1)]
    pub colours: Handle<Image>,
    /// Colours of the field on the ground.
    #[texture(2)]
    #[sampler(3)]
    pub field: Handle<Image>,
    /// The same of the city as it is.
    #[texture(4)]
    pub before: Handle<Image>,
    /// Whether some pixels are not there: hidden buildings, a swipe, a section, buildings that are seen through.
    pub cuts: bool,
    /// Whether shadows and windows are left out.
    pub plain: bool,
    /// Whether a field lies on the ground.
    pub has_field: bool,
    /// Whether it lies below the ground and is seen through everything.
    pub below: bool,
    /// Whether it is drawn, faintly, only where something hides it: lines behind buildings.
    pub behind: bool,
}

/// What tells pipelines of the material apart.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CityKey {
    below: bool,
    behind: bool,
    cuts: bool,
    plain: bool,
    field: bool,
}

impl From<&CityMaterial> for CityKey {
    fn from(material: &CityMaterial) -> Self {
        let CityMaterial { below, behind, cuts, plain, has_field, .. } = *material;
        Self { below, behind, cuts, plain, field: has_field }
    }
}

impl Material for CityMaterial {
    fn fragment_shader() -> ShaderRef {
        CITY_SHADER.into()
    }

    fn prepass_fragment_shader() -> ShaderRef {
        SHADOW_SHADER.into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        // Asking the table before depth is known costs time, so only when it matters.
        match (self.below || self.behind, self.cuts) {
            // Drawn after the surface.
            (true, _) => AlphaMode::Blend,
            (false, true) => AlphaMode::Mask(0.5),
            (false, false) => AlphaMode::Opaque,
        }
    }

    fn specialize(
        _: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        let CityKey { below, behind, cuts, plain, field } = key.bind_group_data;
        if let Some(depth) = descriptor.depth_stencil.as_mut().filter(|_| below || behind) {
            // What is nearer has the greater depth; the shader brings what lies below before all else.
            depth.depth_compare =
                Some(if below { CompareFunction::GreaterEqual } else { CompareFunction::Less });
            depth.depth_write_enabled = Some(below);
        }
        if let Some(fragment) = &mut descriptor.fragment {
            let defs =
                [(cuts, "CUTS"), (plain, "PLAIN"), (field, "FIELD"), (behind, "BEHIND"), (below, "BELOW")];
            fragment.shader_defs.extend(defs.into_iter().filter(|(on, _)| *on).map(|(_, name)| name.into()));
        }
        Ok(())
    }
}

/// What a thing looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// As it is.
    Plain,
    /// Marked: selected or found.
    Marked,
    /// Only before the change: left of the swipe.
    Before,
    /// Only after the change: right of the swipe.
    After,
    /// Not at all.
    Hidden,
}

/// The colour table on its way to the GPU.
#[derive(Resource, Debug, Clone)]
pub struct ColourTable {
    texels: Vec<u8>,
    /// The image on the GPU.
    pub image: Handle<Image>,
}

impl ColourTable {
    /// A table for a number of buildings.
    pub fn new(buildings: usize, images: &mut Assets<Image>) -> Self {
        let all = changed_slot(buildings, MOST_CHANGED - 1) + before_offset(buildings) + 1;
        let rows = all.div_ceil(COLUMNS);
        let texels = [200, 200, 200, 255].repeat(rows * COLUMNS);
        let image = images.add(table_image(&texels));
        Self { texels, image }
    }

    /// Sets a slot: colour in sRGB bytes.
    pub fn set(&mut self, slot: usize, [r, g, b]: [u8; 3], shown: Shown) {
        let alpha = match shown {
            Shown::Plain => 255,
            Shown::After => 192,
            Shown::Marked => 128,
            Shown::Before => 64,
            Shown::Hidden => 0,
        };
        self.texels[slot * 4..][..4].copy_from_slice(&[r, g, b, alpha]);
    }

    /// Sends the table to the GPU.
    pub fn upload(&self, images: &mut Assets<Image>) {
        if let Some(mut image) = images.get_mut(&self.image) {
            *image = table_image(&self.texels);
        }
    }
}

fn table_image(texels: &[u8]) -> Image {
    let size = Extent3d {
        width: COLUMNS as u32,
        height: (texels.len() / 4 / COLUMNS) as u32,
        depth_or_array_layers: 1,
    };
    let mut image = Image::new(
        size,
        TextureDimension::D2,
        texels.to_vec(),
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD | RenderAssetUsages::MAIN_WORLD,
    );
    image.sampler = ImageSampler::nearest();
    image
}

/// An image of a field's colours, rows from north to south, RGBA in sRGB bytes.
pub fn field_image(columns: u32, rows: u32, rgba: Vec<u8>) -> Image {
    let size = Extent3d { width: columns, height: rows, depth_or_array_layers: 1 };
    let usage = RenderAssetUsages::RENDER_WORLD | RenderAssetUsages::MAIN_WORLD;
    let mut image = Image::new(size, TextureDimension::D2, rgba, TextureFormat::Rgba8UnormSrgb, usage);
    image.sampler = ImageSampler::Descriptor(ImageSamplerDescriptor::linear());
    image
}
