//! The user guide, inside the program: its pages as blocks to be shown, and its passages to be found.
//! A passage is one paragraph, one item of a list or one row of a table, with the headings over it.

use std::sync::OnceLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rust_embed::RustEmbed;

use super::rank::Index;

/// A passage that holds less of a question than this does not answer it.
const ENOUGH: f32 = 0.5;
/// A passage that scores less than this part of the best one is not shown.
const NEAR: f32 = 0.4;

#[derive(RustEmbed)]
#[folder = "../../docs/guide"]
struct Files;

/// The whole guide.
pub struct Guide {
    pages: Vec<Page>,
    passages: Vec<Passage>,
    index: Index,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its file's name, e.g. `reading-room`.
    pub id: String,
    /// Its first heading.
    pub title: String,
    /// What follows, in order; a block is named by its place.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its words; a row of a table has a cell for each column, the others have one.
    pub cells: Vec<Vec<Span>>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading below the page's title.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list, so deep in lists.
    Item(u8),
    /// The heads of a table's columns.
    Head,
    /// A row of a table.
    Row,
    /// Lines to be typed.
    Code,
}

/// Words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// How they stand out.
    pub style: Style,
}

/// How words stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Plain,
    /// Bold.
    Strong,
    /// Slanted.
    Emphasis,
    /// To be typed, or a key.
    Code,
}

/// A block that can answer a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// On which page.
    pub page: String,
    /// Which block of it.
    pub block: usize,
    /// The page's title and the heading over it.
    pub heading: String,
    /// The heads of the table over it, by which it is found too.
    pub columns: String,
    /// Its words.
    pub text: String,
}

impl Guide {
    /// The guide of this program.
    pub fn embedded() -> &'static Self {
        static GUIDE: OnceLock<Guide> = OnceLock::new();
        GUIDE.get_or_init(|| {
            let text = |name: &str| {
                let file = Files::get(name)?;
                Some(String::from_utf8_lossy(&file.data).into_owned())
            };
            let contents = text("README.md").unwrap_or_default();
            let names = listed(&contents);
            Self::new(names.into_iter().filter_map(|id| {
                let page = text(&format!("{id}.md"))?;
                Some(page_of(&id, &page))
            }))
        })
    }

    fn new(pages: impl IntoIterator<Item = Page>) -> Self {
        let pages: Vec<Page> = pages.into_iter().collect();
        let passages: Vec<Passage> = pages.iter().flat_map(passages_of).collect();
        let over: Vec<String> = (passages.iter())
            .map(|passage| format!("{} {}", passage.heading, passage.columns))
            .collect();
        let texts = passages.iter().map(|passage| passage.text.as_str());
        let index = Index::new(over.iter().map(String::as_str).zip(texts));
        Self {
            pages,
            passages,
            index,
        }
    }

    /// Its pages, in the order of its contents.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The passages that answer a question, the best first; none where the guide says nothing about it.
    pub fn find(&self, question: &str, limit: usize) -> Vec<&Passage> {
        let hits = self.index.rank(question);
        let best = hits.first().map_or(0.0, |hit| hit.score);
        hits.iter()
            .filter(|hit| hit.covered >= ENOUGH && hit.score >= NEAR * best)
            .filter_map(|hit| self.passages.get(hit.at))
            .take(limit)
            .collect()
    }
}

impl Block {
    /// Its words without styles, the cells of a row apart.
    pub fn text(&self) -> String {
        let cell = |spans: &Vec<Span>| spans.iter().map(|span| span.text.as_str()).collect();
        let cells: Vec<String> = self.cells.iter().map(cell).collect();
        cells.join(" – ")
    }
}

/// The pages in the order in which the contents name them.
fn listed(contents: &str) -> Vec<String> {
    let links = Parser::new_ext(contents, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.strip_suffix(".md").map(Into::into),
        _ => None,
    });
    links.filter(|name: &String| !name.contains('/')).collect()
}

fn passages_of(page: &Page) -> Vec<Passage> {
    let (mut heading, mut columns) = (page.title.clone(), String::new());
    let mut passages = Vec::new();
    for (block, of) in page.blocks.iter().enumerate() {
        match of.kind {
            Kind::Heading => heading = format!("{} – {}", page.title, of.text()),
            Kind::Head => columns = of.text(),
            _ => passages.push(Passage {
                page: page.id.clone(),
                block,
                heading: heading.clone(),
                columns: match of.kind {
                    Kind::Row => columns.clone(),
                    _ => String::new(),
                },
                text: of.text(),
            }),
        }
    }
    passages
}

/// Reads a page of Markdown. What the guide does not use (pictures, quotations) is read as its words.
fn page_of(id: &str, markdown: &str) -> Page {
    let mut page = Page {
        id: id.into(),
        title: String::new(),
        blocks: Vec::new(),
    };
    let mut open = Open::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => open.start(&tag, &mut page),
            Event::End(tag) => open.end(tag, &mut page),
            Event::Text(text) => open.say(&text, None),
            Event::Code(text) => open.say(&text, Some(Style::Code)),
            Event::SoftBreak | Event::HardBreak => open.say(" ", None),
            _ => {}
        }
    }
    page
}

/// What has been opened and not yet closed.
#[derive(Default)]
struct Open {
    kind: Option<Kind>,
    cells: Vec<Vec<Span>>,
    lists: u8,
    styles: Vec<Style>,
    is_title: bool,
}

impl Open {
    fn start(&mut self, tag: &Tag<'_>, page: &mut Page) {
        match tag {
            Tag::Heading { level, .. } => {
                self.begin(Kind::Heading, page);
                self.is_title = *level == HeadingLevel::H1;
            }
            // A paragraph inside an item is the item.
            Tag::Paragraph if self.kind.is_none() => self.begin(Kind::Paragraph, page),
            Tag::Item => self.begin(Kind::Item(self.lists), page),
            Tag::List(_) => self.lists += 1,
            Tag::CodeBlock(_) => self.begin(Kind::Code, page),
            Tag::TableHead => self.begin_row(Kind::Head, page),
            Tag::TableRow => self.begin_row(Kind::Row, page),
            Tag::TableCell => self.cells.push(Vec::new()),
            Tag::Strong => self.styles.push(Style::Strong),
            Tag::Emphasis => self.styles.push(Style::Emphasis),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, page: &mut Page) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(page),
            TagEnd::Paragraph if self.kind == Some(Kind::Paragraph) => self.close(page),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Strong | TagEnd::Emphasis => {
                self.styles.pop();
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: Kind, page: &mut Page) {
        // A list inside an item: what the item said before it stands by itself.
        self.close(page);
        self.kind = Some(kind);
        self.cells.push(Vec::new());
    }

    fn begin_row(&mut self, kind: Kind, page: &mut Page) {
        self.close(page);
        self.kind = Some(kind);
    }

    fn say(&mut self, text: &str, style: Option<Style>) {
        let style = style.unwrap_or(self.styles.last().copied().unwrap_or(Style::Plain));
        if let Some(cell) = self.cells.last_mut() {
            match cell.last_mut() {
                Some(last) if last.style == style => last.text.push_str(text),
                _ => cell.push(Span {
                    text: text.into(),
                    style,
                }),
            }
        }
    }

    fn close(&mut self, page: &mut Page) {
        let cells = std::mem::take(&mut self.cells);
        let Some(kind) = self.kind.take() else {
            return;
        };
        let block = Block { kind, cells };
        if std::mem::take(&mut self.is_title) && page.title.is_empty() {
            page.title = block.text();
        } else if !block.text().trim().is_empty() {
            page.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests;
