//! A pass against its WGSL: what the Rust side believes and what the shader says.
//!
//! The text is parsed and validated by naga with the capabilities that every WebGPU device has; the numbers
//! compared are naga's own. The limits are those WebGPU promises, so that what passes here runs in a
//! browser too.

use futago_compute::{Access, Binding, Limits, Pass, Scalar, StructLayout};
use naga::proc::Layouter;
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{AddressSpace, Handle, Module, ScalarKind, ShaderStage, StorageAccess, Type, TypeInner};

/// Memory a group may share, promised by WebGPU, bytes.
const GROUP_BYTES: u32 = 16_384;

/// Most invocations of a group along x, y and z, promised by WebGPU.
const GROUP_SHAPE: [u32; 3] = [256, 256, 64];

/// Panics with everything that differs between a pass and its WGSL.
pub fn check_pass_layout(pass: &Pass) {
    let problems = pass_layout_problems(pass);
    assert!(problems.is_empty(), "pass `{}` and its WGSL differ:\n  {}", pass.name, problems.join("\n  "));
}

/// Everything that differs between a pass and its WGSL, one line each.
pub fn pass_layout_problems(pass: &Pass) -> Vec<String> {
    let source = pass.wgsl();
    let module = match naga::front::wgsl::parse_str(&source) {
        Ok(module) => module,
        Err(error) => return vec![format!("it does not parse: {}", error.emit_to_string(&source))],
    };
    if let Err(error) = Validator::new(ValidationFlags::all(), Capabilities::empty()).validate(&module) {
        return vec![format!("it is not valid: {}", error.emit_to_string(&source))];
    }
    let mut layouter = Layouter::default();
    if let Err(error) = layouter.update(module.to_ctx()) {
        return vec![format!("its types have no layout: {error}")];
    }
    let mut check = Check { module: &module, layouter: &layouter, problems: Vec::new() };
    check.entry_point(pass);
    check.group_memory();
    for (number, binding) in pass.bindings.iter().enumerate() {
        check.binding(number, binding);
    }
    check.left_over(pass);
    check.problems
}

struct Check<'a> {
    module: &'a Module,
    layouter: &'a Layouter,
    problems: Vec<String>,
}

