//! Model cards, the gate, one ONNX run for probabilities and maps, calibration, abstention.
