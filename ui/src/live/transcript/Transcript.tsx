// The bilingual transcript: to read here, to print, or to keep as a file for the patient.
import { Download, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, MessageView } from '../../bindings/types';
import { asFailure, call, pickSave, type Failure } from '../../host';
import { useCommand } from '../../host/query';
import { showClock, showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { directionOf } from '../../shared/languages';
import { Button, Dialog, Problem, Skeleton, toast } from '../../shared/ui';
import { isHeld, merge, withoutHeld } from '../thread';
import { showTime } from '../voice/time';
import { ProvenanceChip } from '../room/Chips';
import styles from './Transcript.module.css';

const PAGE = 200;

export function Transcript({ view, onClose }: { view: ConsultationView; onClose: () => void }) {
  const { t } = useTranslation('live');
  const { messages, error } = useAll(view.id);
  const save = useCommand('live.save_transcript');
  const [failed, setFailed] = useState<Failure | null>(null);
  const keep = async () => {
    setFailed(null);
    try {
      const { file_name } = await call('live.transcript', { consultation_id: view.id });
      const path = await pickSave(file_name);
      if (path !== null) save.mutate({ consultation_id: view.id, path }, { onSuccess: () => toast(t('transcript.saved')) });
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
  };
  return (
    <Dialog
      open size="large" onOpenChange={onClose} title={t('transcript.title')} description={t('transcript.hint')}
      footer={<><Button icon={Printer} disabled={messages === null} onClick={() => window.print()}>{t('transcript.print')}</Button><Button kind="primary" icon={Download} busy={save.isPending} disabled={messages === null} onClick={() => void keep()}>{t('transcript.save')}</Button></>}
    >
      {(error ?? failed ?? save.error) !== null && <Problem error={(error ?? failed ?? save.error)!} small />}
      {messages === null && error === null && <Skeleton rows={6} />}
      {messages !== null && (
        <article className={styles.paper} data-print>
          <header>
            <p><strong>{showList(view.people.map(({ name }) => name))}</strong></p>
            <p>{showMoment(view.started)}{view.ended !== null && ` – ${showClock(view.ended)}`}</p>
          </header>
          {messages.length === 0 && <p>{t('transcript.nothing')}</p>}
          <ol>{messages.map((message) => <Line key={message.id} message={message} name={view.people.find(({ id }) => id === message.from)?.name ?? t('people.unknown')} />)}</ol>
          <footer>{t('engine.machine')}</footer>
        </article>
      )}
    </Dialog>
  );
}

function Line({ message, name }: { message: MessageView; name: string }) {
  const { t } = useTranslation('live');
  return (
    <li>
      <p className={styles.who}><bdi>{name}</bdi> <time className="numbers" dateTime={message.at}>{showClock(message.at)}</time></p>
      {message.sound !== null && <p className={styles.quiet}>{t('transcript.sound', { time: showTime(message.sound.ms) })}{message.text !== '' && ` · ${t(message.sound.written?.state === 'corrected' ? 'written.corrected' : 'written.machine')}`}</p>}
      {message.text !== '' && <p lang={message.language} dir={directionOf(message.language)}>{message.text}</p>}
      {withoutHeld(message).translations.map((one) => (
        <div key={one.language} className={styles.other}>
          {one.text !== '' && <p lang={one.language} dir={directionOf(one.language)}>{one.text}</p>}
          {isHeld(one) ? <p className={styles.quiet}>{t('check.beingChecked')}</p> : <ProvenanceChip provenance={one.provenance} />}
        </div>
      ))}
    </li>
  );
}

/** Every message, page after page. */
function useAll(consultationId: string): { messages: readonly MessageView[] | null; error: Failure | null } {
  const [messages, setMessages] = useState<readonly MessageView[] | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  useEffect(() => {
    let gone = false;
    const fetchAll = async () => {
      let all: MessageView[] = [];
      let more = true;
      while (more && !gone) {
        const page = await call('live.messages', { consultation_id: consultationId, before: all[0]?.n ?? null, limit: PAGE });
        all = merge(all, page.messages);
        more = page.more;
      }
      if (!gone) setMessages(all);
    };
    fetchAll().catch((thrown: unknown) => !gone && setError(asFailure(thrown)));
    return () => {
      gone = true;
    };
  }, [consultationId]);
  return { messages, error };
}
