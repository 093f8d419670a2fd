//! Handlers of measurements and notes.

use ::clinic::{ClinicError, NewMark};

use super::{MarkTool, MarkView, RemoveMarkRequest, SaveMarkRequest};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn save(call: &Call<'_>, request: SaveMarkRequest) -> Result<MarkView, CommandError> {
    let expected = match request.tool {
        MarkTool::Length | MarkTool::Ellipse | MarkTool::Rectangle => 2,
        MarkTool::Angle => 3,
        MarkTool::Note => 1,
    };
    let finite = request
        .points
        .iter()
        .flatten()
        .all(|value| value.is_finite());
    if request.points.len() != expected || !finite {
        return Err(CommandError::Invalid { field: "points" });
    }
    let mark = NewMark {
        scan_id: request.scan_id,
        replaces: request.replaces,
        frame: request.frame,
        tool: key(request.tool).into(),
        points: request.points,
        text: request.text,
    };
    let kept = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.save_mark(&mark)
        })?;
    view(kept).ok_or(CommandError::Defect)
}

pub(super) fn remove(call: &Call<'_>, request: RemoveMarkRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.remove_mark(request.id)
        })?)
}

/// A kept mark as the reading room shows it; none of a tool that this version does not know.
pub(super) fn view(mark: ::clinic::Mark) -> Option<MarkView> {
    let tool = serde_json::from_value(mark.mark.tool.into()).ok()?;
    Some(MarkView {
        id: mark.id,
        frame: mark.mark.frame,
        tool,
        points: mark.mark.points,
        text: mark.mark.text,
        by: mark.by_name.expose().clone(),
        at: mark.at,
    })
}

fn key(tool: MarkTool) -> &'static str {
    match tool {
        MarkTool::Length => "length",
        MarkTool::Angle => "angle",
        MarkTool::Ellipse => "ellipse",
        MarkTool::Rectangle => "rectangle",
        MarkTool::Note => "note",
    }
}
