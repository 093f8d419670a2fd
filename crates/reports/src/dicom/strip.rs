//! A strip with words under a picture: wherever the pixels are shown, they say what they are. It lies
//! below the image, so that it covers nothing of it.

use font8x8::UnicodeFonts;

use crate::Picture;

/// Pixels a character takes before it is enlarged.
const CELL: u32 = 8;
/// Characters in a line of a large picture.
const LINE: u32 = 64;

/// The picture with these sentences below it, white on black. What the small font does not have
/// (it has Latin letters) is shown as `?`.
pub(super) fn below(picture: &Picture, sentences: &[String]) -> Picture {
    let scale = (picture.width / (CELL * LINE)).max(1);
    let columns = (picture.width / (CELL * scale)).max(1) as usize;
    let lines: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| wrapped(sentence, columns))
        .collect();
    let line_height = (CELL + 2) * scale;
    let height = line_height * lines.len() as u32 + 2 * scale;
    let samples = u32::from(picture.samples);
    let row = (picture.width * samples) as usize;
    let mut bytes = picture.bytes.clone();
    bytes.resize(bytes.len() + row * height as usize, 0);
    let strip = &mut bytes[row * picture.height as usize..];
    for (number, line) in lines.iter().enumerate() {
        let top = number as u32 * line_height + 2 * scale;
        for (place, letter) in line.chars().enumerate() {
            let left = place as u32 * CELL * scale;
            for (x, y) in dots(letter, scale) {
                let at = row * (top + y) as usize + ((left + x) * samples) as usize;
                if let Some(pixel) = strip.get_mut(at..at + samples as usize) {
                    pixel.fill(0xFF);
                }
            }
        }
    }
    Picture {
        width: picture.width,
        height: picture.height + height,
        samples: picture.samples,
        bytes,
    }
}

/// The lit pixels of a letter.
fn dots(letter: char, scale: u32) -> impl Iterator<Item = (u32, u32)> {
    let glyph = [
        font8x8::BASIC_FONTS.get(letter),
        font8x8::LATIN_FONTS.get(letter),
        font8x8::BASIC_FONTS.get('?'),
    ]
    .into_iter()
    .flatten()
    .next()
    .unwrap_or_default();
    let side = CELL * scale;
    (0..side * side)
        .map(move |n| (n % side, n / side))
        .filter(move |(x, y)| glyph[(y / scale) as usize] >> (x / scale) & 1 == 1)
}

fn wrapped(sentence: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        // A word longer than a line goes on in the next.
        for piece in word.chars().collect::<Vec<_>>().chunks(columns) {
            let piece: String = piece.iter().collect();
            match lines.last_mut() {
                Some(line) if line.is_empty() => *line = piece,
                Some(line) if line.chars().count() + 1 + piece.chars().count() <= columns => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_stays_and_words_stand_below_it() {
        let picture = Picture {
            width: 100,
            height: 10,
            samples: 3,
            bytes: vec![7; 100 * 10 * 3],
        };
        let with = below(&picture, &["NOT FOR DIAGNOSIS".into()]);
        assert_eq!(with.bytes[..picture.bytes.len()], picture.bytes);
        assert_eq!(with.bytes.len(), (100 * with.height * 3) as usize);
        // Twelve letters a line: two lines.
        assert_eq!(with.height, 10 + 2 * 10 + 2);
        let lit = with.bytes[picture.bytes.len()..]
            .iter()
            .filter(|byte| **byte == 0xFF);
        assert!(lit.count() > 200);
    }

    #[test]
    fn no_word_is_lost_in_wrapping() {
        let lines = wrapped("AI MAP: Pneumonoultramicroscopic finding", 10);
        assert!(
            lines.iter().all(|line| line.chars().count() <= 10),
            "{lines:?}"
        );
        assert_eq!(
            lines.concat().replace(' ', ""),
            "AIMAP:Pneumonoultramicroscopicfinding"
        );
    }
}
