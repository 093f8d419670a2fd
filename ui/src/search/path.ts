import type { FoundAt, SessionView } from '../bindings/types';

/** Where the screens show what was found; a patient has screens of their own. */
export function pathOf(place: FoundAt, role: SessionView['role']): string {
  const own = role === 'patient' ? '/my-' : '/';
  if (place.kind === 'report') return `${own}reports/${place.report_id}`;
  const consultation = `${own}consultations/${place.consultation_id}`;
  return place.kind === 'note' ? `${consultation}/note` : consultation;
}
