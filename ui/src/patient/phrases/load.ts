// Slices of the phrasebook, made at build time by tools/phrasebook.ts and fetched one language at a time.
import slices from 'virtual:phrasebook';

import type { Language } from '../wire/content';
import type { Slice } from './slice';

/** Rejects without network. */
export async function loadSlice(language: Language): Promise<Slice> {
  const slice = await slices[language]?.();
  return slice === undefined ? { situations: [], slots: {} } : (slice.default as Slice);
}
