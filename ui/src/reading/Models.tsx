import { FileText, FolderDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ModelView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { showList } from '../i18n/lists';
import { openModelCard } from '../shared/dialogs';
import { useGo } from '../shared/go';
import { useMay } from '../shared/session-store';
import { AiMark, Button, Checkbox, Chip, Dialog, Empty, Page, Problem, Skeleton, Toggle } from '../shared/ui';
import styles from './reading.module.css';

/** The packs on this workstation: what each reads, whether it works, its licence and card. */
export function Models() {
  const { t } = useTranslation('reading');
  const go = useGo();
  const mayGive = useMay('feedback.list');
  const models = useView('models.list', null);
  return (
    <Page title={t('models.title')} hint={t('models.hint')} {...(mayGive ? { actions: <Button icon={FolderDown} onClick={() => go.to('/feedback')}>{t('feedback:export.title')}</Button> } : {})}>
      {models.error && <Problem error={models.error} retry={() => void models.refetch()} />}
      {models.isPending && <Skeleton rows={6} />}
      {models.data?.length === 0 && <Empty title={t('models.none')} hint={t('models.noneHint')} />}
      {models.data?.map((model) => <Pack key={model.id} model={model} />)}
    </Page>
  );
}

function Pack({ model }: { model: ModelView }) {
  const { t } = useTranslation('reading');
  const mayEnable = useMay('models.enable');
  const enable = useCommand('models.enable');
  const [accepting, setAccepting] = useState(false);
  const turn = (on: boolean) => (on && model.research_only ? setAccepting(true) : enable.mutate({ id: model.id, enabled: on, accept_licence: false }));
  return (
    <section className={styles.pack} aria-label={model.name}>
      <header>
        <h2>{model.name} <span className="numbers">{model.version}</span></h2>
        <AiMark />
        {model.default && <Chip>{t('models.default')}</Chip>}
        {model.research_only && <Chip tone="outline">{t('models.research')}</Chip>}
        <Button kind="quiet" icon={FileText} onClick={() => openModelCard(model.id)} aria-label={t('card.openOf', { name: model.name })}>{t('card.open')}</Button>
      </header>
      <p><bdi>{model.intended_use}</bdi></p>
      <dl className={styles.facts}>
        <dt>{t('models.reads')}</dt><dd>{t(`common:kind.${model.reads}`, { defaultValue: model.reads })}</dd>
        <dt>{t('models.classes')}</dt><dd>{showList(model.classes)}</dd>
        <dt>{t('models.licence')}</dt><dd><bdi>{model.licence}</bdi></dd>
      </dl>
      {model.state.kind === 'unusable' && <Problem error={model.state.problem} small />}
      {enable.error && <Problem error={enable.error} small />}
      {mayEnable
        ? <Toggle label={t('models.use')} checked={model.enabled} disabled={model.state.kind === 'unusable' || enable.isPending} onChange={turn} />
        : <p className={styles.quiet}>{model.enabled ? t('models.on') : t('models.off')}</p>}
      {accepting && <Accept model={model} onClose={() => setAccepting(false)} onAccept={() => enable.mutate({ id: model.id, enabled: true, accept_licence: true }, { onSettled: () => setAccepting(false) })} />}
    </section>
  );
}

function Accept({ model, onClose, onAccept }: { model: ModelView; onClose: () => void; onAccept: () => void }) {
  const { t } = useTranslation('reading');
  const [accepted, setAccepted] = useState(false);
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('accept.title', { name: model.name })} footer={<Button kind="primary" disabled={!accepted} onClick={onAccept}>{t('accept.go')}</Button>}>
      <p>{t('accept.hint', { licence: model.licence })}</p>
      <Button kind="quiet" icon={FileText} onClick={() => openModelCard(model.id)}>{t('card.open')}</Button>
      <Checkbox label={t('accept.check')} checked={accepted} onChange={(event) => setAccepted(event.target.checked)} />
    </Dialog>
  );
}
