//! The engines. Each passes `tests/engine_contract`.

pub mod openai;
mod sound;
pub mod whisper;
