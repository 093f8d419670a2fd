// Face to face on one screen: two halves, the far one turned upside down for the person across the desk.
// A patient looks at this screen: nothing of the record is on it but this conversation, and no key leads elsewhere.
import { ArrowDownUp, RotateCw, X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, Language } from '../../bindings/types';
import { chordOf, chordsOf, keyRegistry } from '../../shared/keys';
import { IconButton, Problem } from '../../shared/ui';
import { useAct } from '../use-consultation';
import type { Thread } from '../use-thread';
import styles from './desk.module.css';
import { Half } from './Half';

export function FaceToFace({ view, thread, onClose }: { view: ConsultationView; thread: Thread; onClose: () => void }) {
  const { t } = useTranslation('live');
  const [turned, setTurned] = useState(true);
  // Where the doctor sits on the other side of the screen.
  const [swapped, setSwapped] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  // The doctor's own field, not the patient's half.
  const toOwnField = (event: Event) => {
    event.preventDefault();
    screen.current?.querySelector<HTMLElement>('input[name="near"]')?.focus();
  };
  const language = useAct('live.set_language');
  const doctor = view.people.find(({ kind }) => kind === 'doctor');
  const patient = view.people.find(({ kind, gone }) => kind === 'across_the_desk' && gone === null);
  if (doctor === undefined || patient === undefined) return null;
  const change = (participant: string) => (chosen: Language) => language.mutate({ consultation_id: view.id, participant_id: participant, language: chosen });
  const say = (from: typeof doctor) => (text: string, phrase: Parameters<Thread['say']>[0]['phrase']) => thread.say({ id: crypto.randomUUID(), from: from.id, language: from.language, text, phrase });
  const far = <Half key="far" consultationId={view.id} person={patient} other={doctor} thread={thread} turned={turned && !swapped} far onLanguage={change(patient.id)} onSay={say(patient)} />;
  const near = <Half key="near" consultationId={view.id} person={doctor} other={patient} thread={thread} turned={turned && swapped} far={false} onLanguage={change(doctor.id)} onSay={say(doctor)} />;
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content ref={screen} onOpenAutoFocus={toOwnField} className={styles.desk} aria-describedby={undefined} onKeyDown={keepHere} onInteractOutside={(event) => event.preventDefault()}>
          <Radix.Title className="unseen">{t('desk.title')}</Radix.Title>
          {swapped ? near : far}
          <div className={styles.middle}>
            <IconButton icon={RotateCw} label={turned ? t('desk.turnOff') : t('desk.turnOn')} pressed={turned} onClick={() => setTurned(!turned)} />
            <IconButton icon={ArrowDownUp} label={t('desk.swap')} pressed={swapped} onClick={() => setSwapped(!swapped)} />
            {language.error && <Problem error={language.error} small />}
            <span>{t('desk.leave')}</span>
            <IconButton icon={X} label={t('desk.close')} onClick={onClose} />
          </div>
          {swapped ? far : near}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Only locking the window works from here: a palette or a list would show other people. */
function keepHere(event: KeyboardEvent): void {
  const { actions, remapped } = keyRegistry.getState();
  const lock = actions.find(({ id }) => id === 'frame.lock');
  const chord = chordOf(event.nativeEvent);
  if (event.key === 'Escape' || (lock !== undefined && chord !== undefined && chordsOf(lock, remapped).includes(chord))) return;
  event.nativeEvent.stopPropagation();
}
