import { CircleCheck, Copy, PencilLine, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { showClock } from '../../i18n/dates';
import { sentenceOf } from '../../shared/sentences';
import { Button, toast } from '../../shared/ui';
import { SECTIONS } from '../sections';
import styles from './editor.module.css';
import { isUnsaved, type Keeper } from './keeper';
import { useKept } from './use-keeper';

/** What is true of the words on the screen: in the record, on their way, or here only. */
export function SaveState({ keeper }: { keeper: Keeper }) {
  const { t } = useTranslation('reports');
  const state = useKept(keeper, (one) => one);
  const unsaved = isUnsaved(state);
  const failed = unsaved && state.problem !== null;
  const words = failed ? t('saved.failed') : !unsaved ? t('saved.at', { at: showClock(state.kept.saved) }) : state.saving ? t('saved.saving') : t('saved.typing');
  const Icon = failed ? TriangleAlert : unsaved ? PencilLine : CircleCheck;
  return <p className={styles.saved} role="status" data-unsaved={unsaved || undefined} data-failed={failed || undefined}><Icon size={14} aria-hidden />{words}</p>;
}

/** Nothing is lost where a save fails: the words are here, can be copied, and go as soon as it is possible. */
export function NotSaved({ keeper }: { keeper: Keeper }) {
  const { t } = useTranslation('reports');
  const state = useKept(keeper, (one) => one);
  if (state.problem === null || state.other !== null || !isUnsaved(state)) return null;
  const { title, advice } = sentenceOf(state.problem);
  const copy = async () => {
    const words = SECTIONS.filter((section) => state.content.text[section].trim() !== '').map((section) => `${t(`section.${section}`)}\n${state.content.text[section].trim()}`).join('\n\n');
    await navigator.clipboard.writeText(words).then(() => toast(t('saved.copied')), () => toast(t('saved.notCopied')));
  };
  return (
    <div role="alert" className={styles.notSaved}>
      <TriangleAlert size={18} aria-hidden />
      <div>
        <p><strong>{t('saved.not', { why: title })}</strong> {advice}</p>
        <p>{t('saved.safe')}</p>
      </div>
      <div className={styles.ends}>
        <Button icon={Copy} onClick={() => void copy()}>{t('saved.copy')}</Button>
        <Button busy={state.saving} onClick={() => void keeper.flush()}>{t('saved.again')}</Button>
      </div>
    </div>
  );
}
