//! What leaves the clinic as a file, on paper or to a server. A draft only ever leaves on paper, marked on
//! every page.

use std::time::Duration;

use ::clinic::{DeliveryChannel, HandedOver, Permission, Report, SecretName};
use ::imaging::{DeidentifyOptions, Limits, Picture as Opened, RenderOptions, SpacingSource};
use ::reports::{
    Document, FigureKind, Picture, dicom,
    fhir::{self, Attached, FhirServer},
    film::{FilmImage, FilmSheet, Paper, sheet},
};
use basics::{DeliveryId, Phi};

use super::{
    FileNameRequest, FileNameView, PushedView, ReportFileKind, ReportRequest,
    SaveReportFileRequest,
    compose::{self, Desk},
    content, pages,
    seal::{file_of, newest, signature},
};
use crate::{delivery, dispatch::Call, error::CommandError, outside};

/// Longer side of a picture on film: at 14 × 17 inches some 150 dots an inch.
const FILM_SIDE: u32 = 2_048;
/// A server that says nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn save(call: &Call<'_>, request: SaveReportFileRequest) -> Result<(), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let bytes = match request.kind {
        ReportFileKind::Pdf => sealed(call, &report)?,
        ReportFileKind::DraftPdf => draft(call, &report)?,
        ReportFileKind::Film => film(call, &report)?,
        ReportFileKind::DicomSc => capture(call, &report)?,
        ReportFileKind::DicomSr => structured(call, &report)?,
        ReportFileKind::Fhir => bundle(call, &report)?,
        ReportFileKind::Deidentified => without_person(call, &report, request.pixels_looked_at)?,
    };
    // It leaves the record: the journal knows before the disk does.
    clinic.note(
        permit,
        call.verb(),
        &[report.patient_id.into(), report.id.into()],
    )?;
    outside::write(&request.path, &bytes)
}

pub(super) fn name(
    call: &Call<'_>,
    request: FileNameRequest,
) -> Result<FileNameView, CommandError> {
    let report = call.clinic()?.report(call.permit()?, request.report_id)?;
    let number = report.number.unwrap_or_else(|| "draft".into());
    let file_name = match request.kind {
        ReportFileKind::Pdf => format!("{number}.pdf"),
        ReportFileKind::DraftPdf => format!("{number}-unsigned.pdf"),
        ReportFileKind::Film => format!("{number}-film.pdf"),
        ReportFileKind::DicomSc => format!("{number}-image.dcm"),
        ReportFileKind::DicomSr => format!("{number}-report.dcm"),
        ReportFileKind::Fhir => format!("{number}.fhir.json"),
        ReportFileKind::Deidentified => {
            let scan = call
                .clinic()?
                .scan(&call.leave(Permission::ReadScans)?, report.scan_id)?;
            let ending = match scan.format.as_str() {
                "dicom" => "dcm",
                "jpeg" => "jpg",
                other => other,
            };
            format!("image-without-identity.{ending}")
        }
    };
    Ok(FileNameView { file_name })
}

pub(super) fn printed(call: &Call<'_>, request: ReportRequest) -> Result<(), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    handed(call, &report, DeliveryChannel::Print, String::new())
}

pub(super) fn push_fhir(
    call: &Call<'_>,
    request: ReportRequest,
) -> Result<PushedView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let signing = newest(&report)?;
    let service = clinic
        .services(permit)?
        .fhir
        .ok_or(CommandError::NoFhirServer)?;
    let token = delivery::kept(&clinic, permit, SecretName::FhirToken)?;
    let pdf = file_of(call, &report)?
        .map(|file| clinic.report_file_bytes(permit, file.id))
        .transpose()?;
    let signed = signature(signing);
    let attached = Attached {
        pdf: pdf.as_ref().map(|pdf| pdf.as_slice()),
        signed: Some(&signed),
    };
    let document = content::document(signing)?;
    let transaction = fhir::transaction(&document, &attached)?;
    let server = FhirServer::new(&service.base_url, token.as_ref(), PATIENCE)?;
    // It leaves the clinic: the journal knows before the network does.
    clinic.note(
        permit,
        call.verb(),
        &[report.patient_id.into(), report.id.into()],
    )?;
    let posted = call
        .inner()
        .runtime()?
        .block_on(fhir::post(&server, &transaction))?;
    handed(
        call,
        &report,
        DeliveryChannel::Fhir,
        service.base_url.clone(),
    )?;
    Ok(PushedView {
        server: service.base_url,
        location: posted.report,
    })
}

/// Notes that somebody got the newest revision, so that an amendment finds them.
fn handed(
    call: &Call<'_>,
    report: &Report,
    channel: DeliveryChannel,
    recipient: String,
) -> Result<(), CommandError> {
    let signing = newest(report)?;
    let handed = HandedOver {
        id: DeliveryId::new(),
        report_id: report.id,
        revision: signing.revision,
        file_id: None,
        channel,
        recipient: Phi::new(recipient),
        language: report.language,
    };
    call.clinic()?
        .write::<_, CommandError>(call.permit()?, call.verb(), |change| {
            change.hand_over(&handed)?;
            Ok(())
        })
}

