// Where the doctor writes: language, words, phrases that come near, and the microphone.
import { BookOpen, Mic, SendHorizontal, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, MessageView, PersonView, PhraseUse, SuggestionView } from '../../bindings/types';
import { useAction } from '../../shared/keys';
import { directionOf, languageChoices, OWN_NAMES } from '../../shared/languages';
import { Button, IconButton } from '../../shared/ui';
import type { Unkept } from '../thread';
import { setDraft, useDraft } from '../unsaid';
import { Recorder } from '../voice/Recorder';
import { ProvenanceChip } from './Chips';
import styles from './Composer.module.css';
import { Suggestions } from './Suggestions';

interface ComposerProps {
  consultationId: string;
  me: PersonView;
  /** What the first of the others reads. */
  reading: Language;
  onLanguage: (language: Language) => void;
  onSay: (said: Omit<Unkept, 'failed'>) => void;
  onSound: (message: MessageView) => void;
  phrasesOpen: boolean;
  onPhrases: () => void;
}

interface Picked {
  use: PhraseUse;
  text: string;
  suggestion: SuggestionView;
}

export function Composer({ consultationId, me, reading, onLanguage, onSay, onSound, phrasesOpen, onPhrases }: ComposerProps) {
  const { t } = useTranslation('live');
  const text = useDraft(consultationId);
  const setText = (next: string) => setDraft(consultationId, next);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [recording, setRecording] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const phrase = picked !== null && picked.text === text ? picked : null;

  useAction('live.write', () => field.current?.focus());
  useAction('live.phrases', onPhrases);
  useAction('live.record', () => setRecording(true), !recording);
  useEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${Math.min(area.scrollHeight + 2, 176)}px`;
  }, [text]);

  const say = () => {
    const words = text.trim();
    if (words === '') return;
    onSay({ id: crypto.randomUUID(), from: me.id, language: me.language, text: words, phrase: phrase?.use ?? null });
    setText('');
    setPicked(null);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    say();
  };
  const pick = (suggestion: SuggestionView) => {
    setText(suggestion.text);
    setPicked({ use: suggestion.phrase, text: suggestion.text, suggestion });
    field.current?.focus();
  };

  if (recording) {
    return (
      <div className={styles.composer}>
        <Recorder consultationId={consultationId} speaker={me.id} onDone={(message) => {
          setRecording(false);
          if (message !== null) onSound(message);
        }} />
      </div>
    );
  }
  return (
    <div className={styles.composer}>
      {phrase === null && <Suggestions text={text} language={me.language} reading={reading} onPick={pick} />}
      {phrase !== null && (
        <div className={styles.picked}>
          <p lang={reading} dir={directionOf(reading)}>{phrase.suggestion.translation}</p>
          <ProvenanceChip provenance={phrase.suggestion.provenance} />
          <IconButton icon={X} label={t('composer.noPhrase')} onClick={() => setPicked(null)} />
        </div>
      )}
      <div className={styles.line}>
        <textarea
          ref={field} rows={1} name="message" className={styles.field} value={text} lang={me.language} dir={directionOf(me.language)} aria-label={t('composer.label')} placeholder={t('composer.placeholder', { language: OWN_NAMES[me.language] })} maxLength={4000}
          onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown}
        />
        <Button kind="primary" icon={SendHorizontal} disabled={text.trim() === ''} onClick={say}>{t('composer.send')}</Button>
      </div>
      <div className={styles.tools}>
        <Button kind="quiet" icon={BookOpen} action="live.phrases" aria-expanded={phrasesOpen} onClick={onPhrases}>{t('composer.phrases')}</Button>
        <Button kind="quiet" icon={Mic} action="live.record" onClick={() => setRecording(true)}>{t('composer.record')}</Button>
        <label className={styles.language}>
          <span>{t('composer.language')}</span>
          <select name="my-language" value={me.language} onChange={(event) => onLanguage(event.target.value as Language)}>
            {languageChoices().map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
          </select>
        </label>
      </div>
    </div>
  );
}
