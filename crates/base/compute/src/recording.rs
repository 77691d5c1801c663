//! What is to be done, written down before it is done.
//!
//! A step of a simulation fills a recording; an engine runs it. A test can look at the order of passes, and
//! at everything a device would refuse, without a GPU.

use crate::{Access, AnyBuffer, Bindable, Binding, BufferKind, ComputeError, Limits, Pass};

/// One thing to do.
#[derive(Debug, Clone)]
pub enum Command {
    /// Run a pass.
    Dispatch {
        /// The pass.
        pass: &'static Pass,
        /// Number of groups along x, y and z. With a zero nothing runs.
        groups: [u32; 3],
        /// Its buffers, in the order of its bindings.
        bindings: Vec<AnyBuffer>,
    },
    /// Set all bytes of a buffer to zero.
    Clear {
        /// The buffer.
        buffer: AnyBuffer,
    },
}

/// A list of commands. Run it once or many times.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    commands: Vec<Command>,
}

impl Recording {
    /// Nothing to do yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a run of a pass: `recording.dispatch(&SUN, [groups, 1, 1], &[&params, &solids, &hours])`.
    /// What does not fit the pass comes out as an error when the recording is run or checked.
    pub fn dispatch(
        &mut self,
        pass: &'static Pass,
        groups: [u32; 3],
        bindings: &[&dyn Bindable],
    ) -> &mut Self {
        let bindings = bindings.iter().map(|buffer| buffer.as_any().clone()).collect();
        self.commands.push(Command::Dispatch { pass, groups, bindings });
        self
    }

    /// Adds setting a buffer to zero.
    pub fn clear(&mut self, buffer: &dyn Bindable) -> &mut Self {
        self.commands.push(Command::Clear { buffer: buffer.as_any().clone() });
        self
    }

    /// The commands in order.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// Names of the passes in order; clears are left out.
    pub fn pass_names(&self) -> Vec<&'static str> {
        let names = self.commands.iter().filter_map(|command| match command {
            Command::Dispatch { pass, .. } => Some(pass.name),
            Command::Clear { .. } => None,
        });
        names.collect()
    }

    /// Checks every command against its pass and the limits of a device.
    ///
    /// # Errors
    /// [`ComputeError::BadDispatch`] or [`ComputeError::TooLarge`] for the first that does not fit.
    pub fn check(&self, limits: &Limits) -> Result<(), ComputeError> {
        for command in &self.commands {
            if let Command::Dispatch { pass, groups, bindings } = command {
                check_dispatch(pass, *groups, bindings, limits)?;
            }
        }
        Ok(())
    }

    pub(crate) fn buffers(&self) -> impl Iterator<Item = &AnyBuffer> {
        self.commands.iter().flat_map(|command| match command {
            Command::Dispatch { bindings, .. } => bindings.as_slice(),
            Command::Clear { buffer } => std::slice::from_ref(buffer),
        })
    }
}

fn check_dispatch(
    pass: &Pass,
    groups: [u32; 3],
    buffers: &[AnyBuffer],
    limits: &Limits,
) -> Result<(), ComputeError> {
    let bad = |problem: String| Err(ComputeError::BadDispatch { pass: pass.name.to_owned(), problem });
    if buffers.len() != pass.bindings.len() {
        return bad(format!("{} buffers were given for {} bindings", buffers.len(), pass.bindings.len()));
    }
    let most = limits.max_groups_per_dimension;
    if groups.iter().any(|count| *count > most) {
        return bad(format!(
            "{groups:?} groups, this device takes {most} along a dimension; use smaller chunks"
        ));
    }
    let invocations: u64 = pass.workgroup.iter().map(|n| u64::from(*n)).product();
    if invocations > u64::from(limits.max_invocations_per_group) {
        let most = limits.max_invocations_per_group;
        return bad(format!("{invocations} invocations in a group, this device takes {most}"));
    }
    let storage = pass.bindings.iter().filter(|binding| binding.access != Access::Uniform).count();
    if storage as u64 > u64::from(limits.max_storage_bindings) {
        let most = limits.max_storage_bindings;
        return bad(format!("{storage} storage bindings, this device takes {most}"));
    }
    for (number, (binding, buffer)) in pass.bindings.iter().zip(buffers).enumerate() {
        check_binding(binding, buffer, limits)
            .or_else(|problem| bad(format!("binding {number} `{}`: {problem}", binding.name)))?;
        check_size(binding, buffer, limits)?;
    }
    check_sharing(pass, buffers).or_else(bad)
}

fn check_binding(binding: &Binding, buffer: &AnyBuffer, _limits: &Limits) -> Result<(), String> {
    let wanted = match binding.access {
        Access::Uniform => BufferKind::Uniform,
        Access::Read | Access::ReadWrite => BufferKind::Storage,
    };
    if buffer.kind() != wanted {
        return Err(format!("is {wanted:?}, and was given {buffer:?}"));
    }
    let element = binding.element_size.max(1);
    if !buffer.byte_len().is_multiple_of(element) {
        return Err(format!("{buffer:?} is no whole number of elements of {element} bytes"));
    }
    if binding.access == Access::Uniform && buffer.byte_len() != element {
        return Err(format!("{buffer:?} is not one value of {element} bytes"));
    }
    Ok(())
}

fn check_size(binding: &Binding, buffer: &AnyBuffer, limits: &Limits) -> Result<(), ComputeError> {
    let limit_bytes = match binding.access {
        Access::Uniform => limits.max_uniform_bytes,
        Access::Read | Access::ReadWrite => limits.max_storage_bytes,
    };
    let size_bytes = buffer.byte_len() as u64;
    if size_bytes > limit_bytes {
        return Err(ComputeError::TooLarge { buffer: buffer.name().to_owned(), size_bytes, limit_bytes });
    }
    Ok(())
}

/// A buffer that is written may be bound only once, as on every GPU.
fn check_sharing(pass: &Pass, buffers: &[AnyBuffer]) -> Result<(), String> {
    for (i, buffer) in buffers.iter().enumerate() {
        for (j, other) in buffers.iter().enumerate().skip(i + 1) {
            let written = [i, j].iter().any(|k| pass.bindings[*k].access == Access::ReadWrite);
            if written && buffer.is_same(other) {
                let names = (pass.bindings[i].name, pass.bindings[j].name);
                return Err(format!(
                    "{buffer:?} is written and bound twice, as `{}` and `{}`",
                    names.0, names.1
                ));
            }
        }
    }
    Ok(())
}
