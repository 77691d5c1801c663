//! Running a recording on the GPU: pipelines, commands, submitting, waiting.

use std::future::Future;
use std::sync::Mutex;

use super::Gpu;
use super::errors::{Failure, Scopes};
use super::timestamps::Timestamps;
use crate::buffer::Memory;
use crate::platform::{Stopwatch, lock};
use crate::timing::Timings;
use crate::{Access, AnyBuffer, Clock, Command, ComputeError, Pass, Recording};

/// A compiled pass.
#[derive(Clone)]
pub(super) struct Pipeline {
    layout: wgpu::BindGroupLayout,
    pipeline: wgpu::ComputePipeline,
}

/// A dispatch with what it needs on this device.
struct Ready<'a> {
    pass: &'static Pass,
    groups: [u32; 3],
    bindings: &'a [AnyBuffer],
    pipeline: Pipeline,
}

enum Step<'a> {
    Dispatch(Ready<'a>),
    Clear(&'a AnyBuffer),
}

impl Gpu {
    /// Runs a checked recording and waits for its end.
    pub(crate) async fn run(
        &self,
        recording: &Recording,
        timings: &Mutex<Timings>,
    ) -> Result<(), ComputeError> {
        const DURING: &str = "running a recording";
        self.errors.check("earlier work")?;
        let steps = self.prepare(recording).await?;
        let names: Vec<&'static str> = steps.iter().filter_map(Step::pass_name).collect();
        let watch = Stopwatch::start();
        let (index, stamps, refused) = self.submit(&steps, &names)?;
        if let Some(failure) = refused.await {
            return Err(failure.into_error(DURING));
        }
        match stamps {
            Some(stamps) => stamps.collect(self, index, timings).await,
            None => {
                self.wait(index, DURING).await?;
                if let Some(name) = common_name(&names) {
                    lock(timings).add(name, Clock::GpuWall, watch.seconds());
                }
                Ok(())
            }
        }
    }

    /// Makes the pipelines that are not there yet. Dispatches of no groups are left out.
    async fn prepare<'a>(&self, recording: &'a Recording) -> Result<Vec<Step<'a>>, ComputeError> {
        let mut steps = Vec::with_capacity(recording.commands().len());
        for command in recording.commands() {
            match command {
                Command::Clear { buffer } => steps.push(Step::Clear(buffer)),
                Command::Dispatch { groups, .. } if groups.contains(&0) => {}
                Command::Dispatch { pass, groups, bindings } => {
                    let pipeline = self.pipeline(pass).await?;
                    steps.push(Step::Dispatch(Ready { pass, groups: *groups, bindings, pipeline }));
                }
            }
        }
        Ok(steps)
    }

    async fn pipeline(&self, pass: &'static Pass) -> Result<Pipeline, ComputeError> {
        let key = std::ptr::from_ref(pass) as usize;
        let known = lock(&self.pipelines).get(&key).cloned();
        if let Some(pipeline) = known {
            return Ok(pipeline);
        }
        let (pipeline, refused) = {
            let scopes = Scopes::open(&self.device);
            (self.compile(pass), scopes.close())
        };
        match refused.await {
            None => {}
            Some(Failure::Other(message)) => {
                return Err(ComputeError::Shader { pass: pass.name.to_owned(), message });
            }
            Some(memory) => return Err(memory.into_error("compiling a shader")),
        }
        self.errors.check("compiling a shader")?;
        lock(&self.pipelines).insert(key, pipeline.clone());
        Ok(pipeline)
    }

    fn compile(&self, pass: &'static Pass) -> Pipeline {
        let label = Some(pass.name);
        let source = wgpu::ShaderSource::Wgsl(pass.wgsl().into());
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor { label, source });
        let entries: Vec<_> = pass.bindings.iter().zip(0..).map(|(b, n)| layout_entry(n, b.access)).collect();
        let layout = self
            .device
            .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label, entries: &entries });
        let pipeline_layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label,
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label,
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some(pass.name),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        Pipeline { layout, pipeline }
    }

    /// Encodes and submits. Takes no time to speak of; the GPU works afterwards.
    fn submit(
        &self,
        steps: &[Step<'_>],
        names: &[&'static str],
    ) -> Result<
        (wgpu::SubmissionIndex, Option<Timestamps>, impl Future<Output = Option<Failure>> + use<>),
        ComputeError,
    > {
        let scopes = Scopes::open(&self.device);
        let stamps = Timestamps::for_passes(self, names);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let mut number = 0;
        for step in steps {
            match step {
                Step::Clear(buffer) => encoder.clear_buffer(memory_of(buffer)?, 0, None),
                Step::Dispatch(ready) => {
                    let timestamp_writes = stamps.as_ref().map(|stamps| stamps.of_pass(number));
                    self.encode(&mut encoder, ready, timestamp_writes)?;
                    number += 1;
                }
            }
        }
        if let Some(stamps) = &stamps {
            stamps.resolve(&mut encoder);
        }
        let index = self.queue.submit([encoder.finish()]);
        Ok((index, stamps, scopes.close()))
    }

    fn encode(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        ready: &Ready<'_>,
        timestamp_writes: Option<wgpu::ComputePassTimestampWrites<'_>>,
    ) -> Result<(), ComputeError> {
        let label = Some(ready.pass.name);
        let mut entries = Vec::with_capacity(ready.bindings.len());
        for (number, buffer) in (0..).zip(ready.bindings) {
            entries.push(wgpu::BindGroupEntry { binding: number, resource: resource_of(buffer)? });
        }
        let group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label,
            layout: &ready.pipeline.layout,
            entries: &entries,
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor { label, timestamp_writes });
        pass.set_pipeline(&ready.pipeline.pipeline);
        pass.set_bind_group(0, &group, &[]);
        let [x, y, z] = ready.groups;
        pass.dispatch_workgroups(x, y, z);
        Ok(())
    }
}

impl Step<'_> {
    fn pass_name(&self) -> Option<&'static str> {
        match self {
            Step::Dispatch(ready) => Some(ready.pass.name),
            Step::Clear(_) => None,
        }
    }
}

/// The name to put a wall time under.
fn common_name(names: &[&'static str]) -> Option<&'static str> {
    let first = names.first()?;
    Some(if names.iter().all(|name| name == first) { first } else { "recording" })
}

fn layout_entry(binding: u32, access: Access) -> wgpu::BindGroupLayoutEntry {
    let ty = match access {
        Access::Uniform => wgpu::BufferBindingType::Uniform,
        Access::Read => wgpu::BufferBindingType::Storage { read_only: true },
        Access::ReadWrite => wgpu::BufferBindingType::Storage { read_only: false },
    };
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None },
        count: None,
    }
}

fn memory_of(buffer: &AnyBuffer) -> Result<&wgpu::Buffer, ComputeError> {
    match &buffer.0.memory {
        Memory::Gpu(memory) => Ok(memory),
        Memory::Cpu(_) => Err(ComputeError::WrongEngine { buffer: buffer.name().to_owned() }),
    }
}

/// Storage is bound to its very length, so that `arrayLength` is true; uniforms to whole 16 bytes.
fn resource_of(buffer: &AnyBuffer) -> Result<wgpu::BindingResource<'_>, ComputeError> {
    let memory = memory_of(buffer)?;
    let size = match buffer.kind() {
        crate::BufferKind::Uniform => None,
        crate::BufferKind::Storage => {
            let byte_len = buffer.byte_len().max(buffer.0.element_size) as u64;
            wgpu::BufferSize::new(byte_len.next_multiple_of(4))
        }
    };
    Ok(wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer: memory, offset: 0, size }))
}
