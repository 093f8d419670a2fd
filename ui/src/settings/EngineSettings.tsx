// What translates besides the phrasebook, and plainly what leaves this computer when it does.
import { ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { EnginePreset, EngineSettingsView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { Button, Panel, Problem, Skeleton, TextInput, toast } from '../shared/ui';
import { Tested } from './RelaySettings';
import styles from './settings.module.css';

const PRESETS: readonly EnginePreset[] = ['none', 'open_ai', 'own_server'];
const OPEN_AI = 'https://api.openai.com/v1';

export function EngineSettings() {
  const { t } = useTranslation('settings');
  const engine = useView('language.engine', null);
  const test = useCommand('language.test_engine');
  return (
    <Panel title={t('engine.title')} aside={engine.data !== undefined && engine.data.preset !== 'none' && <Button busy={test.isPending} onClick={() => test.mutate(null)}>{t('engine.test')}</Button>}>
      {engine.error && <Problem error={engine.error} retry={() => void engine.refetch()} />}
      {engine.isPending && <Skeleton rows={4} />}
      {test.error && <Problem error={test.error} small />}
      {test.data !== undefined && !test.isPending && <Tested result={test.data} />}
      {engine.data !== undefined && <Form key={JSON.stringify(engine.data)} engine={engine.data} onSaved={test.reset} />}
    </Panel>
  );
}

function Form({ engine, onSaved }: { engine: EngineSettingsView; onSaved: () => void }) {
  const { t } = useTranslation('settings');
  const save = useCommand('language.set_engine');
  const [preset, setPreset] = useState(engine.preset);
  const [address, setAddress] = useState(engine.base_url);
  const [model, setModel] = useState(engine.model);
  const [fallback, setFallback] = useState(engine.fallback_model ?? '');
  const [key, setKey] = useState('');
  const [seconds, setSeconds] = useState(String(engine.timeout_s));
  const on = preset !== 'none';
  const wholeSeconds = /^\d+$/.test(seconds) && Number(seconds) >= 2 && Number(seconds) <= 120;
  const fullAddress = /^https?:\/\/\S+$/.test(address.trim());
  const valid = !on || (model.trim() !== '' && fullAddress && wholeSeconds && (preset === 'own_server' || engine.has_key || key !== ''));
  const choose = (next: EnginePreset) => {
    setPreset(next);
    if (next === 'open_ai') setAddress(OPEN_AI);
    if (next === 'own_server' && address === OPEN_AI) setAddress('');
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ preset, base_url: address.trim(), model: model.trim(), fallback_model: fallback.trim() === '' ? null : fallback.trim(), key: key === '' ? null : key, timeout_s: Number(seconds) }, {
      onSuccess: () => {
        toast(t('engine.saved'));
        onSaved();
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <fieldset className={styles.choice}>
        <legend>{t('engine.preset')}</legend>
        <p>{t('engine.presetHint')}</p>
        <div>
          {PRESETS.map((one) => (
            <label key={one} data-checked={preset === one || undefined}><input type="radio" name="engine" checked={preset === one} onChange={() => choose(one)} />{t(`engine.presets.${one}`)}</label>
          ))}
        </div>
      </fieldset>
      {on && (
        <>
          <div className={styles.leaves} role="note"><ShieldAlert size={18} aria-hidden /><div><strong>{t('engine.leavesTitle')}</strong><p>{t(preset === 'open_ai' ? 'engine.leavesOpenAi' : 'engine.leavesOwn')}</p><p>{t('engine.names')}</p></div></div>
          <div className={styles.two}>
            <TextInput label={t('engine.address')} hint={t(preset === 'open_ai' ? 'engine.addressOpenAi' : 'engine.addressOwn')} dir="ltr" disabled={preset === 'open_ai'} value={address} error={address === '' || fullAddress ? undefined : t('engine.addressRule')} onChange={(event) => setAddress(event.target.value)} />
            <TextInput label={t('engine.key')} hint={engine.has_key ? t('engine.keyKept') : preset === 'own_server' ? t('engine.keyOptional') : t('engine.keyHint')} type="password" autoComplete="new-password" dir="ltr" placeholder={engine.has_key ? t('engine.keyUnchanged') : ''} value={key} onChange={(event) => setKey(event.target.value)} />
            <TextInput label={t('engine.model')} hint={t('engine.modelHint')} dir="ltr" value={model} onChange={(event) => setModel(event.target.value)} />
            <TextInput label={t('engine.fallback')} optional={t('common:optional')} hint={t('engine.fallbackHint')} dir="ltr" value={fallback} onChange={(event) => setFallback(event.target.value)} />
            <TextInput label={t('engine.timeout')} hint={t('engine.timeoutHint')} inputMode="numeric" value={seconds} error={wholeSeconds ? undefined : t('engine.timeoutRule')} onChange={(event) => setSeconds(event.target.value)} />
          </div>
        </>
      )}
      {!on && <p className={styles.quiet}>{t('engine.noneHint')}</p>}
      {save.error && <Problem error={save.error} small />}
      <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!valid}>{t('engine.save')}</Button></div>
    </form>
  );
}
