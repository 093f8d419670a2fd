// The engine for text: where it is, which model does what, and plainly what leaves this computer for each of them.
import { ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { EnginePreset, EngineSettingsView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { Button, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import styles from '../settings.module.css';
import { isEncrypted } from './address';
import { Part } from './Part';

const PRESETS: readonly EnginePreset[] = ['none', 'open_ai', 'own_server'];
const OPEN_AI = 'https://api.openai.com/v1';

export function EngineSettings() {
  const { t } = useTranslation('settings');
  const engine = useView('language.engine', null);
  return (
    <Panel title={t('engine.title')}>
      {engine.error && <Problem error={engine.error} retry={() => void engine.refetch()} />}
      {engine.isPending && <Skeleton rows={4} />}
      {engine.data !== undefined && <Form key={JSON.stringify({ ...engine.data, speech: null })} engine={engine.data} />}
    </Panel>
  );
}

function Form({ engine }: { engine: EngineSettingsView }) {
  const { t } = useTranslation('settings');
  const save = useCommand('language.set_engine');
  const [preset, setPreset] = useState(engine.preset);
  const [address, setAddress] = useState(engine.base_url);
  const [model, setModel] = useState(engine.model);
  const [fallback, setFallback] = useState(engine.fallback_model ?? '');
  const [writing, setWriting] = useState(engine.writing_model ?? '');
  const [meaning, setMeaning] = useState(engine.meaning_model ?? '');
  const [key, setKey] = useState('');
  const [seconds, setSeconds] = useState(String(engine.timeout_s));
  const on = preset !== 'none';
  const wholeSeconds = /^\d+$/.test(seconds) && Number(seconds) >= 2 && Number(seconds) <= 120;
  const encrypted = isEncrypted(address);
  const valid = !on || (model.trim() !== '' && encrypted && wholeSeconds && (preset === 'own_server' || engine.has_key || key !== ''));
  const asked = { preset, base_url: address.trim(), model: model.trim(), fallback_model: filled(fallback), writing_model: filled(writing), meaning_model: filled(meaning), timeout_s: Number(seconds) };
  const saved = key === '' && Object.entries(asked).every(([name, value]) => engine[name as keyof typeof asked] === value);
  const choose = (next: EnginePreset) => {
    setPreset(next);
    if (next === 'open_ai') setAddress(OPEN_AI);
    if (next === 'own_server' && address === OPEN_AI) setAddress('');
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...asked, key: key === '' ? null : key }, { onSuccess: () => toast(t('engine.saved')) });
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
          <div className={styles.leaves} role="note"><ShieldAlert size={18} aria-hidden /><div><strong>{t('engine.leavesTitle')}</strong><p>{t(`engine.leavesTo.${preset}`)} {t('engine.names')}</p></div></div>
          <div className={styles.two}>
            <TextInput label={t('engine.address')} hint={t(preset === 'open_ai' ? 'engine.addressOpenAi' : 'engine.addressOwn')} dir="ltr" disabled={preset === 'open_ai'} value={address} error={address === '' || encrypted ? undefined : t('engine.addressRule')} onChange={(event) => setAddress(event.target.value)} />
            <TextInput label={t('engine.key')} hint={engine.has_key ? t('engine.keyKept') : preset === 'own_server' ? t('engine.keyOptional') : t('engine.keyHint')} type="password" autoComplete="new-password" dir="ltr" placeholder={engine.has_key ? t('engine.keyUnchanged') : ''} value={key} onChange={(event) => setKey(event.target.value)} />
          </div>
          <Part part="translation" on={model.trim() !== ''} saved={saved}>
            <TextInput label={t('engine.parts.translation.model')} hint={t('engine.parts.translation.modelHint')} dir="ltr" value={model} onChange={(event) => setModel(event.target.value)} />
            <TextInput label={t('engine.fallback')} optional={t('common:optional')} hint={t('engine.fallbackHint')} dir="ltr" value={fallback} onChange={(event) => setFallback(event.target.value)} />
            <TextInput label={t('engine.timeout')} hint={t('engine.timeoutHint')} inputMode="numeric" value={seconds} error={wholeSeconds ? undefined : t('engine.timeoutRule')} onChange={(event) => setSeconds(event.target.value)} />
          </Part>
          <Part part="writing" on={writing.trim() !== ''} saved={saved}>
            <TextInput label={t('engine.parts.writing.model')} optional={t('common:optional')} hint={t('engine.optional')} dir="ltr" value={writing} onChange={(event) => setWriting(event.target.value)} />
          </Part>
          <Part part="meaning" on={meaning.trim() !== ''} saved={saved}>
            <TextInput label={t('engine.parts.meaning.model')} optional={t('common:optional')} hint={t('engine.optional')} dir="ltr" value={meaning} onChange={(event) => setMeaning(event.target.value)} />
          </Part>
        </>
      )}
      {!on && <p className={styles.quiet}>{t('engine.noneHint')}</p>}
      {save.error && <Problem error={save.error} small />}
      <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!valid}>{t('engine.save')}</Button></div>
    </form>
  );
}

const filled = (text: string) => (text.trim() === '' ? null : text.trim());
