// From the picture to the report: under the verdict, where the reading ends.
import { FilePen, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ReadingView } from '../../bindings/types';
import { useAction } from '../../shared/keys';
import { Button, Problem } from '../../shared/ui';
import { useReportsOf, useWriteReport } from '../../shared/write-report';
import { useInside } from '../room/context';
import styles from './VerdictSection.module.css';

export function ReportSection({ reading, deciding }: { reading: ReadingView | undefined; deciding: boolean }) {
  const { t } = useTranslation('reports');
  const { scan } = useInside();
  const write = useWriteReport();
  const reports = useReportsOf(scan.id);
  const known = reports?.find(({ state }) => state !== 'entered_in_error');
  const go = () => (known === undefined ? write.begin(scan.id, reading?.id ?? null) : write.open(known.id));
  const offered = reports !== undefined && (known !== undefined || write.may);
  useAction('reading-room.report', go, offered && !deciding);
  if (!offered || deciding) return null;
  const words = known === undefined ? t('write.open') : known.open && known.mine ? t('write.openDraft') : known.number === null ? t('write.openAny') : t('write.openExisting', { number: known.number });
  return (
    <section className={styles.report} aria-label={t('title')}>
      <Button kind={scan.verdicts.length > 0 && known === undefined ? 'primary' : 'plain'} icon={known === undefined ? FilePen : FileText} action="reading-room.report" busy={write.busy} onClick={go}>{words}</Button>
      {known !== undefined && <span className={styles.quiet}>{t(`state.${known.state}`)}</span>}
      {write.error && <Problem error={write.error} small />}
    </section>
  );
}
