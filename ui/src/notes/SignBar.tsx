// The foot of the note: how the words stand, and the one act that ends the draft. Open, it asks for the password, and for the
// reason where a signed note is corrected.
import { PenLine, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoteDesk } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { identifiersOf, IdentifyBoxes, NOT_COMPARED } from '../shared/identify';
import { useAction } from '../shared/keys';
import { useSession } from '../shared/session-store';
import { announce, Button, IconButton, Problem, TextInput, toast } from '../shared/ui';
import { isUnsaved, type Keeper } from './lines';
import styles from './note.module.css';
import { shown, useLines } from './use-lines';

interface SignBarProps {
  desk: NoteDesk;
  keeper: Keeper;
  writing: boolean;
  onCorrect: () => void;
  onStale: () => void;
}

export function SignBar({ desk, keeper, writing, onCorrect, onStale }: SignBarProps) {
  const { t } = useTranslation('notes');
  const [signing, setSigning] = useState(false);
  const open = useRef<HTMLButtonElement>(null);
  const problem = useLines(keeper, (state) => state.problem);
  const unsaved = useLines(keeper, isUnsaved);
  const says = useLines(keeper, ({ lines }) => lines.some(({ text, id, taken }) => {
    const struck = desk.note?.newest.content.sentences.find((one) => one.id === id)?.struck ?? null;
    return text.trim() !== '' && (struck === null || taken);
  }));
  const may = writing && says;
  useAction('notes.sign', () => setSigning(true), may && !signing);
  const close = () => {
    setSigning(false);
    window.setTimeout(() => open.current?.focus());
  };
  if (!desk.mine) return <footer className={styles.bar}><p className={styles.quiet}>{t('sign.notYours')}</p></footer>;
  if (!writing) return <footer className={styles.bar}><p className={styles.quiet}>{t('sign.stays')}</p><Button icon={PenLine} onClick={onCorrect}>{t('sign.correct')}</Button></footer>;
  return (
    <footer className={styles.bar} data-open={signing || undefined} aria-label={t('sign.label')} data-pane>
      {problem !== null && (
        <div className={styles.trouble}>
          <Problem error={problem} small {...(problem.message_id === 'note-changed' ? {} : { retry: () => void keeper.flush() })} />
          {problem.message_id === 'note-changed' && <Changed desk={desk} keeper={keeper} onStale={onStale} />}
        </div>
      )}
      {signing && may ? <Sign desk={desk} keeper={keeper} unsaved={unsaved} onClose={close} /> : (
        <>
          <p className={styles.quiet} role="status">{t(unsaved ? 'sign.unsaved' : desk.note === null ? 'sign.nothing' : 'sign.saved')}</p>
          <Button ref={open} kind="primary" icon={PenLine} action="notes.sign" disabled={!may} onClick={() => setSigning(true)}>{t('sign.open')}</Button>
        </>
      )}
    </footer>
  );
}

function Sign({ desk, keeper, unsaved, onClose }: { desk: NoteDesk; keeper: Keeper; unsaved: boolean; onClose: () => void }) {
  const { t } = useTranslation('notes');
  const name = useSession((session) => session.name);
  const sign = useCommand('notes.sign');
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState('');
  const [reason, setReason] = useState('');
  const [compared, setCompared] = useState(NOT_COMPARED);
  // As the record has them now, and not as a list once showed them.
  const patient = useView('patients.open', { id: desk.patient.id }).data?.patient;
  const corrects = desk.note?.signed != null;
  const ready = password !== '' && (!corrects || reason.trim() !== '') && patient !== undefined && compared.first && compared.second && !unsaved && !sign.isPending;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input')?.focus();
    // What is read while the form is open is what the record has.
    void keeper.flush();
  }, [keeper]);
  const go = () => {
    const { over } = keeper.store.getState();
    if (!ready || patient === undefined || desk.note === null || over === null) return;
    sign.mutate({ note_id: desk.note.id, version: over, reason, password, confirmed: [...identifiersOf(patient)] }, {
      onSuccess: (signed) => {
        shown(signed);
        toast(t('sign.done'));
        announce(t('sign.done'));
        onClose();
      },
      onError: () => {
        setPassword('');
        form.current?.querySelector<HTMLElement>('input[type=password]')?.focus();
      },
    });
  };
  useAction('notes.sign', go);
  useAction('notes.cancel', onClose);
  return (
    <form ref={form} className={styles.sign} aria-label={t('sign.title')} onSubmit={(event) => {
      event.preventDefault();
      go();
    }}>
      <header><h2>{t('sign.title')}</h2><p>{t(corrects ? 'sign.correcting' : 'sign.means', { name })}</p><IconButton icon={X} label={t('sign.back')} onClick={onClose} /></header>
      {patient !== undefined && <div className={styles.identify}><IdentifyBoxes patient={patient} compared={compared} onCompared={setCompared} /></div>}
      {corrects && <TextInput label={t('sign.reason')} value={reason} onChange={({ target }) => setReason(target.value)} />}
      <TextInput label={t('sign.password', { name })} type="password" autoComplete="current-password" value={password} onChange={({ target }) => setPassword(target.value)} />
      <Button kind="primary" type="submit" icon={PenLine} busy={sign.isPending} disabled={!ready}>{t('sign.now')}</Button>
      {sign.error && <div className={styles.trouble}><Problem error={sign.error} small /></div>}
    </form>
  );
}

/** Another window wrote a version: this one goes over it, or makes way. Both are kept in the history. */
function Changed({ desk, keeper, onStale }: { desk: NoteDesk; keeper: Keeper; onStale: () => void }) {
  const { t } = useTranslation('notes');
  const newest = useLines(keeper, ({ over }) => (desk.note?.newest.version ?? 0) > (over ?? 0));
  useEffect(() => {
    if (!newest) onStale();
  }, [newest, onStale]);
  return <div className={styles.ways}><Button disabled={!newest} onClick={() => void keeper.coverWith(desk)}>{t('changed.mine')}</Button><Button kind="quiet" disabled={!newest} onClick={() => keeper.takeOver(desk)}>{t('changed.theirs')}</Button></div>;
}
