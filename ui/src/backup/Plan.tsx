// Where backups go and at what time of the day.
import { FolderOpen } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { BackupPlanView } from '../bindings/types';
import { pickFolder } from '../host';
import { useCommand } from '../host/query';
import { showBytes } from '../i18n/numbers';
import { Button, Panel, Problem, TextInput, Toggle, toast } from '../shared/ui';
import styles from './backup.module.css';

/** Ten past two: nobody works, and no clock is set forward or back then. */
const USUAL = 130;

export function Plan({ plan }: { plan: BackupPlanView | null }) {
  const { t } = useTranslation('backup');
  const save = useCommand('backup.plan');
  const [folder, setFolder] = useState(plan?.folder ?? '');
  const [time, setTime] = useState(clock(plan?.minute ?? USUAL));
  const [daily, setDaily] = useState(plan?.daily ?? true);
  const minute = minutes(time);
  const saved = plan !== null && folder === plan.folder && minute === plan.minute && daily === plan.daily;
  const choose = () => void pickFolder().then(([picked]) => {
    if (picked !== undefined) setFolder(picked);
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (minute !== null) save.mutate({ folder, minute, daily }, { onSuccess: () => toast(t('plan.saved')) });
  };
  return (
    <Panel title={t('plan.title')}>
      <form className={styles.form} onSubmit={onSubmit}>
        <p className={styles.quiet}>{t('plan.hint')}</p>
        <div className={styles.folder}>
          <div>
            <span>{t('plan.folder')}</span>
            {folder === '' ? <span className={styles.quiet}>{t('plan.noFolder')}</span> : <bdi dir="ltr">{folder}</bdi>}
            {plan !== null && folder === plan.folder && plan.free_bytes !== null && <span className={styles.quiet}>{t('plan.free', { size: showBytes(plan.free_bytes) })}</span>}
          </div>
          <Button icon={FolderOpen} onClick={choose}>{t(folder === '' ? 'plan.choose' : 'plan.another')}</Button>
        </div>
        <Toggle label={t('plan.daily')} hint={t('plan.dailyHint')} checked={daily} onChange={setDaily} />
        {daily && <div className={styles.time}><TextInput label={t('plan.time')} type="time" required value={time} onChange={(event) => setTime(event.target.value)} /></div>}
        {save.error && <Problem error={save.error} small />}
        <div><Button type="submit" kind={plan === null ? 'primary' : 'plain'} busy={save.isPending} disabled={folder === '' || minute === null || saved}>{t('plan.save')}</Button></div>
      </form>
    </Panel>
  );
}

function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function minutes(time: string): number | null {
  const [hours, rest] = time.split(':').map(Number);
  return hours === undefined || rest === undefined || Number.isNaN(hours) || Number.isNaN(rest) ? null : hours * 60 + rest;
}