impl Check<'_> {
    fn say(&mut self, problem: String) {
        self.problems.push(problem);
    }

    fn entry_point(&mut self, pass: &Pass) {
        let mut entries = self.module.entry_points.iter();
        let Some(entry) = entries.find(|entry| entry.name == pass.name) else {
            let names: Vec<&str> = self.module.entry_points.iter().map(|entry| entry.name.as_str()).collect();
            return self.say(format!("no entry point `{}`; WGSL has {names:?}", pass.name));
        };
        if entry.stage != ShaderStage::Compute {
            self.say(format!("entry point `{}` is not @compute", pass.name));
        }
        if entry.workgroup_size != pass.workgroup {
            let (rust, wgsl) = (pass.workgroup, entry.workgroup_size);
            self.say(format!("workgroup size is {rust:?} in Rust and {wgsl:?} in WGSL"));
        }
        let invocations: u32 = pass.workgroup.iter().product();
        let too_long = pass.workgroup.iter().zip(GROUP_SHAPE).any(|(size, most)| *size > most);
        if invocations > Limits::WEBGPU.max_invocations_per_group || too_long {
            let promised = Limits::WEBGPU.max_invocations_per_group;
            self.say(format!(
                "a group of {:?} is over the promised {promised}, {GROUP_SHAPE:?}",
                pass.workgroup
            ));
        }
        let storage = pass.bindings.iter().filter(|binding| binding.access != Access::Uniform).count();
        if storage > Limits::WEBGPU.max_storage_bindings as usize {
            self.say(format!("{storage} storage bindings, 8 are promised"));
        }
    }

    fn group_memory(&mut self) {
        let shared = self.module.global_variables.iter().filter(|(_, v)| v.space == AddressSpace::WorkGroup);
        let bytes: u32 = shared.map(|(_, variable)| self.layouter[variable.ty].size).sum();
        if bytes > GROUP_BYTES {
            self.say(format!("{bytes} bytes of workgroup memory, {GROUP_BYTES} are promised"));
        }
    }

    fn binding(&mut self, number: usize, binding: &Binding) {
        let place = format!("binding {number} `{}`", binding.name);
        let mut variables = self.module.global_variables.iter().map(|(_, variable)| variable);
        let Some(variable) = variables.find(|variable| {
            variable.binding.is_some_and(|at| at.group == 0 && at.binding as usize == number)
        }) else {
            return self.say(format!("{place}: WGSL has no @group(0) @binding({number})"));
        };
        let name = variable.name.as_deref().unwrap_or_default();
        if name != binding.name {
            self.say(format!("{place}: is called `{name}` in WGSL"));
        }
        let (wanted, found) = (access_text(binding.access), space_text(variable.space));
        if wanted != found {
            self.say(format!("{place}: is {wanted} in Rust and {found} in WGSL"));
        }
        let element = match self.module.types[variable.ty].inner {
            TypeInner::Array { base, stride, .. } if binding.access != Access::Uniform => {
                if stride as usize != binding.element_size {
                    let rust = binding.element_size;
                    self.say(format!(
                        "{place}: elements are {rust} bytes apart in Rust and {stride} in WGSL"
                    ));
                }
                base
            }
            _ => {
                let wgsl = self.layouter[variable.ty].size;
                if wgsl as usize != binding.element_size {
                    self.say(format!(
                        "{place}: has {} bytes in Rust and {wgsl} in WGSL",
                        binding.element_size
                    ));
                }
                variable.ty
            }
        };
        if let Some(layout) = binding.layout {
            self.element(&place, layout, element);
        }
    }

    fn element(&mut self, place: &str, layout: &StructLayout, ty: Handle<Type>) {
        let wgsl = &self.module.types[ty];
        let name = wgsl.name.as_deref().unwrap_or("a type without a name");
        match (&wgsl.inner, layout.is_struct()) {
            (TypeInner::Struct { members, .. }, true) => {
                if name != layout.name {
                    self.say(format!("{place}: is `{}` in Rust and `{name}` in WGSL", layout.name));
                }
                self.fields(place, layout, members);
            }
            (TypeInner::Struct { .. }, false) => {
                self.say(format!("{place}: is struct `{name}` in WGSL only"))
            }
            (_, true) => self.say(format!("{place}: is struct `{}` in Rust only", layout.name)),
            (_, false) => {
                let (rust, found) = (layout.fields.first().map(|field| field.scalar), self.scalar(ty));
                if rust.is_some_and(|scalar| scalar != found) {
                    self.say(format!("{place}: holds {rust:?} in Rust and {found:?} in WGSL"));
                }
            }
        }
    }

    fn fields(&mut self, place: &str, layout: &StructLayout, members: &[naga::StructMember]) {
        let rust: Vec<&str> = layout.fields.iter().map(|field| field.name).collect();
        let wgsl: Vec<&str> =
            members.iter().map(|member| member.name.as_deref().unwrap_or_default()).collect();
        if rust != wgsl {
            return self.say(format!("{place}: has fields {rust:?} in Rust and {wgsl:?} in WGSL"));
        }
        for (field, member) in layout.fields.iter().zip(members) {
            let wgsl = (member.offset as usize, self.layouter[member.ty].size as usize);
            let (offset, size) = wgsl;
            if (field.offset, field.size) != wgsl {
                self.say(format!(
                    "{place}: field `{}` is {} bytes at {} in Rust and {size} bytes at {offset} in WGSL",
                    field.name, field.size, field.offset
                ));
            }
            let found = self.scalar(member.ty);
            if field.scalar != found {
                let (rust, name) = (field.scalar, field.name);
                self.say(format!("{place}: field `{name}` holds {rust:?} in Rust and {found:?} in WGSL"));
            }
        }
    }

    fn scalar(&self, ty: Handle<Type>) -> Scalar {
        match self.module.types[ty].inner {
            TypeInner::Scalar(scalar)
            | TypeInner::Vector { scalar, .. }
            | TypeInner::Matrix { scalar, .. }
            | TypeInner::Atomic(scalar) => match scalar.kind {
                ScalarKind::Float => Scalar::F32,
                ScalarKind::Sint => Scalar::I32,
                ScalarKind::Uint => Scalar::U32,
                _ => Scalar::Mixed,
            },
            TypeInner::Array { base, .. } => self.scalar(base),
            _ => Scalar::Mixed,
        }
    }

    fn left_over(&mut self, pass: &Pass) {
        for (_, variable) in self.module.global_variables.iter() {
            let Some(at) = variable.binding else { continue };
            if at.group != 0 || at.binding as usize >= pass.bindings.len() {
                let name = variable.name.as_deref().unwrap_or_default();
                let (group, number) = (at.group, at.binding);
                self.say(format!("@group({group}) @binding({number}) `{name}` is in WGSL only"));
            }
        }
    }
}

fn access_text(access: Access) -> &'static str {
    match access {
        Access::Uniform => "var<uniform>",
        Access::Read => "var<storage, read>",
        Access::ReadWrite => "var<storage, read_write>",
    }
}

fn space_text(space: AddressSpace) -> &'static str {
    match space {
        AddressSpace::Uniform => "var<uniform>",
        AddressSpace::Storage { access } if access.contains(StorageAccess::STORE) => {
            "var<storage, read_write>"
        }
        AddressSpace::Storage { .. } => "var<storage, read>",
        _ => "neither uniform nor storage",
    }
}
