//! The engines. Each passes `tests/engine_contract`.

pub mod openai;
pub(crate) mod sound;
pub mod whisper;
