// The way back: choose a backup, say who may, watch. It stands outside the frame, since nobody need be able to sign in.
import { CircleCheck, FolderOpen } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { RestoreKey, RestoreStateView, SnapshotView } from '../bindings/types';
import { call, pickFolder, type Failure } from '../host';
import { refresh, useCommand } from '../host/query';
import { showMoment } from '../i18n/dates';
import { showBytes } from '../i18n/numbers';
import { Alone, Button, Chip, Problem, TextArea, TextInput } from '../shared/ui';
import { Progress } from './progress';
import styles from './backup.module.css';

const LOOK = 500;

interface RestoreProps {
  /** A record is here and may not open, or none is here yet. */
  present: boolean;
  /** Where the last verified backup lies, if this machine knows. */
  folder: string | null;
  onDone: () => void;
}

export function Restore({ present, folder, onDone }: RestoreProps) {
  const { t } = useTranslation('backup');
  const find = useCommand('setup.find_backups');
  const restore = useCommand('setup.restore');
  const [found, setFound] = useState<readonly SnapshotView[]>([]);
  const [chosen, setChosen] = useState<SnapshotView | null>(null);
  const [state, setState] = useState<RestoreStateView | null>(null);
  const running = state?.running ?? null;
  useRestoreState(running !== null, setState);

  const look = (where: string) => find.mutate({ folder: where }, {
    onSuccess: (list) => {
      setFound(list);
      setChosen(list.find(({ verified }) => verified) ?? list[0] ?? null);
    },
  });
  const { mutate } = find;
  useEffect(() => {
    if (folder === null) return;
    mutate({ folder }, {
      onSuccess: (list) => {
        setFound(list);
        setChosen(list.find((one) => one.folder === folder) ?? list[0] ?? null);
      },
    });
  }, [folder, mutate]);
  const choose = () => void pickFolder().then(([picked]) => {
    if (picked !== undefined) look(picked);
  });

  if (state?.restored === true && chosen !== null) {
    return (
      <Alone title={t('restore.doneTitle')} hint={t('restore.done', { clinic: chosen.clinic_name, when: showMoment(chosen.at) })}>
        <p className={styles.doneMark}><CircleCheck size={28} aria-hidden /></p>
        {present && <p>{t('restore.aside')}</p>}
        <Button kind="primary" onClick={onDone}>{t('restore.signIn')}</Button>
      </Alone>
    );
  }
  return (
    <Alone wide title={t('restore.title')} hint={t('restore.hint')}>
      <div className={styles.folder}>
        <div><span>{t('restore.where')}</span><span className={styles.quiet}>{t('restore.whereHint')}</span></div>
        <Button icon={FolderOpen} disabled={running !== null} busy={find.isPending} onClick={choose}>{t('plan.choose')}</Button>
      </div>
      {find.error && <Problem error={find.error} small />}
      {found.length > 0 && (
        <fieldset className={styles.choice} disabled={running !== null}>
          <legend>{t('restore.which')}</legend>
          {found.map((one) => (
            <label key={one.folder} data-checked={chosen?.folder === one.folder || undefined}>
              <input type="radio" name="snapshot" checked={chosen?.folder === one.folder} onChange={() => setChosen(one)} />
              <span><strong>{showMoment(one.at)}</strong> <bdi>{one.clinic_name}</bdi></span>
              <span className={styles.quiet}>{t('snapshots.database', { size: showBytes(one.database_bytes) })}</span>
              {one.verified ? <Chip tone="good" icon={CircleCheck}>{t('snapshots.verified')}</Chip> : <Chip>{t('snapshots.unproved')}</Chip>}
            </label>
          ))}
        </fieldset>
      )}
      {chosen !== null && running === null && (
        <Key present={present} busy={restore.isPending} error={restore.error ?? state?.problem ?? null} onGo={(key) => restore.mutate({ folder: chosen.folder, key }, { onSuccess: setState })} />
      )}
      {running !== null && <Progress job={running} onCancel={() => void call('setup.cancel_restore', null).then(setState)} />}
      {running === null && <div><Button kind="quiet" onClick={onDone}>{t('common:back')}</Button></div>}
    </Alone>
  );
}

/** Who may: an administrator's password of that day, or the recovery phrase. */
function Key({ present, busy, error, onGo }: { present: boolean; busy: boolean; error: Failure | RestoreStateView['problem']; onGo: (key: RestoreKey) => void }) {
  const { t } = useTranslation('backup');
  const [way, setWay] = useState<RestoreKey['kind']>(present ? 'password' : 'phrase');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [device, setDevice] = useState('');
  const [phrase, setPhrase] = useState('');
  const words = phrase.trim() === '' ? 0 : phrase.trim().split(/\s+/).length;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGo(way === 'phrase' ? { kind: 'phrase', phrase: phrase.trim() } : { kind: 'password', login: login.trim(), password, device_passphrase: device === '' ? null : device });
  };
  const ready = way === 'phrase' ? words >= 12 : login !== '' && password !== '';
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <fieldset className={styles.ways}>
        <legend>{t('restore.who')}</legend>
        {(['password', 'phrase'] as const).map((one) => (
          <label key={one} data-checked={way === one || undefined}>
            <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />{t(`restore.way.${one}`)}
          </label>
        ))}
      </fieldset>
      <p className={styles.quiet}>{t(`restore.wayHint.${way}`)}</p>
      {way === 'password' && (
        <>
          <TextInput label={t('session:login')} name="login" autoCapitalize="none" autoComplete="username" value={login} onChange={(event) => setLogin(event.target.value)} />
          <TextInput label={t('session:password')} name="password" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
          {error?.message_id === 'passphrase-needed' && <TextInput label={t('restore.device')} name="device" type="password" autoComplete="off" value={device} onChange={(event) => setDevice(event.target.value)} />}
        </>
      )}
      {way === 'phrase' && <TextArea label={t('session:recover.phrase')} hint={t('session:recover.words', { count: words })} name="phrase" dir="ltr" autoComplete="off" spellCheck={false} value={phrase} onChange={(event) => setPhrase(event.target.value)} />}
      <p className={styles.consequence}>{t(present ? 'restore.over' : 'restore.fresh')}</p>
      {error !== null && <Problem error={error} small />}
      <div><Button type="submit" kind={present ? 'danger' : 'primary'} busy={busy} disabled={!ready}>{t('restore.go')}</Button></div>
    </form>
  );
}

/** Asks how far it has come, while it runs. */
function useRestoreState(running: boolean, setState: (state: RestoreStateView) => void): void {
  useEffect(() => {
    if (!running) return;
    const timer = window.setInterval(() => void call('setup.restore_state', null).then((state) => {
      setState(state);
      if (state.restored) refresh(['setup', 'session']);
    }), LOOK);
    return () => window.clearInterval(timer);
  }, [running, setState]);
}
