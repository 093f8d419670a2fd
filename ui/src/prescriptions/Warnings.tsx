// What speaks against a medicine: each with its source, and a place for the reason why it does not hold here. It never blocks.
import { CircleHelp, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { OverriddenView, PrescriptionFindings, PrescriptionWarning } from '../bindings/types';
import { Chip, TextInput } from '../shared/ui';
import styles from './prescriptions.module.css';
import { useOrderWords } from './words';

export type Reasons = Readonly<Record<string, string>>;

interface WarningsProps {
  warnings: readonly PrescriptionWarning[];
  /** Reasons as they are typed; none where nothing is asked. */
  reasons?: Reasons;
  onReason?: (key: string, reason: string) => void;
  /** Came up since the doctor signed. */
  fresh?: boolean;
}

export function Warnings({ warnings, reasons, onReason, fresh = false }: WarningsProps) {
  const { t } = useTranslation('prescriptions');
  return (
    <ul className={styles.warnings}>
      {warnings.map((warning) => (
        <li key={warning.key} data-level={warning.level}>
          <What warning={warning} fresh={fresh} />
          {onReason && <TextInput name={`reason-${warning.key}`} label={t('checks.reason')} hint={t('checks.reasonHint')} value={reasons?.[warning.key] ?? ''} maxLength={500} onChange={({ target }) => onReason(warning.key, target.value)} />}
        </li>
      ))}
    </ul>
  );
}

/** What the doctor was warned of, and why it was signed all the same. */
export function Overridden({ overridden }: { overridden: readonly OverriddenView[] }) {
  const { t } = useTranslation('prescriptions');
  return (
    <ul className={styles.warnings}>
      {overridden.map(({ warning, reason }) => (
        <li key={warning.key} data-level={warning.level}>
          <What warning={warning} />
          <p className={styles.reason}>{t('checks.overridden', { reason })}</p>
        </li>
      ))}
    </ul>
  );
}

function What({ warning, fresh = false }: { warning: PrescriptionWarning; fresh?: boolean }) {
  const { t } = useTranslation('prescriptions');
  const { warning: sentence } = useOrderWords();
  const grave = warning.level === 'contraindicated';
  return (
    <>
      <p className={styles.what}>
        <Chip tone={grave ? 'urgent' : 'soon'} icon={grave ? OctagonAlert : TriangleAlert}>{t(`kind.${warning.kind}`)}: {t(`level.${warning.level}`)}</Chip>
        {fresh && <Chip tone="outline">{t('checks.fresh')}</Chip>}
      </p>
      <p>{sentence(warning)}</p>
      {warning.source !== null && <p className={styles.quiet}>{t('checks.source', { title: warning.source.title, section: warning.source.section })}</p>}
    </>
  );
}

/** What was not checked, and by what the rest was. */
export function Unchecked({ findings }: { findings: PrescriptionFindings }) {
  const { t } = useTranslation('prescriptions');
  const { notCovered } = useOrderWords();
  return (
    <>
      {!findings.allergies_asked && <p className={styles.unknown}><CircleHelp size={16} aria-hidden />{t('checks.notAsked')}</p>}
      {findings.not_covered.length > 0 && <p className={styles.unknown}><CircleHelp size={16} aria-hidden />{notCovered(findings.not_covered)}</p>}
    </>
  );
}
