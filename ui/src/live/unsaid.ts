// What was written but not kept: it outlives the screen, for one looks at a scan and comes back, but never the person's session.
import { create } from 'zustand';

import { sessionStore } from '../shared/session-store';
import type { Unkept } from './thread';

interface Unsaid {
  /** What stands in the field, by consultation. */
  drafts: Readonly<Record<string, string>>;
  unkept: Readonly<Record<string, readonly Unkept[]>>;
}

const NOTHING: Unsaid = { drafts: {}, unkept: {} };
const NONE: readonly Unkept[] = [];

const unsaid = create<Unsaid>(() => NOTHING);

sessionStore.subscribe(({ session }, before) => {
  if (session?.user_id !== before.session?.user_id) unsaid.setState(NOTHING);
});

export const useDraft = (consultationId: string): string => unsaid(({ drafts }) => drafts[consultationId] ?? '');
export const setDraft = (consultationId: string, text: string) => unsaid.setState(({ drafts }) => ({ drafts: { ...drafts, [consultationId]: text } }));

export const useUnkept = (consultationId: string): readonly Unkept[] => unsaid(({ unkept }) => unkept[consultationId] ?? NONE);
export const changeUnkept = (consultationId: string, next: (all: readonly Unkept[]) => readonly Unkept[]) =>
  unsaid.setState(({ unkept }) => ({ unkept: { ...unkept, [consultationId]: next(unkept[consultationId] ?? NONE) } }));
