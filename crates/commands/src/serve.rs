//! What the custom scheme serves: frames, thumbnails, maps, voice notes and pages of reports, behind the
//! session of the window.
//! Opening a scan or previewing a report was journalled before its address was known; these bytes ride on that.

use ::clinic::{Permission, authorize};
use ::imaging::{Limits, Picture};
use base64::{Engine, engine::general_purpose::STANDARD};
use basics::{MessageId, ReadingId, ReportId, ScanId};

use crate::{
    dispatch::{decode, ended},
    error::{CommandError, ErrorView},
    imaging::Document,
    reports,
    workstation::Workstation,
};

/// Bytes of an address.
pub struct Served {
    /// Media type.
    pub mime: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

const NO_SUCH: CommandError = CommandError::NotFound { what: "image" };

impl Workstation {
    /// `frame/<grant>/<scan>/<n>`, `thumb/<grant>/<scan>`, `map/<grant>/<reading>/<class>`,
    /// `audio/<grant>/<message>` or `page/<grant>/<report>/<stamp>/<n>`.
    ///
    /// # Errors
    /// `sign_in_needed`, `locked`, `forbidden` and `not_found` as for a command; the picture's.
    pub fn serve(&self, window: &str, path: &str) -> Result<Served, ErrorView> {
        Ok(self.bytes(window, path)?)
    }

    fn bytes(&self, window: &str, path: &str) -> Result<Served, CommandError> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let [kind, grant, rest @ ..] = &parts[..] else {
            return Err(NO_SUCH);
        };
        let seat = self
            .inner
            .seat_of_grant(window, grant)
            .ok_or(CommandError::SignInNeeded)?;
        let clinic = self.inner.clinic()?;
        let session = clinic.session(seat.session).map_err(ended)?;
        if let ("audio", [message]) = (*kind, rest) {
            // A patient's own account hears what was said in the own consultations.
            let permit = authorize(&session, Permission::HostConsultations)
                .or_else(|_| authorize(&session, Permission::ReadOwnConsultations))?;
            let message: MessageId = message.parse().map_err(|_| NO_SUCH)?;
            return Ok(Served {
                mime: "audio/wav",
                bytes: clinic.sound(&permit, message)?.to_vec(),
            });
        }
        if let ("page", [report, stamp, page]) = (*kind, rest) {
            let permit = authorize(&session, Permission::ReadReports)
                .or_else(|_| authorize(&session, Permission::ReadOwnReports))?;
            let report: ReportId = report.parse().map_err(|_| NO_SUCH)?;
            let page: usize = page.parse().map_err(|_| NO_SUCH)?;
            return Ok(Served {
                mime: "image/svg+xml",
                bytes: reports::page(&self.inner, &clinic, &permit, report, stamp, page)?,
            });
        }
        // A patient's own account sees thumbnails and frames of the own record.
        let permit = authorize(&session, Permission::ReadScans)
            .or_else(|_| authorize(&session, Permission::ReadOwnRecord))?;
        match (*kind, rest) {
            ("frame", [scan, frame]) => {
                let scan: ScanId = scan.parse().map_err(|_| NO_SUCH)?;
                let frame: u32 = frame.parse().map_err(|_| NO_SUCH)?;
                // Asked each time, so that a restriction takes effect at once.
                let bytes = clinic.scan(&permit, scan)?.bytes;
                let picture = self.inner.pictures.get(scan, || {
                    let file = clinic.read_file(&permit, scan)?;
                    let picture = Picture::from_bytes(file.to_vec(), &Limits::default())?;
                    Ok::<_, CommandError>((picture, bytes))
                })?;
                let bytes = picture.display_frame(frame)?.bytes;
                Ok(Served {
                    mime: "application/octet-stream",
                    bytes,
                })
            }
            ("thumb", [scan]) => {
                let scan: ScanId = scan.parse().map_err(|_| NO_SUCH)?;
                let header = clinic.scan(&permit, scan)?.header;
                let document: Document = decode(header).map_err(|_| CommandError::Defect)?;
                let bytes = STANDARD.decode(document.thumbnail).map_err(|_| NO_SUCH)?;
                Ok(Served {
                    mime: "image/png",
                    bytes,
                })
            }
            ("map", [reading, class]) => {
                let permit = authorize(&session, Permission::ReadScans)?;
                let reading: ReadingId = reading.parse().map_err(|_| NO_SUCH)?;
                let class: usize = class.parse().map_err(|_| NO_SUCH)?;
                let maps = clinic.maps(&permit, reading)?.ok_or(NO_SUCH)?;
                let size = maps.rows as usize * maps.columns as usize;
                let start = class.checked_mul(size).ok_or(NO_SUCH)?;
                let values = maps.values.get(start..start + size).ok_or(NO_SUCH)?;
                let bytes = values
                    .iter()
                    .flat_map(|value| value.to_le_bytes())
                    .collect();
                Ok(Served {
                    mime: "application/octet-stream",
                    bytes,
                })
            }
            _ => Err(NO_SUCH),
        }
    }
}
