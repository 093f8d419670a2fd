// The few words that the far half says of itself: in the language of the person across the desk, as on a phone.
import type { Language } from '../../bindings/types';

interface Provenance {
  held: string;
}

const words = import.meta.glob<Provenance>('../../../../assets/i18n/*/patient.json', { eager: true, import: 'provenance' });

/** That a translation into this language waits for the doctor. */
export function beingChecked(language: Language): string {
  return words[`../../../../assets/i18n/${language}/patient.json`]?.held ?? '';
}
