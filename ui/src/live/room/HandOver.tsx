// Hands one of the patient's signed reports over to the phones. The passphrase is told, never sent.
import { FileLock2, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, MessageView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showDate } from '../../i18n/dates';
import { identifiersOf, IdentifyBoxes, NOT_COMPARED } from '../../shared/identify';
import { Button, Dialog, Problem, Skeleton, toast } from '../../shared/ui';
import styles from './HandOver.module.css';

const MOST = 100;

export function HandOver({ view, onGiven, onClose }: { view: ConsultationView; onGiven: (message: MessageView) => void; onClose: () => void }) {
  const { t } = useTranslation('live');
  const page = useView('reports.page', { shelf: 'signed', patient_id: view.patient.id, query: '', cursor: null, limit: MOST });
  const give = useCommand('live.hand_over');
  const reports = page.data?.rows.filter(({ state }) => state === 'final' || state === 'amended' || state === 'appended');
  const [chosen, setChosen] = useState<string>();
  // Asked again after a failure it is the same message.
  const [messageId] = useState(() => crypto.randomUUID());
  const [compared, setCompared] = useState(NOT_COMPARED);
  const sure = compared.first && compared.second;
  const report = chosen ?? (reports?.length === 1 ? reports[0]?.id : undefined);
  const onGive = () => report !== undefined && give.mutate({ consultation_id: view.id, message_id: messageId, report_id: report, confirmed: [...identifiersOf(view.patient)] }, {
    onSuccess: (message) => {
      onGiven(message);
      toast(t('handOver.done'));
      onClose();
    },
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('handOver.title')} description={t('handOver.hint', { name: view.patient.name })}
      footer={<><Button onClick={onClose}>{t('handOver.not')}</Button><Button kind="primary" icon={FileLock2} busy={give.isPending} disabled={report === undefined || !sure} onClick={onGive}>{t('handOver.go')}</Button></>}
    >
      <div className={styles.choose}>
        {page.error && <Problem error={page.error} small retry={() => void page.refetch()} />}
        {page.isPending && <Skeleton rows={3} />}
        {reports?.length === 0 && <p>{t('handOver.none')}</p>}
        {reports !== undefined && reports.length > 0 && (
          <fieldset className={styles.reports}>
            <legend className="unseen">{t('handOver.which')}</legend>
            {reports.map((one) => (
              <label key={one.id} data-checked={report === one.id || undefined}>
                <input type="radio" name="report" checked={report === one.id} onChange={() => setChosen(one.id)} />
                <span>
                  {`${one.number} ${one.exam}`}
                  <small>{[showDate(one.changed), one.author, t(`handOver.state.${one.state}`)].join(' · ')}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {reports !== undefined && reports.length > 0 && <IdentifyBoxes patient={view.patient} compared={compared} onCompared={setCompared} />}
        <p className={styles.key}><KeyRound size={16} aria-hidden />{t('handOver.passphrase')}</p>
        {give.error && <Problem error={give.error} small />}
      </div>
    </Dialog>
  );
}
