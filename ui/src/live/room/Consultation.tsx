// One consultation: the thread, who is in it, who waits, and how it stands with the phones.
import { Armchair, FileLock2, FileText, FolderCheck, FolderOpen, NotebookPen } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, Language, MessageView, PhraseUse } from '../../bindings/types';
import { call } from '../../host';
import { useView } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { runAction, useAction } from '../../shared/keys';
import { usePatientOnScreen } from '../../shared/patient';
import { useMay } from '../../shared/session-store';
import { announce, Button, Dialog, Page, Problem, Skeleton } from '../../shared/ui';
import { FaceToFace } from '../desk/FaceToFace';
import { PhraseDrawer } from '../phrasebook/PhraseDrawer';
import { Ways } from '../start/Ways';
import { translationInto } from '../thread';
import { Transcript } from '../transcript/Transcript';
import { useAct, useConsultation } from '../use-consultation';
import { useThread } from '../use-thread';
import { NotesContext, type Notes } from '../voice/notes';
import { Unfinished } from '../voice/Unfinished';
import { WriterNote } from '../voice/WriterNote';
import { Composer } from './Composer';
import { ConnectionState, ConnectionTrouble } from './ConnectionState';
import styles from './Consultation.module.css';
import { ChecksContext } from './Check';
import { EndDialog } from './EndDialog';
import { EngineNote } from './EngineNote';
import { HandOver } from './HandOver';
import { People } from './People';
import { Thread } from './Thread';
import { WaitingRoom } from './WaitingRoom';

