// Before anybody is asked in: the language, the name, and the code where no link brought one.
import { ArrowLeft, Globe, HeartPulse } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';

import type { Language } from '../wire/content';
import { directionOf, LANGUAGES, OWN_NAMES, phoneLanguage } from '../words';
import { useWords } from '../words/context';
import styles from './Begin.module.css';
import { Button, Hint, Round, Screen } from './parts';
import parts from './parts.module.css';
import { Privacy } from './Privacy';

/** Each language by its own name, the phone's first. */
export function LanguageList({ current, onChoose }: { current?: Language; onChoose: (language: Language) => void }) {
  const first = current ?? phoneLanguage();
  const order = [first, ...LANGUAGES.filter((language) => language !== first)];
  return (
    <ul className={styles.languages}>
      {order.map((language) => (
        <li key={language}>
          <button type="button" lang={language} dir={directionOf(language)} className={styles.language} aria-current={language === current || undefined} onClick={() => onChoose(language)}>
            {OWN_NAMES[language]}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function ChooseLanguage({ onChoose }: { onChoose: (language: Language) => void }) {
  const { tell } = useWords();
  return (
    <Screen title={tell('language.title')} mark={<p className={styles.mark}><HeartPulse size="1.5em" aria-hidden /><span dir="ltr" lang="en">Medibridge</span></p>}>
      <Hint>{tell('language.hint')}</Hint>
      <div className={styles.low}><LanguageList onChoose={onChoose} /></div>
    </Screen>
  );
}

export function SayName({ onName, onBack }: { onName: (name: string) => void; onBack: () => void }) {
  const { tell } = useWords();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') setMissing(true);
    else onName(name.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Screen
        title={tell('name.title')}
        act={<><Round icon={Globe} label={tell('language.title')} onClick={onBack} /><Button kind="primary" type="submit">{tell('name.go')}</Button></>}
      >
        <div className={parts.field}>
          <label htmlFor={field}>{tell('name.field')}</label>
          <input id={field} className={parts.input} value={name} maxLength={80} autoComplete="name" enterKeyHint="go" dir="auto" aria-describedby={`${field}-hint`} aria-invalid={missing || undefined} onChange={({ target }) => (setName(target.value), setMissing(false))} />
          <p id={`${field}-hint`} className={missing ? parts.wrong : parts.hint} role={missing ? 'alert' : undefined}>{missing ? tell('name.needed') : tell('name.hint')}</p>
        </div>
        <section className={styles.card}>
          <h2>{tell('privacy.title')}</h2>
          <Privacy />
        </section>
      </Screen>
    </form>
  );
}

export function EnterCode({ onCode, onBack }: { onCode: (digits: string) => void; onBack: () => void }) {
  const { tell } = useWords();
  const [digits, setDigits] = useState('');
  const [short, setShort] = useState(false);
  const field = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (digits.length === 10) onCode(digits);
    else setShort(true);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Screen title={tell('code.title')} act={<><Round icon={ArrowLeft} turns label={tell('page.back')} onClick={onBack} /><Button kind="primary" type="submit">{tell('page.next')}</Button></>}>
        <div className={parts.field}>
          <label htmlFor={field}>{tell('code.field')}</label>
          <input
            id={field} className={`${parts.input} ${styles.code}`} dir="ltr" inputMode="numeric" autoComplete="one-time-code" enterKeyHint="go" value={grouped(digits)}
            aria-describedby={`${field}-hint`} aria-invalid={short || undefined} onChange={({ target }) => (setDigits(asDigits(target.value)), setShort(false))}
          />
          <p id={`${field}-hint`} className={short ? parts.wrong : parts.hint} role={short ? 'alert' : undefined}>{short ? tell('code.short') : tell('code.hint')}</p>
        </div>
      </Screen>
    </form>
  );
}

/** `4711 123 456`: the door and the pin as they are said. */
const grouped = (digits: string) => digits.replace(/^(\d{4})(\d{1,3})?(\d{1,3})?.*$/, (_, door: string, one = '', two = '') => [door, one, two].filter(Boolean).join(' '));

/** Digits of any script, as European ones: keyboards write ٤ and ४ too. */
export function asDigits(text: string): string {
  return [...text].flatMap((sign) => {
    if (!/\p{Nd}/u.test(sign)) return [];
    const point = sign.codePointAt(0) ?? 0;
    // Each script's ten digits stand in a row; its zero is the first that still is a digit.
    let zero = point;
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return [String(point - zero)];
  }).join('').slice(0, 10);
}
