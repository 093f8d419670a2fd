// What writes voice notes down: nobody, this computer, or a server; and plainly whether the sound leaves this computer.
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { EngineSettingsView, SpeechBy } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { Button, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import styles from '../settings.module.css';
import { isEncrypted } from './address';
import { PartTest } from './Part';
import { SpeechModel } from './SpeechModel';

const WAYS: readonly SpeechBy[] = ['none', 'device', 'engine', 'server'];

export function SpeechSettings() {
  const { t } = useTranslation('settings');
  const engine = useView('language.engine', null);
  return (
    <Panel title={t('speech.title')}>
      {engine.error && <Problem error={engine.error} retry={() => void engine.refetch()} />}
      {engine.isPending && <Skeleton rows={3} />}
      {engine.data !== undefined && (
        <>
          <Form key={JSON.stringify(engine.data)} engine={engine.data} />
          <SpeechModel installed={engine.data.speech.installed} />
        </>
      )}
    </Panel>
  );
}

function Form({ engine }: { engine: EngineSettingsView }) {
  const { t } = useTranslation('settings');
  const { speech } = engine;
  const save = useCommand('language.set_speech');
  const [by, setBy] = useState(speech.by);
  const [address, setAddress] = useState(speech.base_url);
  const [model, setModel] = useState(speech.model);
  const [key, setKey] = useState('');
  const elsewhere = by === 'engine' || by === 'server';
  const encrypted = isEncrypted(address);
  const valid = !elsewhere || (model.trim() !== '' && (by === 'engine' || encrypted));
  const saved = by === speech.by && (!elsewhere || model.trim() === speech.model) && (by !== 'server' || (address.trim() === speech.base_url && key === ''));
  const missing = { none: null, device: speech.installed === null ? t('speech.needsModel') : null, engine: engine.preset === 'none' ? t('speech.needsEngine') : null, server: null };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ by, base_url: by === 'server' ? address.trim() : '', model: elsewhere ? model.trim() : '', key: key === '' ? null : key }, { onSuccess: () => toast(t('speech.saved')) });
  };
  const leaves = by === 'engine' || by === 'server' ? t(`speech.leaves.${by}`) : null;
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <fieldset className={styles.choice}>
        <legend>{t('speech.by')}</legend>
        <p>{t('speech.byHint')}</p>
        <div>
          {WAYS.map((one) => (
            <label key={one} data-checked={by === one || undefined} title={missing[one] ?? undefined}>
              <input type="radio" name="speech" disabled={missing[one] !== null} checked={by === one} onChange={() => setBy(one)} />
              {t(`speech.choices.${one}`)}
              {missing[one] !== null && <span className={styles.quiet}>{missing[one]}</span>}
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.leaves} role="note">
        {leaves === null ? <ShieldCheck size={18} aria-hidden /> : <ShieldAlert size={18} aria-hidden />}
        <div>
          {leaves !== null && <strong>{t('engine.leavesTitle')}</strong>}
          <p>{leaves === null ? t(`speech.stays.${by as 'none' | 'device'}`) : `${leaves} ${t('speech.silence')}`}</p>
        </div>
      </div>
      {elsewhere && (
        <div className={styles.two}>
          {by === 'server' && <TextInput label={t('speech.address')} hint={t('engine.addressOwn')} dir="ltr" value={address} error={address === '' || encrypted ? undefined : t('engine.addressRule')} onChange={(event) => setAddress(event.target.value)} />}
          {by === 'server' && <TextInput label={t('engine.key')} hint={speech.has_key ? t('engine.keyKept') : t('engine.keyOptional')} type="password" autoComplete="new-password" dir="ltr" placeholder={speech.has_key ? t('engine.keyUnchanged') : ''} value={key} onChange={(event) => setKey(event.target.value)} />}
          <TextInput label={t('speech.model')} hint={t('speech.modelHint')} dir="ltr" value={model} onChange={(event) => setModel(event.target.value)} />
        </div>
      )}
      {save.error && <Problem error={save.error} small />}
      <div className={styles.tried}>
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!valid || saved}>{t('speech.save')}</Button>
        {speech.by !== 'none' && <PartTest part="speech" title={t('speech.title')} saved={saved} />}
      </div>
    </form>
  );
}
