// Addresses of the screens: after `#`, because the shell serves one page.
import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, Patients, Users, OwnScans, PharmacistHome, WhoSaw } from '../clinic';
import type { CommandName } from '../host';
import { Journal } from '../journal';
import { Agreement, Models } from '../reading';
import { Settings } from '../settings';
import { useMay, useSession } from '../shared/session-store';
import { Empty, Skeleton } from '../shared/ui';
import { Worklist } from '../worklist';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { placesOf } from './places';

/** The viewer is a megabyte: it is fetched when the first scan is opened. */
const ReadingRoom = lazy(() => import('../reading-room').then(({ ReadingRoom: Room }) => ({ default: Room })));

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Navigate to="/" /> });

function screen(path: string, content: () => ReactNode, needs?: CommandName) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: () => <ErrorBoundary><Allowed {...(needs === undefined ? {} : { needs })}>{content()}</Allowed></ErrorBoundary>,
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
  return <Chart key={patientId} patientId={patientId ?? ''} />;
}

function ReadingRoomAt() {
  const { scanId } = useParams({ strict: false });
  return <Suspense fallback={<Skeleton rows={3} />}><ReadingRoom key={scanId} scanId={scanId ?? ''} /></Suspense>;
}

const routes = root.addChildren([
  screen('/', () => <HomeOfRole />),
  screen('/worklist', () => <Worklist />, 'reading.worklist'),
  screen('/patients', () => <Patients />, 'patients.page'),
  screen('/patients/$patientId', () => <ChartAt />, 'patients.open'),
  screen('/scans/$scanId', () => <ReadingRoomAt />, 'imaging.open_scan'),
  screen('/users', () => <Users />, 'users.list'),
  screen('/agreement', () => <Agreement />, 'reading.agreement'),
  screen('/models', () => <Models />, 'models.list'),
  screen('/journal', () => <Journal />, 'journal.page'),
  screen('/settings', () => <Settings />),
  screen('/my-scans', () => <OwnScans />, 'own.scans'),
  screen('/who-saw', () => <WhoSaw />, 'own.who_saw'),
  screen('/home', () => <PharmacistHome />),
]);

export const router = createRouter({ routeTree: routes, history: createHashHistory(), defaultPreload: false });

