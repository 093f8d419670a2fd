import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useAction } from '../../shared/keys';
import { IconButton } from '../../shared/ui';
import { PrintNow } from '../page/PrintNow';
import { SaveAs } from '../save/SaveAs';
import styles from './editor.module.css';

/** A draft may be printed and kept as a file: marked on every page, never sealed, never sent. */
export function DraftActs({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const [printing, setPrinting] = useState(false);
  useAction('reports.print', () => setPrinting(true), !printing);
  return (
    <div className={styles.acts}>
      <IconButton icon={Printer} label={t('print.openDraft')} action="reports.print" onClick={() => setPrinting(true)} />
      <SaveAs report={report} trigger={<IconButton icon={Download} label={t('save.open')} />} />
      {printing && <PrintNow report={report} onClose={() => setPrinting(false)} />}
    </div>
  );
}
