// What may be done with a signed report; the one next right thing stands out.
import { Download, Ellipsis, FilePlus2, FileX, Lock, PenLine, Printer, Send, Server } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useAction } from '../../shared/keys';
import { useMay } from '../../shared/session-store';
import { Button, IconButton, Menu, Problem, toast, type MenuItem } from '../../shared/ui';
import { PrintNow } from '../page/PrintNow';
import { SaveAs } from '../save/SaveAs';
import { isFinal } from '../sections';
import { SendDialog } from '../send/SendDialog';
import { AddendDialog } from './AddendDialog';
import { ReopenDialog } from './ReopenDialog';
import { RetractDialog } from './RetractDialog';
import { SealDialog } from './SealDialog';
import styles from './signed.module.css';

type Asked = 'addend' | 'reopen' | 'retract' | 'seal' | 'send' | 'print' | null;

/** The sealed file of the newest text, where there is one. */
export const sealedNow = ({ files, revision }: ReportView) => files.find((file) => file.revision === revision && file.purpose !== 'own');

export function SignedActs({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const [asked, setAsked] = useState<Asked>(null);
  const [thenSend, setThenSend] = useState(false);
  const close = () => {
    setAsked(null);
    setThenSend(false);
  };
  const final = isFinal(report.state);
  const signed = report.revision > 0 && report.state !== 'entered_in_error';
  const sealed = sealedNow(report) !== undefined;
  // Only what is final leaves the clinic.
  const maySend = useMay('delivery.send') && final;
  const push = useCommand('reports.push_fhir');
  const mine = report.mine && report.draft === null;

  const send = () => {
    setThenSend(!sealed);
    setAsked(sealed ? 'send' : 'seal');
  };
  useAction('reports.send', send, maySend && asked === null);
  useAction('reports.seal', () => setAsked('seal'), maySend && asked === null);
  useAction('reports.addend', () => setAsked('addend'), mine && final && asked === null);
  useAction('reports.correct', () => setAsked('reopen'), mine && signed && asked === null);
  useAction('reports.withdraw', () => setAsked('retract'), mine && signed && asked === null);
  useAction('reports.print', () => setAsked('print'), signed && asked === null);

  const more: (MenuItem | 'line')[] = [
    ...(maySend ? [{ label: t('push.open'), icon: Server, onSelect: () => push.mutate({ report_id: report.id }, { onSuccess: ({ server }) => toast(t('push.done', { server })) }) }, 'line' as const] : []),
    ...(mine ? [{ label: t('retract.open'), icon: FileX, action: 'reports.withdraw', onSelect: () => setAsked('retract') }] : []),
  ];
  return (
    <div className={styles.acts}>
      {mine && final && <Button kind="quiet" icon={FilePlus2} action="reports.addend" onClick={() => setAsked('addend')}>{t('addend.open')}</Button>}
      {mine && signed && <Button kind={final ? 'quiet' : 'primary'} icon={PenLine} action="reports.correct" onClick={() => setAsked('reopen')}>{t(final ? 'reopen.open' : 'reopen.openPreliminary')}</Button>}
      {signed && <IconButton icon={Printer} label={t('print.open')} action="reports.print" onClick={() => setAsked('print')} />}
      {signed && <SaveAs report={report} trigger={<IconButton icon={Download} label={t('save.open')} />} />}
      {signed && more.length > 0 && <Menu trigger={<IconButton icon={Ellipsis} label={t('signed.more')} />} items={more} />}
      {maySend && <Button kind="primary" icon={sealed ? Send : Lock} action={sealed ? 'reports.send' : 'reports.seal'} onClick={() => (sealed ? send() : setAsked('seal'))}>{t(sealed ? 'send.open' : 'seal.open')}</Button>}
      {push.error && <Problem error={push.error} small />}
      {asked === 'addend' && <AddendDialog report={report} onClose={close} />}
      {asked === 'reopen' && <ReopenDialog report={report} onClose={close} />}
      {asked === 'retract' && <RetractDialog report={report} onClose={close} />}
      {asked === 'seal' && <SealDialog report={report} onClose={() => (thenSend ? setAsked('send') : close())} />}
      {asked === 'send' && <SendDialog report={report} onClose={close} />}
      {asked === 'print' && <PrintNow report={report} onClose={close} />}
    </div>
  );
}