fn sealed(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let file = file_of(call, report)?.ok_or(CommandError::ReportNotSealed)?;
    let bytes = call.clinic()?.report_file_bytes(call.permit()?, file.id)?;
    Ok(bytes.to_vec())
}

/// The draft, or the preliminary text where none is open; marked on every page.
fn draft(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let desk = Desk::of(call)?;
    let composed = match (&report.draft, report.signings.last()) {
        (Some(open), _) => compose::draft(&desk, report, open)?,
        (None, Some(signing)) if !signing.becomes.is_released() => compose::signed(&desk, signing)?,
        _ => return Err(super::edit::NO_DRAFT),
    };
    let pages = pages::lay_out(call.inner(), &composed.document, &composed.pictures)?;
    Ok(pages.pdf()?)
}

fn film(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let document = content::document(newest(report)?)?;
    let (desk, frame) = (Desk::of(call)?, document.figures.first());
    let opened = opened(&desk, report)?;
    let options = RenderOptions {
        size: Some(FILM_SIDE),
        ..RenderOptions::default()
    };
    let shown = opened.render(frame.map_or(0, |figure| figure.frame), &options)?;
    let header = opened.header();
    let shrunk = f64::from(header.layout.columns) / f64::from(shown.columns.max(1));
    let spacing_mm = header
        .spacing
        .filter(|spacing| spacing.source == SpacingSource::Calibrated)
        .map(|spacing| [spacing.row * shrunk, spacing.column * shrunk]);
    let edges = ::imaging::orientation::edges(header)
        .map(|edges| [edges.left, edges.right, edges.top, edges.bottom]);
    let image = FilmImage {
        picture: Picture {
            width: shown.columns,
            height: shown.rows,
            samples: if shown.samples == 1 { 1 } else { 3 },
            bytes: shown.bytes,
        },
        spacing_mm,
        edges,
    };
    let fonts = call.inner().fonts()?;
    Ok(sheet(
        &fonts,
        &FilmSheet {
            paper: Paper::Film14x17,
            language: document.language,
            clinic: &document.clinic,
            patient: &document.patient,
            exam: &document.exam,
            images: vec![image],
        },
    )?)
}

/// The picture with the map burned in; without a map, the picture.
fn capture(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let desk = Desk::of(call)?;
    let composed = compose::signed(&desk, newest(report)?)?;
    let figures = &composed.document.figures;
    let map = figures
        .iter()
        .position(|figure| figure.kind != FigureKind::Scan);
    let figure = map.unwrap_or(0);
    let picture = composed.pictures.get(figure);
    let picture = picture.ok_or(CommandError::NotFound { what: "image" })?;
    let source = source(&desk, report)?;
    Ok(dicom::secondary_capture(
        &composed.document,
        figure,
        picture,
        &source,
    )?)
}

fn structured(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let document: Document = content::document(newest(report)?)?;
    let source = source(&Desk::of(call)?, report)?;
    Ok(dicom::structured_report(&document, &[source])?)
}

fn bundle(call: &Call<'_>, report: &Report) -> Result<Vec<u8>, CommandError> {
    let signing = newest(report)?;
    let document = content::document(signing)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let pdf = file_of(call, report)?
        .map(|file| clinic.report_file_bytes(permit, file.id))
        .transpose()?;
    let signed = signature(signing);
    let attached = Attached {
        pdf: pdf.as_ref().map(|pdf| pdf.as_slice()),
        signed: Some(&signed),
    };
    serde_json::to_vec_pretty(&fhir::bundle(&document, &attached)?)
        .map_err(|_| CommandError::Defect)
}

fn without_person(
    call: &Call<'_>,
    report: &Report,
    pixels_looked_at: bool,
) -> Result<Vec<u8>, CommandError> {
    let (clinic, desk) = (call.clinic()?, Desk::of(call)?);
    let file = clinic.read_file(&desk.scans, report.scan_id)?;
    let options = DeidentifyOptions {
        salt: clinic.export_salt(call.permit()?)?,
        pixels_looked_at,
        limits: Limits::default(),
    };
    Ok(::imaging::deidentify(&file, &options)?)
}

fn source(desk: &Desk<'_>, report: &Report) -> Result<dicom::Source, CommandError> {
    Ok(dicom::Source::of(report.scan_id, &opened(desk, report)?))
}

fn opened(desk: &Desk<'_>, report: &Report) -> Result<Opened, CommandError> {
    let file = desk.clinic.read_file(&desk.scans, report.scan_id)?;
    Ok(Opened::from_bytes(file.to_vec(), &Limits::default())?)
}
