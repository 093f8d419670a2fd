// Where a person can go, in the order of the rail. A place is shown to whoever may call its command.
import { Activity, BookLock, CalendarCheck, ChartColumn, Cpu, DatabaseBackup, FileHeart, FileText, House, Languages, LayoutDashboard, ListChecks, MessagesSquare, Pill, ScanEye, Settings, Siren, TextSearch, Users, UserRoundSearch, type LucideIcon } from 'lucide-react';

import type { SessionView } from '../bindings/types';
import type { CommandName } from '../host';
import type { Action } from '../shared/keys';

export interface Place {
  path: '/worklist' | '/patients' | '/consultations' | '/reports' | '/prescriptions' | '/my-prescriptions' | '/search' | '/phrases' | '/my-scans' | '/my-reports' | '/my-consultations' | '/who-saw' | '/administration' | '/reviews' | '/statistics' | '/today' | '/my' | '/users' | '/agreement' | '/journal' | '/backups' | '/models' | '/settings' | '/home';
  /** Key of its name in the catalogue. */
  name: string;
  icon: LucideIcon;
  needs?: CommandName;
  /** Where `needs` does not tell roles apart. */
  roles?: readonly SessionView['role'][];
}

export const PLACES: readonly Place[] = [
  { path: '/worklist', name: 'worklist', icon: ListChecks, needs: 'reading.worklist' },
  { path: '/today', name: 'today', icon: CalendarCheck, needs: 'home.doctor' },
  { path: '/patients', name: 'patients', icon: UserRoundSearch, needs: 'patients.page' },
  { path: '/consultations', name: 'consultations', icon: MessagesSquare, needs: 'live.page' },
  { path: '/reports', name: 'reports', icon: FileText, needs: 'reports.page' },
  { path: '/prescriptions', name: 'prescriptions', icon: Pill, needs: 'prescriptions.asked' },
  { path: '/my', name: 'ownHome', icon: House, needs: 'own.identity' },
  { path: '/my-scans', name: 'ownScans', icon: FileHeart, needs: 'own.scans' },
  { path: '/my-reports', name: 'ownReports', icon: FileText, needs: 'own.reports' },
  { path: '/my-prescriptions', name: 'ownPrescriptions', icon: Pill, needs: 'own.prescriptions' },
  { path: '/my-consultations', name: 'ownConsultations', icon: MessagesSquare, needs: 'own.consultations' },
  { path: '/search', name: 'search', icon: TextSearch, needs: 'search.page' },
  { path: '/who-saw', name: 'whoSaw', icon: ScanEye, needs: 'own.who_saw' },
  { path: '/home', name: 'pharmacy', icon: Pill, needs: 'prescriptions.queue' },
  { path: '/administration', name: 'administration', icon: LayoutDashboard, needs: 'statistics.home' },
  { path: '/reviews', name: 'reviews', icon: Siren, needs: 'break_glass.page' },
  { path: '/users', name: 'users', icon: Users, needs: 'users.list' },
  { path: '/statistics', name: 'statistics', icon: ChartColumn, needs: 'statistics.view' },
  { path: '/agreement', name: 'agreement', icon: Activity, needs: 'feedback.agreement' },
  { path: '/models', name: 'models', icon: Cpu, needs: 'models.list', roles: ['administrator', 'doctor'] },
  { path: '/phrases', name: 'phrases', icon: Languages, needs: 'phrases.review_page' },
  { path: '/journal', name: 'journal', icon: BookLock, needs: 'journal.page' },
  { path: '/backups', name: 'backups', icon: DatabaseBackup, needs: 'backup.view' },
  { path: '/settings', name: 'settings', icon: Settings },
];

/** The places of this session's role; the first is its home. */
export function placesOf({ commands, role }: SessionView): Place[] {
  return PLACES.filter(({ needs, roles }) => (needs === undefined || commands.includes(needs)) && (roles === undefined || roles.includes(role)));
}

/** One action a place: Alt and its number in the rail. */
export function placeActions(places: readonly Place[]): Action[] {
  return places.map(({ path, name }, index) => ({ id: `go${path}`, keys: [`Alt+${index + 1}`], scope: 'everywhere', label: `frame:go.${name}` }));
}
