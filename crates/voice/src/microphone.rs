//! Microphones as the operating system names them, and what they say, in whatever format they have.

use std::sync::mpsc::Sender;

use cpal::{
    ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig,
    traits::{DeviceTrait, HostTrait, StreamTrait},
};

use crate::{Error, Result};

/// A microphone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What the system calls it.
    pub name: String,
    /// The one taken where none is named.
    pub default: bool,
}

/// What comes from a microphone that is on.
pub(crate) enum Heard {
    /// Interleaved samples in −1…1.
    Samples(Vec<f32>),
    /// It went away.
    Lost,
    /// Whoever records wants nothing kept for a while, or goes on.
    Paused(bool),
    /// Whoever records has enough.
    Enough,
}

/// A microphone that is on until this is dropped.
pub(crate) struct Open {
    pub(crate) rate: u32,
    pub(crate) channels: u16,
    _stream: Stream,
}

/// The microphones of this machine, the default one first.
///
/// # Errors
/// [`Error::NoMicrophone`] where there is none; [`Error::Failed`].
pub fn devices() -> Result<Vec<Device>> {
    let host = cpal::default_host();
    let chosen = host.default_input_device().and_then(|device| name(&device));
    let mut devices: Vec<Device> = chosen
        .iter()
        .map(|name| Device {
            name: name.clone(),
            default: true,
        })
        .collect();
    for name in host.input_devices()?.filter_map(|device| name(&device)) {
        if devices.iter().all(|known| known.name != name) {
            let default = false;
            devices.push(Device { name, default });
        }
    }
    match devices.is_empty() {
        true => Err(Error::NoMicrophone),
        false => Ok(devices),
    }
}

/// Switches a microphone on (none: the default one); it tells `heard` what it hears.
pub(crate) fn open(wanted: Option<&str>, heard: Sender<Heard>) -> Result<Open> {
    let host = cpal::default_host();
    let device = match wanted {
        None => host.default_input_device(),
        Some(wanted) => host
            .default_input_device()
            .into_iter()
            .chain(host.input_devices()?)
            .find(|device| name(device).as_deref() == Some(wanted)),
    }
    .ok_or(Error::NoMicrophone)?;
    let supported = device.default_input_config()?;
    let config = supported.config();
    let stream = match supported.sample_format() {
        SampleFormat::I8 => build::<i8>(&device, config, heard),
        SampleFormat::I16 => build::<i16>(&device, config, heard),
        SampleFormat::I24 => build::<cpal::I24>(&device, config, heard),
        SampleFormat::I32 => build::<i32>(&device, config, heard),
        SampleFormat::I64 => build::<i64>(&device, config, heard),
        SampleFormat::U8 => build::<u8>(&device, config, heard),
        SampleFormat::U16 => build::<u16>(&device, config, heard),
        SampleFormat::U24 => build::<cpal::U24>(&device, config, heard),
        SampleFormat::U32 => build::<u32>(&device, config, heard),
        SampleFormat::U64 => build::<u64>(&device, config, heard),
        SampleFormat::F32 => build::<f32>(&device, config, heard),
        SampleFormat::F64 => build::<f64>(&device, config, heard),
        _ => Err(Error::Failed("no format in common")),
    }?;
    stream.play()?;
    Ok(Open {
        rate: config.sample_rate,
        channels: config.channels,
        _stream: stream,
    })
}

fn build<T>(device: &cpal::Device, config: StreamConfig, heard: Sender<Heard>) -> Result<Stream>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let lost = heard.clone();
    let hear = move |samples: &[T], _: &cpal::InputCallbackInfo| {
        let samples = samples.iter().map(|sample| f32::from_sample_(*sample));
        // Nobody listens any more once the recording is over.
        let _ = heard.send(Heard::Samples(samples.collect()));
    };
    let fail = move |error: cpal::Error| match error.kind() {
        // The stream goes on.
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied | ErrorKind::Xrun => {
            tracing::debug!(kind = %error.kind(), "microphone");
        }
        kind => {
            tracing::warn!(%kind, "the microphone went away");
            let _ = lost.send(Heard::Lost);
        }
    };
    Ok(device.build_input_stream(config, hear, fail, None)?)
}

fn name(device: &cpal::Device) -> Option<String> {
    Some(device.description().ok()?.name().to_owned())
}
