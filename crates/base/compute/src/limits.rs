//! What a device can take.

/// Largest chunk that [`Limits::chunk_len`] plans for, bytes: what WebGPU promises for a storage binding.
const CHUNK_BYTES: u64 = 128 << 20;

/// What a device can take. Tests make small ones by hand to try chunking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest storage buffer, bytes.
    pub max_storage_bytes: u64,
    /// Largest uniform, bytes.
    pub max_uniform_bytes: u64,
    /// Most groups of a dispatch along one dimension.
    pub max_groups_per_dimension: u32,
    /// Most storage bindings of a pass.
    pub max_storage_bindings: u32,
    /// Most invocations of a group.
    pub max_invocations_per_group: u32,
}

impl Limits {
    /// What every WebGPU device gives.
    pub const WEBGPU: Self = Self {
        max_storage_bytes: CHUNK_BYTES,
        max_uniform_bytes: 64 << 10,
        max_groups_per_dimension: 65_535,
        max_storage_bindings: 8,
        max_invocations_per_group: 256,
    };

    /// The CPU's: what can be addressed.
    pub const CPU: Self = Self {
        max_storage_bytes: isize::MAX as u64,
        max_uniform_bytes: isize::MAX as u64,
        max_groups_per_dimension: u32::MAX,
        max_storage_bindings: u32::MAX,
        max_invocations_per_group: u32::MAX,
    };

    /// Items that go into one buffer of this device, at most 128 MiB of them and at least one.
    pub fn chunk_len(&self, bytes_per_item: usize) -> usize {
        let bytes = self.max_storage_bytes.min(CHUNK_BYTES);
        let items = bytes / (bytes_per_item as u64).max(1);
        usize::try_from(items).unwrap_or(usize::MAX).max(1)
    }

    pub(crate) fn of_device(limits: &wgpu::Limits) -> Self {
        Self {
            max_storage_bytes: limits.max_storage_buffer_binding_size.min(limits.max_buffer_size),
            max_uniform_bytes: limits.max_uniform_buffer_binding_size,
            max_groups_per_dimension: limits.max_compute_workgroups_per_dimension,
            max_storage_bindings: limits.max_storage_buffers_per_shader_stage,
            max_invocations_per_group: limits.max_compute_invocations_per_workgroup,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_stay_under_both_limits() {
        assert_eq!(Limits::CPU.chunk_len(16), (128 << 20) / 16);
        assert_eq!(Limits { max_storage_bytes: 1000, ..Limits::WEBGPU }.chunk_len(16), 62);
        assert_eq!(Limits { max_storage_bytes: 10, ..Limits::WEBGPU }.chunk_len(16), 1);
    }
}
