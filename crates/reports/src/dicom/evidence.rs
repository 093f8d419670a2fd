//! The images that a report stands on (PS3.3 C.17.2.3, Hierarchical SOP Instance Reference Macro).

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use imaging::Origin;

use super::{element, item, sequence};

/// SOP Instance Reference Macro.
pub(super) fn reference(origin: &Origin) -> InMemDicomObject {
    instance(&origin.sop_class, &origin.sop_uid)
}

fn instance(class: &str, uid: &str) -> InMemDicomObject {
    item([
        element(tags::REFERENCED_SOP_CLASS_UID, VR::UI, class),
        element(tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid),
    ])
}

/// Studies with their series with their images, each once.
pub(super) fn studies(origins: &[&Origin]) -> Vec<InMemDicomObject> {
    by(origins, |origin| &origin.study_uid)
        .into_iter()
        .map(|(study, of_study)| {
            let series = by(&of_study, |origin| &origin.series_uid).into_iter().map(
                |(series, of_series)| {
                    let images = by(&of_series, |origin| &origin.sop_uid);
                    let images = images.iter().map(|(_, same)| reference(same[0]));
                    item([
                        element(tags::SERIES_INSTANCE_UID, VR::UI, series),
                        sequence(tags::REFERENCED_SOP_SEQUENCE, images.collect()),
                    ])
                },
            );
            item([
                element(tags::STUDY_INSTANCE_UID, VR::UI, study),
                sequence(tags::REFERENCED_SERIES_SEQUENCE, series.collect()),
            ])
        })
        .collect()
}

/// An earlier structured report of the same study.
pub(super) fn predecessor(study: &str, series: &str, uid: &str) -> InMemDicomObject {
    let report = instance(uids::COMPREHENSIVE_SR_STORAGE, uid);
    item([
        element(tags::STUDY_INSTANCE_UID, VR::UI, study),
        sequence(
            tags::REFERENCED_SERIES_SEQUENCE,
            vec![item([
                element(tags::SERIES_INSTANCE_UID, VR::UI, series),
                sequence(tags::REFERENCED_SOP_SEQUENCE, vec![report]),
            ])],
        ),
    ])
}

/// Groups in order of first appearance; none is empty.
fn by<'a>(
    origins: &[&'a Origin],
    key: impl Fn(&'a Origin) -> &'a String,
) -> Vec<(&'a String, Vec<&'a Origin>)> {
    let mut groups: Vec<(&String, Vec<&Origin>)> = Vec::new();
    for origin in origins {
        match groups.iter_mut().find(|(known, _)| *known == key(origin)) {
            Some((_, group)) => group.push(origin),
            None => groups.push((key(origin), vec![origin])),
        }
    }
    groups
}
