// Addresses of the screens: after `#`, because the shell serves one page.
import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, Patients, OwnReport, OwnReports, OwnScans, WhoSaw } from '../clinic';
import type { CommandName } from '../host';
import { useMay, useSession } from '../shared/session-store';
import { Empty, Skeleton } from '../shared/ui';
import { Worklist } from '../worklist';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { placesOf } from './places';

// What a role begins with comes with the window; the other screens are fetched when they are first opened.
const fetched = <Props extends object>(load: () => Promise<ComponentType<Props>>) => lazy(async () => ({ default: await load() }));
const ReadingRoom = fetched(() => import('../reading-room').then((screens) => screens.ReadingRoom));
const live = () => import('../live/screens');
const ChartConsultations = fetched(() => live().then((screens) => screens.ChartConsultations));
const Consultation = fetched(() => live().then((screens) => screens.Consultation));
const Consultations = fetched(() => live().then((screens) => screens.Consultations));
const OwnConsultation = fetched(() => live().then((screens) => screens.OwnConsultation));
const OwnConsultations = fetched(() => live().then((screens) => screens.OwnConsultations));
const reports = () => import('../reports/screens');
const ChartReports = fetched(() => reports().then((screens) => screens.ChartReports));
const Report = fetched(() => reports().then((screens) => screens.Report));
const Reports = fetched(() => reports().then((screens) => screens.Reports));
const ConsultationNote = fetched(() => import('../notes/screens').then((screens) => screens.ConsultationNote));
const reading = () => import('../reading/screens');
const feedback = () => import('../feedback/screens');
const Agreement = fetched(() => feedback().then((screens) => screens.Agreement));
const FeedbackExport = fetched(() => feedback().then((screens) => screens.Export));
const home = () => import('../home/screens');
const OwnHome = fetched(() => home().then((screens) => screens.OwnHome));
const Today = fetched(() => home().then((screens) => screens.Today));
const identity = () => import('../clinic/screens');
const Duplicates = fetched(() => identity().then((screens) => screens.Duplicates));
const Merged = fetched(() => identity().then((screens) => screens.Merged));
const Models = fetched(() => reading().then((screens) => screens.Models));
const prescriptions = () => import('../prescriptions/screens');
const ChartPrescriptions = fetched(() => prescriptions().then((screens) => screens.ChartPrescriptions));
const OwnPrescriptions = fetched(() => prescriptions().then((screens) => screens.OwnPrescriptions));
const Pharmacy = fetched(() => prescriptions().then((screens) => screens.Pharmacy));
const Prescribe = fetched(() => prescriptions().then((screens) => screens.Prescribe));
const Prescription = fetched(() => prescriptions().then((screens) => screens.Prescription));
const Prescriptions = fetched(() => prescriptions().then((screens) => screens.Prescriptions));
const PhraseReview = fetched(() => import('../phrases/screens').then((screens) => screens.PhraseReview));
const breakGlass = () => import('../break-glass/screens');
const BreakGlass = fetched(() => breakGlass().then((screens) => screens.BreakGlass));
const Reviews = fetched(() => breakGlass().then((screens) => screens.Reviews));
const WhoSawRecord = fetched(() => breakGlass().then((screens) => screens.WhoSawRecord));
const statistics = () => import('../statistics/screens');
const AdministratorHome = fetched(() => statistics().then((screens) => screens.AdministratorHome));
const Statistics = fetched(() => statistics().then((screens) => screens.Statistics));
const Users = fetched(() => import('../users/screens').then((screens) => screens.Users));
const Journal = fetched(() => import('../journal/screens').then((screens) => screens.Journal));
const Backups = fetched(() => import('../backup/screens').then((screens) => screens.Backups));
const ExportPatient = fetched(() => import('../backup/screens').then((screens) => screens.ExportPatient));
const search = () => import('../search/screens');
const ChartSearch = fetched(() => search().then((screens) => screens.ChartSearch));
const Search = fetched(() => search().then((screens) => screens.Search));
const settings = () => import('../settings/screens');
const Access = fetched(() => settings().then((screens) => screens.Access));
const InviteButton = fetched(() => settings().then((screens) => screens.InviteButton));
const Settings = fetched(() => settings().then((screens) => screens.Settings));

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Navigate to="/" /> });

function screen(path: string, content: () => ReactNode, needs?: CommandName) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: () => (
      <ErrorBoundary>
        <Suspense fallback={<Skeleton rows={3} />}><Allowed {...(needs === undefined ? {} : { needs })}>{content()}</Allowed></Suspense>
      </ErrorBoundary>
    ),
  });
}

function Allowed({ needs, children }: { needs?: CommandName; children: ReactNode }) {
  const { t } = useTranslation('frame');
  const may = useMay(needs ?? 'session.current');
  return may ? children : <Empty title={t('notForRole.title')} hint={t('notForRole.hint')} />;
}

function HomeOfRole() {
  const session = useSession((one) => one);
  return <Navigate to={placesOf(session)[0]?.path ?? '/settings'} replace />;
}

