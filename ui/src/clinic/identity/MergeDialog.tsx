// Merging two records: which one is read for both, and why. It says what happens, and that it can be taken back.
import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PairView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { showBirth } from '../../i18n/dates';
import { Button, Dialog, Problem, TextInput, toast } from '../../shared/ui';
import styles from './identity.module.css';

export function MergeDialog({ pair, onClose }: { pair: PairView; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const merge = useCommand('patients.merge');
  const [kept, setKept] = useState<string>();
  const [reason, setReason] = useState('');
  const both = [pair.older, pair.newer];
  const one = both.find(({ id }) => id === kept);
  const other = both.find(({ id }) => id !== kept);
  const go = () => one !== undefined && other !== undefined && merge.mutate({ kept: one.id, kept_version: one.version, gone: other.id, gone_version: other.version, reason: reason.trim() }, {
    onSuccess: () => {
      toast(t('merge.done', { number: one.number }));
      onClose();
    },
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('merge.title')} description={t('merge.hint')}
      footer={<><Button onClick={onClose}>{t('merge.not')}</Button><Button kind="primary" icon={GitMerge} busy={merge.isPending} disabled={one === undefined || reason.trim() === ''} onClick={go}>{t('merge.go')}</Button></>}
    >
      {merge.error && <Problem error={merge.error} small />}
      <fieldset className={styles.keep}>
        <legend>{t('merge.which')}</legend>
        {both.map((patient) => (
          <label key={patient.id} data-checked={kept === patient.id || undefined} htmlFor={`keep-${patient.id}`}>
            <input id={`keep-${patient.id}`} type="radio" name="kept" checked={kept === patient.id} onChange={() => setKept(patient.id)} />
            <bdi>{patient.name}</bdi><small className="numbers">{[patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date), patient.number].join(' · ')}</small>
          </label>
        ))}
      </fieldset>
      <TextInput label={t('merge.reason')} hint={t('merge.reasonHint')} value={reason} onChange={(event) => setReason(event.target.value)} />
      <p className={styles.quiet}>{t('merge.means')}</p>
    </Dialog>
  );
}
