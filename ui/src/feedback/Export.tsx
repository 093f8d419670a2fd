// Verdicts for training: which scans could be given away without identity, and writing them into a folder. Pictures in which a
// name may be burned in leave only after somebody looked at them.
import { Eye, FolderDown, PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FeedbackRow } from '../bindings/types';
import { imageUrl, pickFolder } from '../host';
import { useCommand, useView } from '../host/query';
import { showDate } from '../i18n/dates';
import { showCount } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { useSession } from '../shared/session-store';
import { Button, Checkbox, Dialog, Empty, Page, Problem, Skeleton, TextInput } from '../shared/ui';
import styles from './feedback.module.css';

export function Export() {
  const { t } = useTranslation('feedback');
  const list = useView('feedback.list', null);
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(false);
  const rows = list.data?.rows ?? [];
  const ready = rows.filter(({ look, scan_id }) => !look || looked.has(scan_id));
  const tick = (id: string, on: boolean) => setLooked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <Page title={t('export.title')} hint={t('export.hint')} actions={rows.length > 0 && <Button kind="primary" icon={FolderDown} disabled={ready.length === 0} onClick={() => setGiving(true)}>{t('export.open', { count: ready.length, shown: showCount(ready.length) })}</Button>}>
      {list.error && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={8} />}
      {list.data !== undefined && rows.length === 0 && <Empty icon={PackageOpen} title={t('export.none')} hint={t('export.noneHint')} />}
      {rows.length > 0 && <p className={styles.caveat}>{t('export.caveat')}{(list.data?.own_words ?? 0) > 0 && ` ${t('export.ownWords', { count: list.data?.own_words ?? 0 })}`}</p>}
      <ul className={styles.given}>{rows.map((row) => <li key={row.scan_id}><Row row={row} looked={looked.has(row.scan_id)} onLooked={(on) => tick(row.scan_id, on)} /></li>)}</ul>
      {giving && <Give scans={ready.map(({ scan_id }) => scan_id)} looked={[...looked]} onClose={() => setGiving(false)} />}
    </Page>
  );
}

function Row({ row, looked, onLooked }: { row: FeedbackRow; looked: boolean; onLooked: (on: boolean) => void }) {
  const { t } = useTranslation('feedback');
  const go = useGo();
  const grant = useSession((session) => session.grant);
  return (
    <article className={styles.row}>
      <img src={imageUrl(`thumb/${grant}/${row.scan_id}`)} alt="" width={48} height={48} loading="lazy" />
      <span className={styles.who}><strong><bdi title={row.patient_name}>{row.patient_name}</bdi></strong><span className="numbers">{[row.patient_number, row.modality, showDate(row.at)].join(' · ')}</span></span>
      <span>{t(row.agrees ? 'export.agreed' : 'export.corrected', { label: row.label, said: row.said })}{row.region && ` · ${t('export.region')}`}</span>
      <span className={styles.look}>{row.look ? <Checkbox label={t('export.looked')} checked={looked} onChange={(event) => onLooked(event.target.checked)} /> : t('export.noText')}</span>
      <Button kind="quiet" icon={Eye} onClick={() => go.scan(row.scan_id)}>{t('export.see')}</Button>
    </article>
  );
}

function Give({ scans, looked, onClose }: { scans: string[]; looked: string[]; onClose: () => void }) {
  const { t } = useTranslation('feedback');
  const name = useSession((session) => session.name);
  const give = useCommand('feedback.export');
  const [folder, setFolder] = useState<string>();
  const [password, setPassword] = useState('');
  const choose = async () => setFolder((await pickFolder())?.[0]);
  if (give.data !== undefined) {
    const { images, not_looked_at, unreadable } = give.data;
    return (
      <Dialog open onOpenChange={onClose} title={t('give.doneTitle')} footer={<Button kind="primary" onClick={onClose}>{t('common:close')}</Button>}>
        <p role="status">{t('give.done', { count: images, shown: showCount(images) })}</p>
        <p className={styles.path}><bdi>{give.data.folder}</bdi></p>
        {not_looked_at > 0 && <p>{t('give.notLooked', { count: not_looked_at })}</p>}
        {unreadable > 0 && <p>{t('give.unreadable', { count: unreadable })}</p>}
      </Dialog>
    );
  }
  const go = () => folder !== undefined && give.mutate({ folder, scans, looked_at: looked, password }, { onError: () => setPassword('') });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('give.title')} description={t('give.hint', { count: scans.length, shown: showCount(scans.length) })}
      footer={<><Button onClick={onClose}>{t('give.not')}</Button><Button kind="primary" icon={FolderDown} busy={give.isPending} disabled={folder === undefined || password === ''} onClick={go}>{t('give.go')}</Button></>}
    >
      {give.error && <Problem error={give.error} small />}
      <div className={styles.folder}><Button onClick={() => void choose()}>{t('give.choose')}</Button><span className={styles.path}><bdi>{folder ?? t('give.noFolder')}</bdi></span></div>
      <TextInput label={t('give.password', { name })} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      <p className={styles.quiet}>{t('give.means')}</p>
    </Dialog>
  );
}