function ChartAt() {
  const { patientId } = useParams({ strict: false });
  const talks = useMay('live.page');
  const exports = useMay('export.patient');
  const prescribes = useMay('prescriptions.of_patient');
  const written = useMay('reports.page');
  const searches = useMay('search.page');
  const sees = useMay('patients.who_saw');
  return <Chart key={patientId} patientId={patientId ?? ''} beside={(patient) => <>{searches && <ChartSearch patient={patient} />}{prescribes && <ChartPrescriptions patient={patient} />}{written && <ChartReports patient={patient} />}{talks && <ChartConsultations patient={patient} />}{sees && patient.restricted && <WhoSawRecord patientId={patient.id} />}<Merged patient={patient} />{exports && <ExportPatient patientId={patient.id} />}</>} />;
}

function PrescribeAt() {
  const { patientId } = useParams({ strict: false });
  return <Prescribe key={patientId} patientId={patientId ?? ''} />;
}

function PrescriptionAt() {
  const { prescriptionId } = useParams({ strict: false });
  return <Prescription key={prescriptionId} prescriptionId={prescriptionId ?? ''} />;
}

function ReportAt() {
  const { reportId } = useParams({ strict: false });
  return <Report key={reportId} reportId={reportId ?? ''} />;
}

function OwnReportAt() {
  const { reportId } = useParams({ strict: false });
  return <OwnReport key={reportId} reportId={reportId ?? ''} />;
}

function ConsultationAt() {
  const { consultationId } = useParams({ strict: false });
  return <Consultation key={consultationId} consultationId={consultationId ?? ''} />;
}

function NoteAt() {
  const { consultationId } = useParams({ strict: false });
  return <ConsultationNote key={consultationId} consultationId={consultationId ?? ''} />;
}

function OwnConsultationAt() {
  const { consultationId } = useParams({ strict: false });
  return <OwnConsultation key={consultationId} consultationId={consultationId ?? ''} />;
}

function ReadingRoomAt() {
  const { scanId } = useParams({ strict: false });
  return <ReadingRoom key={scanId} scanId={scanId ?? ''} />;
}

const routes = root.addChildren([
  screen('/', () => <HomeOfRole />),
  screen('/worklist', () => <Worklist />, 'reading.worklist'),
  screen('/patients', () => <Patients />, 'patients.page'),
  screen('/patients/$patientId', () => <ChartAt />, 'patients.open'),
  screen('/scans/$scanId', () => <ReadingRoomAt />, 'imaging.open_scan'),
  screen('/consultations', () => <Consultations />, 'live.page'),
  screen('/consultations/$consultationId', () => <ConsultationAt />, 'live.view'),
  screen('/consultations/$consultationId/note', () => <NoteAt />, 'notes.of'),
  screen('/reports', () => <Reports />, 'reports.page'),
  screen('/reports/$reportId', () => <ReportAt />, 'reports.view'),
  screen('/search', () => <Search />, 'search.page'),
  screen('/phrases', () => <PhraseReview />, 'phrases.review_page'),
  screen('/administration', () => <AdministratorHome />, 'statistics.home'),
  screen('/statistics', () => <Statistics />, 'statistics.view'),
  screen('/break-glass', () => <BreakGlass />, 'break_glass.find'),
  screen('/reviews', () => <Reviews />, 'break_glass.page'),
  screen('/users', () => <Users actions={<InviteButton />} invitations={<Access />} />, 'users.list'),
  screen('/agreement', () => <Agreement />, 'feedback.agreement'),
  screen('/feedback', () => <FeedbackExport />, 'feedback.list'),
  screen('/today', () => <Today />, 'home.doctor'),
  screen('/my', () => <OwnHome />, 'own.identity'),
  screen('/duplicates', () => <Duplicates />, 'patients.duplicates'),
  screen('/models', () => <Models />, 'models.list'),
  screen('/journal', () => <Journal />, 'journal.page'),
  screen('/backups', () => <Backups />, 'backup.view'),
  screen('/settings', () => <Settings />),
  screen('/my-scans', () => <OwnScans />, 'own.scans'),
  screen('/my-reports', () => <OwnReports />, 'own.reports'),
  screen('/my-reports/$reportId', () => <OwnReportAt />, 'own.report'),
  screen('/my-consultations', () => <OwnConsultations />, 'own.consultations'),
  screen('/my-consultations/$consultationId', () => <OwnConsultationAt />, 'own.consultation'),
  screen('/who-saw', () => <WhoSaw />, 'own.who_saw'),
  screen('/patients/$patientId/prescribe', () => <PrescribeAt />, 'prescriptions.sign'),
  screen('/prescriptions', () => <Prescriptions />, 'prescriptions.asked'),
  screen('/prescriptions/$prescriptionId', () => <PrescriptionAt />, 'prescriptions.view'),
  screen('/my-prescriptions', () => <OwnPrescriptions />, 'own.prescriptions'),
  screen('/home', () => <Pharmacy />, 'prescriptions.queue'),
]);

export const router = createRouter({ routeTree: routes, history: createHashHistory(), defaultPreload: false });

