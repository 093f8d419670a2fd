import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ModelChoice, ModelView } from '../bindings/types';
import type { Failure } from '../host';
import { useView } from '../host/query';
import { showList } from '../i18n/lists';
import { openModelCard } from '../shared/dialogs';
import { sentenceOf } from '../shared/sentences';
import { AiMark, Button, Checkbox, Chip, Problem, Skeleton, Toggle } from '../shared/ui';
import styles from './setup.module.css';
import { StepPage } from './Steps';

/** Which model packs are on from the start. A research licence is shown and must be accepted; without that the pack stays off. */
export function ModelsStep({ error, busy, onBack, onNext }: { error: Failure | null; busy: boolean; onBack: () => void; onNext: (models: ModelChoice[]) => void }) {
  const { t } = useTranslation('setup');
  const models = useView('setup.models', null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, { on: boolean; accepted: boolean }>>(new Map());
  const stateOf = (model: ModelView) => chosen.get(model.id) ?? { on: model.default && !model.research_only && model.state.kind === 'ready', accepted: false };
  const set = (model: ModelView, change: Partial<{ on: boolean; accepted: boolean }>) => setChosen(new Map(chosen).set(model.id, { ...stateOf(model), ...change }));
  const packs = models.data ?? [];
  const undecided = packs.some((model) => model.research_only && stateOf(model).on && !stateOf(model).accepted);
  const go = () => onNext(packs.filter((model) => stateOf(model).on).map((model) => ({ id: model.id, accept_licence: stateOf(model).accepted })));
  return (
    <StepPage
      step="models" title={t('models.title')} hint={t('models.hint')}
      buttons={(
        <>
          <Button kind="quiet" onClick={onBack} disabled={busy}>{t('common:back')}</Button>
          {undecided && <p className={styles.quiet} role="status">{t('models.undecided')}</p>}
          <Button kind="primary" busy={busy} disabled={undecided || models.isPending} onClick={go}>{busy ? t('models.creating') : t('models.create')}</Button>
        </>
      )}
    >
      {models.isPending && <Skeleton rows={5} />}
      {models.error && <Problem error={models.error} retry={() => void models.refetch()} />}
      {models.data?.length === 0 && <p>{t('models.none')}</p>}
      <div className={styles.packs}>
        {packs.map((model) => <Pack key={model.id} model={model} state={stateOf(model)} onChange={(change) => set(model, change)} />)}
      </div>
      {error && <Problem error={error} />}
    </StepPage>
  );
}

function Pack({ model, state, onChange }: { model: ModelView; state: { on: boolean; accepted: boolean }; onChange: (change: Partial<{ on: boolean; accepted: boolean }>) => void }) {
  const { t } = useTranslation('setup');
  const usable = model.state.kind === 'ready';
  return (
    <section className={styles.pack} aria-label={model.name}>
      <Toggle
        label={<span className={styles.packName}>{model.name} <span className="numbers">{model.version}</span> <AiMark />{model.research_only && <Chip tone="outline">{t('models.research')}</Chip>}</span>}
        hint={model.intended_use} checked={state.on} disabled={!usable} onChange={(on) => onChange({ on })}
      />
      <p className={styles.quiet}>{t('models.reads', { kind: t(`common:kind.${model.reads}`, { defaultValue: model.reads }), classes: showList(model.classes) })}</p>
      <div className={styles.packFoot}>
        <p className={styles.quiet}>{t('models.licence', { licence: model.licence })}</p>
        <Button kind="quiet" icon={FileText} onClick={() => openModelCard(model.id)} aria-label={t('reading:card.openOf', { name: model.name })}>{t('reading:card.open')}</Button>
      </div>
      {model.state.kind === 'unusable' && <p role="status">{sentenceOf(model.state.problem).title}</p>}
      {model.research_only && state.on && <Checkbox label={t('models.accept', { licence: model.licence })} hint={t('models.acceptHint')} checked={state.accepted} onChange={(event) => onChange({ accepted: event.target.checked })} />}
    </section>
  );
}
