// Whose is it? A file that names nobody, or somebody else than the open patient. Nothing is guessed:
// both identities stand side by side and the person decides.
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Assignment, IdentityView, ImportItem, PatientDetails } from '../bindings/types';
import { useCommand } from '../host/query';
import { showList } from '../i18n/lists';
import { Button, Dialog, PatientForm, PatientPicker, Problem, Tabs } from '../shared/ui';
import styles from './AssignDialog.module.css';
import { Identities } from './Identities';
import { keep } from './store';

const FORM = 'assign-new-patient';

export function AssignDialog({ job, items, onClose }: { job: string; items: readonly ImportItem[]; onClose: () => void }) {
  const { t } = useTranslation('imaging');
  const assign = useCommand('imaging.assign');
  const [way, setWay] = useState('existing');
  const outcome = items[0]?.outcome;
  if (outcome?.kind !== 'needs_patient' && outcome?.kind !== 'identity_differs') return null;
  const { identity } = outcome;
  const named = identity?.name.replaceAll('^', ' ') ?? '';
  const open = outcome.kind === 'identity_differs' ? outcome.open : null;

  const decide = (to: Assignment) => assign.mutate({ job, items: items.map(({ index }) => index), to }, {
    onSuccess: (view) => {
      keep(view);
      onClose();
    },
  });

  return (
    <Dialog
      open onOpenChange={onClose} size="large"
      title={open === null ? t('assign.whose', { count: items.length }) : t('assign.differs', { count: items.length })}
      description={showList(items.map(({ label }) => label).slice(0, 3)) + (items.length > 3 ? ' …' : '')}
      footer={(
        <>
          <Button onClick={() => decide({ kind: 'discard' })} busy={assign.isPending}>{t('assign.discard', { count: items.length })}</Button>
          {open !== null && <Button kind="danger" onClick={() => decide({ kind: 'patient', id: open.id })} busy={assign.isPending}>{t('assign.keepOpen', { name: open.name })}</Button>}
          {way === 'new' && <Button kind="primary" type="submit" form={FORM} busy={assign.isPending}>{t('assign.addAndKeep')}</Button>}
        </>
      )}
    >
      {assign.error && <Problem error={assign.error} />}
      {open !== null && <Identities file={outcome.identity as IdentityView} open={open} />}
      {open === null && <p>{identity === null ? t('assign.silent') : t('assign.says', { name: named, id: identity.id })}</p>}
      <Tabs
        label={t('assign.ways')} value={way} onChange={setWay}
        tabs={[
          { value: 'existing', label: t('assign.existing'), content: <div className={styles.way}><PatientPicker initial={named} onPick={(patient) => decide({ kind: 'patient', id: patient.id })} otherwise={<Button icon={UserPlus} onClick={() => setWay('new')}>{t('assign.new')}</Button>} /></div> },
          { value: 'new', label: t('assign.new'), content: <PatientForm id={FORM} {...(identity === null ? {} : { initial: detailsOf(identity) })} onSubmit={(details) => decide({ kind: 'new_patient', details })} /> },
        ]}
      />
    </Dialog>
  );
}

/** What the file says, as the form wants it: DICOM separates name parts by carets, family name first. */
function detailsOf({ name, id, birth_date, sex }: IdentityView): PatientDetails {
  const [family = '', given = '', ...rest] = name.split('^');
  return { name: [given, ...rest, family].filter(Boolean).join(' '), birth_date, sex, external_id: id === '' ? null : id };
}
