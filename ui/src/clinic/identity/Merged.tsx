// Which other records were merged into this chart, by whom and why; each can be taken back.
import { Split } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MergeView, PatientView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showBirth, showMoment } from '../../i18n/dates';
import { useMay } from '../../shared/session-store';
import { Button, Dialog, Panel, Problem, TextInput, toast } from '../../shared/ui';
import styles from '../patients/patients.module.css';

export function Merged({ patient }: { patient: PatientView }) {
  const { t } = useTranslation('identity');
  const merges = useView('patients.merges', { id: patient.id });
  const may = useMay('patients.unmerge');
  const [undoing, setUndoing] = useState<MergeView | null>(null);
  if (merges.data === undefined || merges.data.length === 0) return null;
  return (
    <Panel title={t('merged.title')}>
      <ul className={styles.others}>
        {merges.data.map((merge) => (
          <li key={merge.id}>
            <span><strong><bdi>{merge.gone.name}</bdi></strong> <span className="numbers">{[merge.gone.birth_date === null ? t('common:notKnown') : showBirth(merge.gone.birth_date), merge.gone.number].join(' · ')}</span></span>
            <p>{t('merged.by', { by: merge.by, at: showMoment(merge.at), kept: merge.kept })} <bdi>{merge.reason}</bdi></p>
            {merge.undone === null
              ? may && <span><Button icon={Split} onClick={() => setUndoing(merge)}>{t('merged.undo')}</Button></span>
              : <p>{t('merged.undone', { by: merge.undone.by, at: showMoment(merge.undone.at) })} <bdi>{merge.undone.reason}</bdi></p>}
          </li>
        ))}
      </ul>
      {undoing !== null && <Undo merge={undoing} onClose={() => setUndoing(null)} />}
    </Panel>
  );
}

function Undo({ merge, onClose }: { merge: MergeView; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const undo = useCommand('patients.unmerge');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      open onOpenChange={onClose} title={t('undo.title')} description={t('undo.hint', { kept: merge.kept, gone: merge.gone.number })}
      footer={<><Button onClick={onClose}>{t('undo.not')}</Button><Button kind="primary" icon={Split} busy={undo.isPending} disabled={reason.trim() === ''} onClick={() => undo.mutate({ merge_id: merge.id, reason: reason.trim() }, {
        onSuccess: () => {
          toast(t('undo.done'));
          onClose();
        },
      })}>{t('undo.go')}</Button></>}
    >
      {undo.error && <Problem error={undo.error} small />}
      <TextInput label={t('undo.reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Dialog>
  );
}
