// Whose words the note is, and how it stands: said in words, everywhere the same.
import { PenLine, Quote, ShieldCheck, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { NoteDesk, NoteDrafter } from '../bindings/types';
import { showMoment } from '../i18n/dates';
import { AiMark, Chip } from '../shared/ui';

export function NoteState({ desk: { note } }: { desk: NoteDesk }) {
  const { t } = useTranslation('notes');
  if (note === null) return <Chip tone="outline">{t('state.none')}</Chip>;
  const { newest, signed } = note;
  if (newest.kind === 'signed') {
    return newest.seal?.holds === true
      ? <Chip tone="good" icon={ShieldCheck}>{t('state.signed', { name: newest.by, at: showMoment(newest.at) })}</Chip>
      : <Chip tone="urgent" icon={ShieldX}>{t('state.broken')}</Chip>;
  }
  return <Chip tone="outline" icon={PenLine}>{t(signed === null ? 'state.draft' : 'state.correction')}</Chip>;
}

/** Who drafted it: an engine, whose words need review, or nobody. */
export function DraftedBy({ drafter }: { drafter: NoteDrafter | null }) {
  const { t } = useTranslation('notes');
  if (drafter === null) return null;
  if (drafter.kind === 'extract') return <Chip tone="outline" icon={Quote}>{t('by.extract')}</Chip>;
  return <><AiMark /> <span>{t('by.engine', { name: drafter.name })}</span></>;
}
