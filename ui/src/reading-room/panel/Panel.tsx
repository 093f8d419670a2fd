// Right of the picture: what the AI says, apart from what the clinician says.
import { useTranslation } from 'react-i18next';

import type { ReadingView } from '../../bindings/types';
import type { HeatState } from '../map/use-heat';
import styles from './Panel.module.css';
import { ReadingSection } from './ReadingSection';
import { ReportSection } from './ReportSection';
import type { RunState } from './use-run';
import type { VerdictForm } from './use-verdict';
import { VerdictSection } from './VerdictSection';

interface Props {
  reading: ReadingView | undefined;
  heat: HeatState;
  run: RunState;
  verdict: VerdictForm;
}

export function SidePanel({ reading, heat, run, verdict }: Props) {
  const { t } = useTranslation('reading-room');
  return (
    <aside className={styles.panel} aria-label={t('panel.label')} data-pane tabIndex={-1}>
      <div className={styles.scroll}><ReadingSection reading={reading} heat={heat} run={run} /></div>
      <VerdictSection reading={reading} form={verdict} />
      <ReportSection reading={reading} deciding={verdict.side !== null} />
    </aside>
  );
}
