// Every key can be changed: press the new one. A clash is named before it is kept.
import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { chordOf, chordsOf, clashes, keyRegistry, type Action, type Scope } from '../shared/keys';
import { Button, IconButton, Kbd, Panel, Problem } from '../shared/ui';
import { usePreferences } from './preferences';
import styles from './settings.module.css';

const SCOPES: readonly Scope[] = ['everywhere', 'worklist', 'reading-room', 'report'];

export function Keys() {
  const { t } = useTranslation('settings');
  const { preferences, change, error } = usePreferences();
  const { actions } = keyRegistry();
  const [waiting, setWaiting] = useState<string | null>(null);
  const [clash, setClash] = useState<{ chord: string; other: Action } | null>(null);

  const set = (id: string, chord: string | undefined) => {
    const keys = { ...preferences.keys };
    if (chord === undefined) delete keys[id];
    else keys[id] = chord;
    setWaiting(null);
    change({ keys });
  };
  const onKeyDown = (event: KeyboardEvent, action: Action) => {
    if (waiting !== action.id || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const chord = chordOf(event.nativeEvent);
    if (chord === undefined) return;
    if (chord === 'Escape') return setWaiting(null);
    const other = clashes(action.id, chord)[0];
    setClash(other === undefined ? null : { chord, other });
    if (other === undefined) set(action.id, chord);
  };

  return (
    <Panel title={t('keys.title')} aside={Object.keys(preferences.keys).length > 0 && <Button icon={RotateCcw} onClick={() => change({ keys: {} })}>{t('keys.resetAll')}</Button>}>
      <p>{t('keys.hint')}</p>
      {error && <Problem error={error} small />}
      {SCOPES.map((scope) => (
        <section key={scope} className={styles.scope}>
          <h3>{t(`frame:keys.scope.${scope}`)}</h3>
          <ul>
            {actions.filter((action) => action.scope === scope).map((action) => {
              const chords = chordsOf(action, preferences.keys);
              const name = t(action.label);
              return (
                <li key={action.id}>
                  <span>{name}</span>
                  <button type="button" className={styles.key} aria-pressed={waiting === action.id} onClick={() => {
                    setWaiting(action.id);
                    setClash(null);
                  }} onKeyDown={(event) => onKeyDown(event, action)} onBlur={() => setWaiting(null)}>
                    <span className="unseen">{t('keys.changeOf', { name, keys: chords.join(', ') })}</span>
                    {waiting === action.id ? t('keys.press') : chords.length === 0 ? <span aria-hidden>{t('keys.none')}</span> : chords.map((chord) => <Kbd key={chord} chord={chord} />)}
                  </button>
                  {preferences.keys[action.id] !== undefined && <IconButton icon={RotateCcw} label={t('keys.reset', { name })} onClick={() => set(action.id, undefined)} />}
                  {waiting === action.id && clash !== null && <p role="alert">{t('keys.clash', { key: clash.chord, other: t(clash.other.label) })}</p>}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
