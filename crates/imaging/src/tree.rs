//! Studies, their series, and the order of the images in them.

use std::{cmp::Ordering, collections::HashMap};

use crate::Header;

/// A study: everything made in one visit to a scanner.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Study Instance UID; `None` for a picture that names none, which is a study of its own.
    pub uid: Option<String>,
    /// In order of their numbers.
    pub series: Vec<Series>,
}

/// A series of images taken together.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Series Instance UID.
    pub uid: Option<String>,
    /// Modality of its first image.
    pub modality: Option<String>,
    /// In order of instance number, else of position along the slice normal, else as handed in.
    pub instances: Vec<Instance>,
}

/// One image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its index in what was handed in.
    pub index: usize,
    /// SOP Instance UID.
    pub uid: Option<String>,
}

/// Groups headers by UID. Studies come in the order of their first image.
pub fn tree<'a>(headers: impl IntoIterator<Item = &'a Header>) -> Vec<Study> {
    let headers: Vec<&Header> = headers.into_iter().collect();
    let mut studies: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (index, header) in headers.iter().enumerate() {
        group(&mut studies, &mut known, header.study_uid.as_deref(), index);
    }
    studies
        .into_iter()
        .map(|(uid, members)| study(uid, &members, &headers))
        .collect()
}

fn group<'a>(
    groups: &mut Vec<(Option<&'a str>, Vec<usize>)>,
    known: &mut HashMap<&'a str, usize>,
    uid: Option<&'a str>,
    index: usize,
) {
    let at = match uid {
        None => groups.len(),
        Some(uid) => *known.entry(uid).or_insert(groups.len()),
    };
    match groups.get_mut(at) {
        Some((_, members)) => members.push(index),
        None => groups.push((uid, vec![index])),
    }
}

fn study(uid: Option<&str>, members: &[usize], headers: &[&Header]) -> Study {
    let (mut groups, mut known) = (Vec::new(), HashMap::new());
    for &index in members {
        group(
            &mut groups,
            &mut known,
            headers[index].series_uid.as_deref(),
            index,
        );
    }
    groups.sort_by_key(|(_, members)| headers[members[0]].series_number.unwrap_or(i64::MAX));
    let series = groups
        .into_iter()
        .map(|(uid, mut members)| {
            members.sort_by(|&a, &b| order(headers[a], headers[b]));
            let instance = |index: usize| Instance {
                index,
                uid: headers[index].sop_uid.clone(),
            };
            Series {
                uid: uid.map(str::to_owned),
                modality: headers[members[0]].modality.clone(),
                instances: members.into_iter().map(instance).collect(),
            }
        })
        .collect();
    Study {
        uid: uid.map(str::to_owned),
        series,
    }
}

fn order(a: &Header, b: &Header) -> Ordering {
    let number = match (a.instance_number, b.instance_number) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    };
    number.then_with(|| match (along_normal(a), along_normal(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => Ordering::Equal,
    })
}

/// Distance along the normal of the slice, mm.
fn along_normal(header: &Header) -> Option<f64> {
    let [a, b, c, d, e, f] = header.image_orientation?;
    let [x, y, z] = header.image_position?;
    Some((b * f - c * e) * x + (c * d - a * f) * y + (a * e - b * d) * z)
}
