// A password that is being chosen: Rust says how good it is and what would help, while one types.
import { Check, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PasswordStrengthView } from '../../bindings/types';
import { call } from '../../host';
import { TextInput } from './Field';
import styles from './NewPassword.module.css';

/** How long nobody types before it is asked. */
const PAUSE_MS = 120;

interface NewPasswordProps {
  label: string;
  hint?: string;
  name?: string;
  value: string;
  /** What is known of its owner: names, sign-in name. */
  about?: readonly string[];
  onChange: (password: string) => void;
  /** Whether it may be chosen; false while that is not known. */
  onJudged: (allowed: boolean) => void;
}

export function NewPassword({ label, hint, name, value, about = [], onChange, onJudged }: NewPasswordProps) {
  const { t } = useTranslation('session');
  return (
    <div className={styles.field}>
      <TextInput label={label} hint={hint ?? t('strength.hint')} type="password" autoComplete="new-password" value={value} onChange={(event) => onChange(event.target.value)} {...(name === undefined ? {} : { name })} />
      <StrengthMeter password={value} about={about} onJudged={onJudged} />
    </div>
  );
}

/** The judgement alone, under a field of a form's own. */
export function StrengthMeter({ password, about, onJudged }: { password: string; about: readonly string[]; onJudged?: (allowed: boolean) => void }) {
  const { t } = useTranslation('session');
  const strength = useStrength(password, about);
  const allowed = strength?.allowed ?? false;
  useEffect(() => onJudged?.(allowed), [allowed, onJudged]);
  if (password === '') return null;
  return (
    <div className={styles.meter} data-score={strength?.score ?? 0}>
      <div className={styles.bar} role="meter" aria-label={t('strength.label')} aria-valuemin={0} aria-valuemax={4} aria-valuenow={strength?.score ?? 0} aria-valuetext={strength === undefined ? '' : t(`strength.score.${strength.score}`)}>
        {[1, 2, 3, 4].map((step) => <span key={step} data-on={(strength?.score ?? 0) >= step || undefined} />)}
      </div>
      <div className={styles.words} aria-live="polite">
        {strength !== undefined && <Judgement strength={strength} />}
      </div>
    </div>
  );
}

function Judgement({ strength }: { strength: PasswordStrengthView }) {
  const { t } = useTranslation('session');
  const { score, allowed, warning, suggestions } = strength;
  const help = [...new Set(suggestions)].slice(0, 2);
  return (
    <>
      <p className={styles.verdict}>
        {allowed ? <Check size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
        <span>{t(`strength.score.${score}`)}{allowed ? '' : ` – ${t('strength.notYet')}`}</span>
      </p>
      {warning !== null && <p>{t(`strength.warning.${warning}`)}</p>}
      {!allowed && help.map((key) => <p key={key}>{t(`strength.help.${key}`)}</p>)}
    </>
  );
}

function useStrength(password: string, about: readonly string[]): PasswordStrengthView | undefined {
  const [found, setFound] = useState<{ of: string; strength: PasswordStrengthView }>();
  const known = JSON.stringify(about.map((text) => text.trim()).filter((text) => text !== ''));
  useEffect(() => {
    if (password === '') return undefined;
    let stale = false;
    const ask = window.setTimeout(() => {
      // Not through the cache of views: a password stays nowhere.
      call('session.password_strength', { password, about: JSON.parse(known) as string[] })
        .then((strength) => stale || setFound({ of: password, strength }))
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      stale = true;
      window.clearTimeout(ask);
    };
  }, [password, known]);
  return found?.of === password ? found.strength : undefined;
}
