// One half of the screen: what was said, large, in this person's language; below it phrases and a field.
import { BookOpen, Keyboard, SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, PersonView, PhraseUse } from '../../bindings/types';
import { directionOf, LANGUAGES, OWN_NAMES } from '../../shared/languages';
import { Check, ChecksContext } from '../room/Check';
import { ProvenanceChip } from '../room/Chips';
import { isHeld, layOut, withoutHeld } from '../thread';
import type { Thread } from '../use-thread';
import { DeskPhrases } from './DeskPhrases';
import styles from './desk.module.css';
import { beingChecked } from './patient-words';

interface HalfProps {
  consultationId: string;
  person: PersonView;
  other: PersonView;
  thread: Thread;
  turned: boolean;
  /** The half of the person across the desk. */
  far: boolean;
  onLanguage: (language: Language) => void;
  onSay: (text: string, phrase: PhraseUse | null) => void;
}

const LAST = 12;

export function Half({ consultationId, person, other, thread, turned, far, onLanguage, onSay }: HalfProps) {
  const { t } = useTranslation('live');
  const [mode, setMode] = useState<'type' | 'phrases'>(far ? 'phrases' : 'type');
  const [text, setText] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const shown = thread.messages.slice(-LAST);
  const newest = shown.at(-1);
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [newest, thread.unkept.length, mode]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onSay(text.trim(), null);
    setText('');
  };
  return (
    <section className={styles.half} data-turned={turned || undefined} aria-label={t(far ? 'desk.far' : 'desk.near', { name: person.name })} lang={person.language} dir={directionOf(person.language)}>
      <header>
        <strong><bdi>{person.name}</bdi></strong>
        <select className={styles.language} aria-label={t('people.languageOf', { name: person.name })} value={person.language} dir="ltr" onChange={(event) => onLanguage(event.target.value as Language)}>
          {LANGUAGES.map((language) => <option key={language} value={language} lang={language}>{OWN_NAMES[language]}</option>)}
        </select>
        <span className={styles.modes}>
          <button type="button" aria-pressed={mode === 'phrases'} aria-label={t('composer.phrases')} onClick={() => setMode('phrases')}><BookOpen size={22} aria-hidden /></button>
          <button type="button" aria-pressed={mode === 'type'} aria-label={t('desk.write')} onClick={() => setMode('type')}><Keyboard size={22} aria-hidden /></button>
        </span>
      </header>
      {/* A list that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol ref={list} className={styles.said} tabIndex={0} aria-label={t('thread.label')}>
        {shown.map((message) => {
          const own = message.from === person.id;
          // Held words stand on neither half that the other can see, but where the doctor reads what the patient said.
          const { large, small, about } = layOut(far || own ? withoutHeld(message) : message, person.language, [other.language], false);
          const last = message === newest;
          return (
            <li key={message.id} data-own={own || undefined} data-last={last || undefined}>
              {large !== null && <p className={styles.large} lang={large.language} dir={directionOf(large.language)}>{large.text}</p>}
              {small.map((one) => <p key={one.language} className={styles.small} lang={one.language} dir={directionOf(one.language)}>{one.text}</p>)}
              {far && about.some(isHeld) && <p className={styles.small}>{beingChecked(person.language)}</p>}
              {!far && message.translations.filter(({ language }) => language === other.language || language === person.language).map((one) => <ChecksContext key={one.language} value={{ consultationId, take: thread.take }}><Check message={message} translation={one} own={own} covered={own} /></ChecksContext>)}
              {last && !far && about.map((one) => (one.pending ? <span key={one.language} className={styles.small}>{t('provenance.pending')}</span> : <ProvenanceChip key={one.language} provenance={one.provenance} />))}
            </li>
          );
        })}
        {thread.unkept.filter(({ from }) => from === person.id).map((said) => <li key={said.id} data-own data-last><p className={styles.large}>{said.text}</p><p className={styles.small}>{said.failed ? t('tick.failed') : t('tick.sending')}</p></li>)}
      </ol>
      {mode === 'phrases'
        ? <DeskPhrases language={person.language} reading={other.language} far={far} onSay={onSay} />
        : (
          <form className={styles.write} onSubmit={submit}>
            <input name={far ? 'far' : 'near'} className={styles.field} value={text} maxLength={4000} autoComplete="off" aria-label={t('desk.write')} placeholder={OWN_NAMES[person.language]} dir={directionOf(person.language)} onChange={(event) => setText(event.target.value)} />
            <button type="submit" className={styles.send} disabled={text.trim() === ''} aria-label={t('composer.send')}><SendHorizontal size={24} aria-hidden /></button>
          </form>
        )}
    </section>
  );
}
