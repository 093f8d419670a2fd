import { Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Allergies, Allergy, PatientView, Severity } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, IconButton, Problem, Select, TextInput, toast } from '../../shared/ui';
import styles from './patients.module.css';

const SEVERITIES: readonly Severity[] = ['mild', 'moderate', 'severe', 'unknown'];
const STATES = ['known', 'none_known', 'not_asked'] as const;
const blank: Allergy = { substance: '', reaction: '', severity: 'unknown' };

export function EditAllergies({ patient, onClose }: { patient: PatientView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const save = useCommand('patients.set_allergies');
  const [state, setState] = useState<Allergies['state']>(patient.allergies.state);
  const [items, setItems] = useState<readonly Allergy[]>(patient.allergies.state === 'known' ? patient.allergies.items : [blank]);
  const named = items.filter(({ substance }) => substance.trim() !== '');
  const set = (index: number, change: Partial<Allergy>) => setItems(items.map((item, at) => (at === index ? { ...item, ...change } : item)));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const allergies: Allergies = state === 'known' ? { state, items: named.map(({ substance, reaction, severity }) => ({ substance: substance.trim(), reaction: reaction.trim(), severity })) } : { state };
    save.mutate({ id: patient.id, allergies }, {
      onSuccess: () => {
        toast(t('allergies.saved'));
        onClose();
      },
    });
  };
  return (
    <Dialog
      open onOpenChange={onClose} size="large" title={t('allergies.editTitle')} description={`${patient.name} · ${patient.number}`}
      footer={<Button kind="primary" type="submit" form="allergies" busy={save.isPending} disabled={state === 'known' && named.length === 0}>{t('allergies.save')}</Button>}
    >
      <form id="allergies" className={styles.form} onSubmit={onSubmit}>
        <fieldset className={styles.choices}>
          <legend className="unseen">{t('allergies.title')}</legend>
          {STATES.map((one) => (
            <label key={one}><input type="radio" name="state" checked={state === one} onChange={() => setState(one)} />{t(`allergies.state.${one}`)}</label>
          ))}
        </fieldset>
        {state === 'known' && items.map((item, index) => (
          <div key={index} className={styles.allergyRow}>
            <TextInput label={t('allergies.substance')} value={item.substance} onChange={(event) => set(index, { substance: event.target.value })} />
            <TextInput label={t('allergies.reaction')} value={item.reaction} onChange={(event) => set(index, { reaction: event.target.value })} />
            <Select label={t('allergies.how')} value={item.severity} onChange={(event) => set(index, { severity: event.target.value as Severity })} options={SEVERITIES.map((one) => ({ value: one, label: t(`allergies.severity.${one}`) }))} />
            <IconButton icon={Trash2} label={t('allergies.remove', { name: item.substance })} disabled={items.length === 1} onClick={() => setItems(items.filter((_, at) => at !== index))} />
          </div>
        ))}
        {state === 'known' && <div><Button icon={Plus} onClick={() => setItems([...items, blank])}>{t('allergies.add')}</Button></div>}
        {save.error && <Problem error={save.error} />}
      </form>
    </Dialog>
  );
}
