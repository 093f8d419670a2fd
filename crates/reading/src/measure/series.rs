//! The series that a picture belongs to, outlined frame by frame, and what was outlined already.
//!
//! A frame is decoded when its turn comes and given back before the next one. What is left of it is kept for
//! a while, so that reading every file of a series outlines every file once and not once for each other.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use imaging::{Picture, Place};

use super::{Missing, outline::Outline, stack::Frame};
use crate::{
    error::Result,
    input::{Film, squash},
    pack::Loaded,
    queue::AnyError,
};

/// The series that a picture belongs to. Nothing is read of it until it is asked for.
pub trait Series: Send {
    /// The picture that is read: its file and frame.
    fn asked(&self) -> (String, u32);
    /// Its files, the asked one among them, in any order.
    fn members(&mut self) -> Result<Vec<Member>, AnyError>;
    /// Opens a file.
    fn open(&mut self, id: &str) -> Result<Picture, AnyError>;
}

/// One file of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What tells it from every other file, now and later.
    pub id: String,
    /// Frames.
    pub frames: u32,
}

/// One frame, outlined.
#[derive(Debug)]
pub(crate) struct Outlined {
    pub(crate) outline: Outline,
    pub(crate) far: bool,
    pub(crate) place: Place,
}

/// Frames that were outlined, the newest of them.
#[derive(Default)]
pub(crate) struct Cache {
    known: HashMap<Key, Arc<Outlined>>,
    order: VecDeque<Key>,
}

/// Model file, file, frame.
type Key = (String, String, u32);

/// The most frames that a series is measured with.
const LARGEST: u64 = 1500;
/// Two of the largest series; a frame takes some ten kilobytes.
const KEPT: usize = 2 * LARGEST as usize;

impl Cache {
    fn keep(&mut self, key: Key, outlined: Arc<Outlined>) {
        if self.known.insert(key.clone(), outlined).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
    }
}

/// Outlines one picture; a known one is not outlined again.
pub(crate) fn picture(
    model: &mut Loaded,
    cache: &mut Cache,
    film: &Film<'_>,
    place: Place,
    file: Option<(String, u32)>,
) -> Result<Arc<Outlined>> {
    let key = file.map(|(id, frame)| (model.pack.card.model.sha256.clone(), id, frame));
    if let Some(known) = key.as_ref().and_then(|key| cache.known.get(key)) {
        return Ok(Arc::clone(known));
    }
    let outlined = Arc::new(outlined(model, film, place)?);
    if let Some(key) = key {
        cache.keep(key, Arc::clone(&outlined));
    }
    Ok(outlined)
}

/// Every frame of a series; none where somebody cancelled. The inner error tells why there are not all.
pub(crate) fn frames(
    model: &mut Loaded,
    cache: &mut Cache,
    series: &mut dyn Series,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<Result<Vec<Frame>, Missing>>> {
    let unreadable = |error: AnyError| {
        tracing::warn!(message_id = error.message_id(), "a series cannot be read");
        Ok(Some(Err(Missing::Unreadable)))
    };
    let members = match series.members() {
        Ok(members) => members,
        Err(error) => return unreadable(error),
    };
    match members.iter().map(|member| u64::from(member.frames)).sum() {
        0..=1_u64 => return Ok(Some(Err(Missing::SinglePicture))),
        2..=LARGEST => {}
        _ => return Ok(Some(Err(Missing::TooMany))),
    }
    let mut frames = Vec::new();
    for Member { id, frames: count } in members {
        let mut open = None;
        for n in 0..count {
            if cancelled() {
                return Ok(None);
            }
            let key = (model.pack.card.model.sha256.clone(), id.clone(), n);
            let outlined = match cache.known.get(&key) {
                Some(known) => Arc::clone(known),
                None => match decoded(series, &mut open, &id, n) {
                    Err(error) => return unreadable(error),
                    Ok((plane, place)) => {
                        let film = Film::new(plane.rows, plane.columns, &plane.values)?;
                        let found = Arc::new(outlined(model, &film, place)?);
                        cache.keep(key, Arc::clone(&found));
                        found
                    }
                },
            };
            frames.push(Frame {
                place: outlined.place,
                file: (id.clone(), n),
                pixels: outlined.outline.pixels,
                far: outlined.far,
            });
        }
    }
    Ok(Some(Ok(frames)))
}

fn decoded(
    series: &mut dyn Series,
    open: &mut Option<Picture>,
    id: &str,
    frame: u32,
) -> Result<(imaging::Plane, Place), AnyError> {
    let picture = match open {
        Some(picture) => picture,
        None => open.insert(series.open(id)?),
    };
    let boxed = |error: imaging::Error| Box::new(error) as AnyError;
    let place = picture.place(frame).map_err(boxed)?;
    Ok((picture.model_plane(frame).map_err(boxed)?, place))
}

fn outlined(model: &mut Loaded, film: &Film<'_>, place: Place) -> Result<Outlined> {
    let picture = squash(film, model.pack.card.model.size)?;
    let run = model.run(&picture)?;
    let card = &model.pack.card;
    let sides = [film.rows(), film.columns()];
    Ok(Outlined {
        outline: card
            .measure
            .as_ref()
            .map_or_else(Outline::default, |measure| {
                Outline::of(measure, &run.parts, card.model.size as usize, sides)
            }),
        far: card.is_far(&run),
        place,
    })
}
