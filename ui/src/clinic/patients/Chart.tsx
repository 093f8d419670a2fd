// One patient: scans by study with what the AI and the clinicians said, allergies, identity.
import { FileDown, KeyRound, LockKeyhole, LockKeyholeOpen, Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ChartView, PatientView } from '../../bindings/types';
import { useView } from '../../host/query';
import { showBirth } from '../../i18n/dates';
import { runAction } from '../../shared/keys';
import { usePatientOnScreen } from '../../shared/patient';
import { useMay } from '../../shared/session-store';
import { Button, Empty, Page, Panel, Problem, Skeleton } from '../../shared/ui';
import { AllergiesPanel } from './AllergiesPanel';
import { CorrectPatient } from './CorrectPatient';
import { PatientAccount } from './PatientAccount';
import styles from './patients.module.css';
import { Restrict } from './Restrict';
import { Study } from './Study';

/** Reports and consultations are put beside the scans by `app`, for those parts have their own owners. */
type Beside = (patient: PatientView) => ReactNode;

export function Chart({ patientId, beside }: { patientId: string; beside: Beside }) {
  const { t } = useTranslation('clinic');
  const chart = useView('patients.open', { id: patientId });
  usePatientOnScreen(chart.data?.patient);
  if (chart.error) return <Page title={t('chart.title')}><Problem error={chart.error} retry={() => void chart.refetch()} /></Page>;
  if (chart.data === undefined) return <Page title={t('chart.title')}><Skeleton rows={8} /></Page>;
  return <Open chart={chart.data} beside={beside} />;
}

function Open({ chart: { patient, studies, has_account }, beside }: { chart: ChartView; beside: Beside }) {
  const { t } = useTranslation('clinic');
  const mayRead = useMay('reading.worklist');
  // The same facts as the worklist's: what was read and judged, by scan.
  const facts = useView('reading.worklist', { status: null, modality: null, query: '', patient_id: patient.id, only_above: false, cursor: null, limit: 200 }, { enabled: mayRead && studies.length > 0 });
  const byScan = new Map(facts.data?.rows.map((row) => [row.scan_id, row]));
  return (
    <Page title={t('chart.title')} width="prose" actions={<Button kind="primary" icon={FileDown} action="frame.import" onClick={() => runAction('frame.import')}>{t('chart.import')}</Button>}>
      <div className={styles.chart}>
        <div className={styles.side}>
          {beside(patient)}
          <Panel title={t('chart.scans')} flush>
            {facts.error && <Problem error={facts.error} small />}
            {studies.length === 0 && <Empty title={t('chart.noScans')} hint={t('chart.noScansHint')} />}
            {studies.map((study) => <Study key={study.id} study={study} facts={byScan} />)}
          </Panel>
        </div>
        <div className={styles.side}>
          <AllergiesPanel patient={patient} />
          <Identity chart={{ patient, studies, has_account }} />
        </div>
      </div>
    </Page>
  );
}

type Asked = 'correct' | 'restrict' | 'account' | null;

function Identity({ chart: { patient, has_account } }: { chart: ChartView }) {
  const { t } = useTranslation('clinic');
  const [asked, setAsked] = useState<Asked>(null);
  const mayCorrect = useMay('patients.correct');
  const mayRestrict = useMay('patients.set_restricted');
  const close = () => setAsked(null);
  return (
    <Panel title={t('identity.title')} aside={mayCorrect && <Button kind="quiet" icon={Pencil} onClick={() => setAsked('correct')}>{t('identity.correct')}</Button>}>
      <dl className={styles.facts}>
        <dt>{t('common:patient.name')}</dt><dd><bdi>{patient.name}</bdi></dd>
        <dt>{t('common:patient.born')}</dt><dd>{patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date)}</dd>
        <dt>{t('common:patient.sex')}</dt><dd>{t(`common:sex.${patient.sex}`)}</dd>
        <dt>{t('common:patient.number')}</dt><dd>{patient.number}</dd>
        <dt>{t('common:patient.externalId')}</dt><dd><bdi>{patient.external_id ?? t('common:none')}</bdi></dd>
        <dt>{t('identity.account')}</dt><dd>{has_account ? t('identity.hasAccount') : t('identity.noAccount')}</dd>
      </dl>
      {(mayCorrect || mayRestrict) && (
        <div className={styles.buttons}>
          {mayCorrect && !has_account && <Button icon={KeyRound} onClick={() => setAsked('account')}>{t('identity.makeAccount')}</Button>}
          {mayRestrict && <Button icon={patient.restricted ? LockKeyholeOpen : LockKeyhole} onClick={() => setAsked('restrict')}>{patient.restricted ? t('restrict.open') : t('restrict.restrict')}</Button>}
        </div>
      )}
      {asked === 'correct' && <CorrectPatient patient={patient} onClose={close} />}
      {asked === 'restrict' && <Restrict patient={patient} onClose={close} />}
      {asked === 'account' && <PatientAccount patient={patient} onClose={close} />}
    </Panel>
  );
}
