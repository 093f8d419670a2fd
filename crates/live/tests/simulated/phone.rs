//! A phone of the bottle: its page, what it shows, what it keeps over a reload.

use basics::{Language, MessageId, ParticipantId};
use live::{
    Guest,
    content::Message,
    guest::{self, Over},
};
use protocol::StreamId;

pub(crate) struct Phone {
    pub(crate) stream: StreamId,
    pub(crate) guest: Guest,
    pub(crate) session: Option<String>,
    pub(crate) language: Language,
    pub(crate) you: Option<ParticipantId>,
    /// Shown since the page was loaded: n → message.
    pub(crate) shown: Vec<Message>,
    /// What the person said, in that order.
    pub(crate) said: Vec<(MessageId, String)>,
    pub(crate) over: Option<Over>,
    pub(crate) code: Option<[usize; 4]>,
    /// Everything that was told, by its kind.
    pub(crate) told: Vec<&'static str>,
}

impl Phone {
    pub(crate) fn hear(&mut self, told: guest::Told) {
        assert_eq!(self.over, None, "nothing is told after the end");
        self.told.push(match told {
            guest::Told::Welcome { .. } => "welcome",
            guest::Told::Code(code) => {
                self.code = Some(code);
                "code"
            }
            guest::Told::Admitted(you) => {
                self.you = Some(you);
                "admitted"
            }
            guest::Told::People(_) => "people",
            guest::Told::Message(message) => {
                assert_eq!(
                    message.n,
                    self.shown.len() as u64 + 1,
                    "in order, each once"
                );
                // A page fetches the file as soon as it hears of it.
                if message.enclosure.is_some() {
                    self.guest.has(message.id);
                }
                self.shown.push(*message);
                "message"
            }
            guest::Told::Translation { id, translation } => {
                if let Some(shown) = self.shown.iter_mut().find(|message| message.id == id) {
                    shown.translation = Some(translation);
                }
                "translation"
            }
            guest::Told::Transcript(told) => {
                let shown = self.shown.iter_mut().find(|message| message.id == told.id);
                if let Some(shown) = shown {
                    shown.text = told.text;
                    shown.writing = Some(told.writing);
                    if told.language != self.language {
                        shown.translation = None;
                    }
                }
                "transcript"
            }
            guest::Told::NotKept { .. } => "not kept",
            guest::Told::CaughtUp(_) => "caught up",
            guest::Told::WrongCode => "wrong code",
            guest::Told::Over(why) => {
                self.over = Some(why);
                "over"
            }
        });
    }
}
