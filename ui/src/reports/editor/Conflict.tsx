// Another window kept something else: both texts side by side where they differ, and the person says which stays.
import { GitCompareArrows, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { DraftView } from '../../bindings/types';
import { showClock } from '../../i18n/dates';
import { Button, Dialog } from '../../shared/ui';
import { SECTIONS, type Section } from '../sections';
import styles from './Conflict.module.css';
import editor from './editor.module.css';
import type { Keeper } from './keeper';
import { useKept } from './use-keeper';

type Side = 'mine' | 'other';
const SIDES: readonly Side[] = ['mine', 'other'];

export function Conflict({ keeper }: { keeper: Keeper }) {
  const { t } = useTranslation('reports');
  const other = useKept(keeper, (state) => state.other);
  const [later, setLater] = useState<DraftView | null>(null);
  if (other === null) return null;
  if (later !== other) return <Choose keeper={keeper} other={other} onLater={() => setLater(other)} />;
  return (
    <div role="alert" className={editor.notSaved}>
      <TriangleAlert size={18} aria-hidden />
      <div>
        <p><strong>{t('conflict.title')}.</strong> {t('conflict.waits')}</p>
        <p>{t('saved.safe')}</p>
      </div>
      <div className={editor.ends}><Button kind="primary" icon={GitCompareArrows} onClick={() => setLater(null)}>{t('conflict.compare')}</Button></div>
    </div>
  );
}

function Choose({ keeper, other, onLater }: { keeper: Keeper; other: DraftView; onLater: () => void }) {
  const { t } = useTranslation('reports');
  const mine = useKept(keeper, (state) => state.content);
  const differing = SECTIONS.filter((section) => mine.text[section] !== other.content.text[section]);
  const { control, handleSubmit } = useForm<Partial<Record<Section, Side>>>({ defaultValues: Object.fromEntries(differing.map((section) => [section, 'mine'])) });
  const settle = (chosen: Partial<Record<Section, Side>>) => {
    const text = { ...mine.text };
    for (const section of differing) if (chosen[section] === 'other') text[section] = other.content.text[section];
    void keeper.settle({ ...mine, text });
  };
  return (
    <Dialog
      open size="large" onOpenChange={onLater} title={t('conflict.title')} description={t('conflict.hint', { at: showClock(other.saved) })}
      footer={<><Button onClick={() => void keeper.settle(other.content)}>{t('conflict.takeOther')}</Button><Button kind="primary" type="submit" form="settle-draft">{t('conflict.keep')}</Button></>}
    >
      <form id="settle-draft" className={styles.form} onSubmit={(event) => void handleSubmit(settle)(event)}>
        {differing.map((section) => (
          <Controller key={section} name={section} control={control} render={({ field }) => (
            <fieldset className={styles.pair}>
              <legend>{t(`section.${section}`)}</legend>
              {SIDES.map((side) => (
                <label key={side} data-chosen={field.value === side || undefined}>
                  <span className={styles.which}><input type="radio" name={field.name} checked={field.value === side} onChange={() => field.onChange(side)} />{t(`conflict.${side}`)}</span>
                  <span className={styles.words}><bdi>{(side === 'mine' ? mine : other.content).text[section] || t('conflict.nothing')}</bdi></span>
                </label>
              ))}
            </fieldset>
          )} />
        ))}
        {differing.length === 0 && <p>{t('conflict.onlySettings')}</p>}
      </form>
    </Dialog>
  );
}