export function Consultation({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation('live');
  const view = useConsultation(consultationId);
  const chart = useView('patients.open', { id: view.data?.patient.id ?? '' }, { enabled: useMay('patients.open') && view.data !== undefined });
  usePatientOnScreen(chart.data?.patient);
  if (view.error) return <Page title={t('title')}><Problem error={view.error} retry={() => void view.refetch()} /></Page>;
  if (view.data === undefined) return <Page title={t('title')}><Skeleton rows={8} /></Page>;
  return <Room view={view.data} />;
}

type Asked = 'invite' | 'give' | 'end' | 'desk' | 'transcript' | null;

function Room({ view }: { view: ConsultationView }) {
  const { t } = useTranslation('live');
  const go = useGo();
  const [asked, setAsked] = useState<Asked>(null);
  const [phrases, setPhrases] = useState(false);
  const thread = useThread(view.id, 'live.messages');
  const setLanguage = useAct('live.set_language');
  const me = view.people.find(({ kind }) => kind === 'doctor');
  const others = view.people.filter((person) => person.kind !== 'doctor' && person.gone === null);
  const reading: Language = others[0]?.language ?? 'es';
  const open = view.ended === null && view.mine;
  const seated = others.some(({ kind }) => kind === 'across_the_desk');
  // Only a phone can take a file along.
  const gives = useMay('reports.page') && open && others.some(({ kind }) => kind === 'guest');
  const noted = useMay('notes.of');
  const toNote = () => go.to(`/consultations/${view.id}/note`);
  const empty = open && others.length === 0 && view.people.length < 2 && thread.loaded && thread.messages.length + thread.unkept.length === 0;
  const close = () => setAsked(null);
  const { take } = thread;
  // What is written down of a voice note may be corrected after the end, too.
  const notes = useMemo<Notes | null>(() => (view.mine ? { consultationId: view.id, writer: view.writer, take } : null), [view.mine, view.id, view.writer, take]);
  useAnnounced(view, thread.messages);
  useAction('live.end', () => setAsked('end'), open);
  useAction('live.note', toNote, noted);
  useAction('live.transcript', () => setAsked('transcript'));
  useAction('live.desk', () => setAsked('desk'), open && seated);

  const translate = (message: MessageView, language: Language) => {
    void call('live.translate', { consultation_id: view.id, message_id: message.id, language }).then(thread.take).catch(() => announce(t('bubble.stillNot')));
  };
  const sayPhrase = (text: string, phrase: PhraseUse) => {
    if (me !== undefined) thread.say({ id: crypto.randomUUID(), from: me.id, language: me.language, text, phrase });
    runAction('live.write');
  };
  const machine = thread.messages.some(({ translations }) => translations.some(({ provenance }) => provenance === 'machine'));

  return (
    <div className={styles.room} data-phrases={(phrases && open) || undefined} data-waiting={(view.waiting.length > 0 && !empty) || undefined}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        {view.ended === null ? <ConnectionState view={view} /> : <span className={styles.connection}>{t('ended', { at: showMoment(view.ended) })}</span>}
        <div className={styles.acts}>
          {open && seated && <Button icon={Armchair} action="live.desk" onClick={() => setAsked('desk')}>{t('desk.open')}</Button>}
          {gives && <Button icon={FileLock2} onClick={() => setAsked('give')}>{t('handOver.open')}</Button>}
          {(!open || thread.messages.length > 0) && <Button icon={FileText} onClick={() => setAsked('transcript')}>{t('transcript.title')}</Button>}
          {noted && (!open || thread.messages.length > 0) && <Button icon={NotebookPen} action="live.note" onClick={toNote}>{t('note.open')}</Button>}
          {open ? <Button icon={FolderCheck} onClick={() => setAsked('end')}>{t('end.open')}</Button> : <Button icon={FolderOpen} onClick={() => go.chart(view.patient.id)}>{t('openChart')}</Button>}
        </div>
      </header>
      <div className={styles.talk}>
        {empty
          // A column that scrolls must be reachable by the keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          ? <div className={styles.begin} tabIndex={0} role="group" aria-label={t('ways.label')}><WaitingRoom view={view} large /><h2>{t('ways.title', { name: view.patient.name })}</h2><Ways view={view} onSeated={() => setAsked('desk')} /></div>
          : (
            <>
              {view.ended === null && <ConnectionTrouble connection={view.connection} />}
              <EngineNote engine={view.engine} machine={machine} />
              {notes !== null && <WriterNote notes={notes} messages={thread.messages} />}
              <NotesContext value={notes}>
                <ChecksContext value={open ? { consultationId: view.id, take: thread.take } : null}>
                  <Thread thread={thread} people={view.people} me={me?.id ?? ''} reader={me?.language ?? 'en'} unsent={view.unsent} onTranslate={open ? translate : undefined} />
                </ChecksContext>
              </NotesContext>
              {open && view.unfinished !== null && <Unfinished consultationId={view.id} unfinished={view.unfinished} onSaid={thread.take} />}
              {open && me !== undefined && (
                <Composer
                  consultationId={view.id} me={me} reading={reading} phrasesOpen={phrases} onPhrases={() => setPhrases(!phrases)} onSay={thread.say} onSound={thread.take}
                  onLanguage={(language) => setLanguage.mutate({ consultation_id: view.id, participant_id: me.id, language })}
                />
              )}
              {!open && view.ended === null && <p className={styles.over}>{t('notYours')}</p>}
              {view.ended !== null && <p className={styles.over}>{t('filed', { at: showMoment(view.ended) })}</p>}
            </>
          )}
      </div>
      {phrases && open && me !== undefined && !empty && <div className={styles.drawer}><PhraseDrawer language={me.language} reading={reading} onSay={sayPhrase} onClose={() => setPhrases(false)} /></div>}
      <aside className={styles.side} aria-label={t('side')} data-pane tabIndex={-1}>
        {open && !empty && <WaitingRoom view={view} />}
        <People view={view} onInvite={empty ? undefined : () => setAsked('invite')} />
      </aside>
      {asked === 'invite' && <Dialog open size="large" onOpenChange={close} title={t('ways.inviteTitle')}><Ways view={view} onSeated={() => setAsked('desk')} /></Dialog>}
      {asked === 'give' && <HandOver view={view} onGiven={thread.take} onClose={close} />}
      {asked === 'end' && <EndDialog view={view} onClose={close} />}
      {asked === 'transcript' && <Transcript view={view} onClose={close} />}
      {asked === 'desk' && <FaceToFace view={view} thread={thread} onClose={close} />}
    </div>
  );
}

/** Tells a screen reader, politely, what came from others. */
function useAnnounced(view: ConsultationView, messages: readonly MessageView[]): void {
  const { t } = useTranslation('live');
  const told = useRef<number | null>(null);
  const newest = messages.at(-1);
  useEffect(() => {
    const n = newest?.n ?? 0;
    const person = view.people.find(({ id }) => id === newest?.from);
    const mine = view.people.find(({ kind }) => kind === 'doctor')?.language ?? 'en';
    if (told.current !== null && newest !== undefined && n > told.current && person?.kind !== 'doctor') {
      const words = translationInto(newest, mine)?.text || newest.text;
      announce(newest.sound !== null && words === '' ? t('announce.sound', { name: person?.name ?? '' }) : t('announce.message', { name: person?.name ?? '', text: words }));
    }
    if (n > 0 || told.current === null) told.current = n;
  }, [newest, view.people, t]);
}
