// Addresses of the screens: after `#`, because the shell serves one page.
import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, Patients, Users, OwnReport, OwnReports, OwnScans, PharmacistHome, WhoSaw } from '../clinic';
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
const Agreement = fetched(() => reading().then((screens) => screens.Agreement));
const Models = fetched(() => reading().then((screens) => screens.Models));
const PhraseReview = fetched(() => import('../phrases/screens').then((screens) => screens.PhraseReview));
const Journal = fetched(() => import('../journal/screens').then((screens) => screens.Journal));
const search = () => import('../search/screens');
const ChartSearch = fetched(() => search().then((screens) => screens.ChartSearch));
const Search = fetched(() => search().then((screens) => screens.Search));
const Settings = fetched(() => import('../settings/screens').then((screens) => screens.Settings));

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
  const written = useMay('reports.page');
  const searches = useMay('search.page');
  return <Chart key={patientId} patientId={patientId ?? ''} beside={(patient) => <>{searches && <ChartSearch patient={patient} />}{written && <ChartReports patient={patient} />}{talks && <ChartConsultations patient={patient} />}</>} />;
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
  screen('/users', () => <Users />, 'users.list'),
  screen('/agreement', () => <Agreement />, 'reading.agreement'),
  screen('/models', () => <Models />, 'models.list'),
  screen('/journal', () => <Journal />, 'journal.page'),
  screen('/settings', () => <Settings />),
  screen('/my-scans', () => <OwnScans />, 'own.scans'),
  screen('/my-reports', () => <OwnReports />, 'own.reports'),
  screen('/my-reports/$reportId', () => <OwnReportAt />, 'own.report'),
  screen('/my-consultations', () => <OwnConsultations />, 'own.consultations'),
  screen('/my-consultations/$consultationId', () => <OwnConsultationAt />, 'own.consultation'),
  screen('/who-saw', () => <WhoSaw />, 'own.who_saw'),
  screen('/home', () => <PharmacistHome />),
]);

export const router = createRouter({ routeTree: routes, history: createHashHistory(), defaultPreload: false });

