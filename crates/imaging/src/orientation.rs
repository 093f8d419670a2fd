//! Which way a picture faces: letters for its four edges, only where the file says so.

use crate::Header;

/// Direction letters at the edges of a picture as stored: R right, L left, A anterior, P posterior,
/// H head, F foot; two letters for an oblique edge, the stronger first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Edges {
    /// Top edge.
    pub top: String,
    /// Bottom edge.
    pub bottom: String,
    /// Left edge.
    pub left: String,
    /// Right edge.
    pub right: String,
}

/// From Image Orientation (Patient), else from Patient Orientation; `None` where neither is usable.
pub fn edges(header: &Header) -> Option<Edges> {
    let (right, bottom) = match (&header.image_orientation, &header.patient_orientation) {
        (Some([a, b, c, d, e, f]), _) => (letters([*a, *b, *c])?, letters([*d, *e, *f])?),
        (None, Some([row, column])) => (known(row)?, known(column)?),
        (None, None) => return None,
    };
    Some(Edges {
        left: opposite(&right),
        top: opposite(&bottom),
        right,
        bottom,
    })
}

/// The one or two strongest axes of a direction in the patient (+x left, +y posterior, +z head,
/// PS3.3 C.7.6.2.1.1); a part below a tenth of the whole is not named.
fn letters(direction: [f64; 3]) -> Option<String> {
    let length = direction.iter().map(|part| part * part).sum::<f64>().sqrt();
    if !(0.9..=1.1).contains(&length) {
        return None;
    }
    let names = [('L', 'R'), ('P', 'A'), ('H', 'F')];
    let mut parts: Vec<(f64, char)> = direction
        .iter()
        .zip(names)
        .map(|(&part, (plus, minus))| (part.abs(), if part > 0.0 { plus } else { minus }))
        .filter(|(size, _)| *size >= 0.1)
        .collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    Some(parts.iter().take(2).map(|(_, letter)| *letter).collect())
}

/// Letters as the file wrote them, if they are the standard's.
fn known(text: &str) -> Option<String> {
    let sound =
        (1..=3).contains(&text.len()) && text.chars().all(|letter| "RLAPHF".contains(letter));
    sound.then(|| text.to_owned())
}

fn opposite(letters: &str) -> String {
    letters
        .chars()
        .map(|letter| match letter {
            'R' => 'L',
            'L' => 'R',
            'A' => 'P',
            'P' => 'A',
            'H' => 'F',
            _ => 'H',
        })
        .collect()
}
