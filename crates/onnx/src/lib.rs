//! The one place that loads ONNX Runtime.
