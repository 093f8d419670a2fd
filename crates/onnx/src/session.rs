//! One model, ready to run on plain slices.

use std::path::Path;

use ort::{
    session::{Session as Inner, SessionInputValue, builder::GraphOptimizationLevel},
    value::TensorRef,
};

use crate::{
    error::{Error, Result},
    runtime,
};

/// One named input: its shape and its values, row-major.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// Single precision.
    F32(&'a [usize], &'a [f32]),
    /// 64-bit integers.
    I64(&'a [usize], &'a [i64]),
}

/// One output: its shape and its values, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// The product of `shape` many values.
    pub values: Vec<f32>,
}

/// A loaded model. A run needs it exclusively, so each worker holds its own.
#[derive(Debug)]
pub struct Session {
    inner: Inner,
    outputs: Vec<String>,
}

impl Session {
    /// Loads a model from memory, so that what was hashed is what runs.
    ///
    /// `threads` is how many threads one run may use; none of them spins while idle.
    pub fn from_bytes(model: &[u8], threads: usize) -> Result<Self> {
        let environment = runtime::environment()?;
        let inner = Inner::builder(environment)
            .map_err(model_error)?
            .with_optimization_level(GraphOptimizationLevel::All)
            .map_err(model_error)?
            .with_intra_threads(threads.max(1))
            .map_err(model_error)?
            .with_intra_op_spinning(false)
            .map_err(model_error)?
            .commit_from_memory(model)
            .map_err(model_error)?;
        let outputs = inner
            .outputs()
            .iter()
            .map(|outlet| outlet.name().to_owned())
            .collect();
        Ok(Self { inner, outputs })
    }

    /// Loads a model from a file.
    pub fn open(path: &Path, threads: usize) -> Result<Self> {
        let model = std::fs::read(path).map_err(|error| Error::Model {
            reason: error.kind().to_string(),
        })?;
        Self::from_bytes(&model, threads)
    }

    /// Names of the outputs, in the model's order.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// Runs the model; every output must be single precision and comes in the model's order.
    pub fn run(&mut self, inputs: &[(&str, Input<'_>)]) -> Result<Vec<Tensor>> {
        let values = inputs
            .iter()
            .map(|(name, input)| Ok((*name, value_of(*input).map_err(run_error)?)))
            .collect::<Result<Vec<(&str, SessionInputValue<'_>)>>>()?;
        let found = self.inner.run(values).map_err(run_error)?;
        let mut tensors = Vec::with_capacity(self.outputs.len());
        for name in &self.outputs {
            let value = found.get(name).ok_or_else(|| Error::Run {
                reason: "no output".into(),
            })?;
            let (shape, values) = value.try_extract_tensor::<f32>().map_err(run_error)?;
            let shape = shape
                .iter()
                .map(|&n| usize::try_from(n).unwrap_or(0))
                .collect();
            tensors.push(Tensor {
                shape,
                values: values.to_vec(),
            });
        }
        Ok(tensors)
    }
}

fn value_of(input: Input<'_>) -> ort::Result<SessionInputValue<'_>> {
    Ok(match input {
        Input::F32(shape, values) => TensorRef::from_array_view((shape, values))?.into(),
        Input::I64(shape, values) => TensorRef::from_array_view((shape, values))?.into(),
    })
}

fn model_error<R>(error: ort::Error<R>) -> Error {
    Error::Model {
        reason: error.message().to_owned(),
    }
}

fn run_error<R>(error: ort::Error<R>) -> Error {
    Error::Run {
        reason: error.message().to_owned(),
    }
}
