// The counter's foot while something is given out: all that is left, from the batch of last time, after two identifiers. Three keys:
// D opens it on the identifiers, Space ticks them, Ctrl+Enter gives out.
import { PackageCheck, X } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { PrescriptionView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useAction } from '../../shared/keys';
import { announce, Button, Checkbox, IconButton, Problem, TextInput, toast } from '../../shared/ui';
import { Identity, identifiersOf } from '../Identity';
import { newId } from '../ids';
import styles from '../prescriptions.module.css';
import type { Reasons } from '../Warnings';
import { useOrderWords } from '../words';

export function Dispense({ one, reasons, onClose }: { one: PrescriptionView; reasons: Reasons; onClose: () => void }) {
  const { t } = useTranslation('prescriptions');
  const { counted } = useOrderWords();
  const give = useCommand('prescriptions.dispense');
  const form = useRef<HTMLFormElement>(null);
  const [fact_id] = useState(newId);
  const once = Number(one.order.quantity.amount);
  const left = Number(one.left.amount);
  // At once what the doctor wrote for once; of several repeats the next.
  const [amount, setAmount] = useState(String(Math.min(once, left)));
  const [batch, setBatch] = useState(one.last_batch?.batch ?? '');
  const [expiry, setExpiry] = useState(one.last_batch?.expiry ?? '');
  const [compared, setCompared] = useState(false);
  const [other, setOther] = useState(false);
  const [product, setProduct] = useState('');
  const [why, setWhy] = useState('');
  const answered = one.fresh.every((key) => (reasons[key] ?? '').trim() !== '');
  const filled = amount.trim() !== '' && batch.trim() !== '' && expiry.trim() !== '' && (!other || (product.trim() !== '' && why.trim() !== ''));
  const ready = compared && filled && answered && !give.isPending;
  const quantity = counted({ ...one.left, amount: amount.trim() });
  useEffect(() => form.current?.querySelector<HTMLElement>('input[name=identity]')?.focus(), []);
  const go = () => {
    if (!ready) return;
    give.mutate({
      fact_id, prescription_id: one.id, over: one.facts.length, amount: amount.trim(), batch, expiry, product: other ? product : null, why: other ? why : '', note: '',
      overrides: one.fresh.map((key) => ({ key, reason: reasons[key] ?? '' })), confirmed: identifiersOf(one.patient),
    }, {
      onSuccess: () => {
        toast(t('pharmacy.done', { quantity }));
        announce(t('pharmacy.done', { quantity }));
        onClose();
      },
    });
  };
  useAction('prescriptions.confirm', go);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    go();
  };
  return (
    <form ref={form} className={styles.give} aria-label={t('pharmacy.dispense')} onSubmit={onSubmit}>
      <Identity patient={one.patient} label={t('pharmacy.confirmed')} checked={compared} onChange={setCompared} />
      <div className={styles.fields}>
        <TextInput name="amount" inputMode="decimal" label={`${t('paper.quantity')} (${t(`unit.${one.left.unit}`)})`} hint={t('pharmacy.whole', { quantity: counted(one.left) })} value={amount} onChange={({ target }) => setAmount(target.value)} />
        <TextInput name="batch" label={t('field.batch')} value={batch} maxLength={60} onChange={({ target }) => setBatch(target.value)} />
        <TextInput name="expiry" label={t('field.expiry')} placeholder="2027-08" value={expiry} onChange={({ target }) => setExpiry(target.value)} />
      </div>
      {one.order.substitution && <Checkbox name="other" label={t('pharmacy.substituted')} checked={other} onChange={({ target }) => setOther(target.checked)} />}
      {other && (
        <div className={styles.fields}>
          <TextInput name="product" label={t('field.product')} value={product} maxLength={200} onChange={({ target }) => setProduct(target.value)} />
          <TextInput name="why" label={t('field.why')} value={why} maxLength={500} onChange={({ target }) => setWhy(target.value)} />
        </div>
      )}
      {give.error && <Problem error={give.error} small />}
      <div className={styles.buttons}><IconButton icon={X} label={t('common:cancel')} onClick={onClose} /><Button kind="primary" type="submit" icon={PackageCheck} action="prescriptions.confirm" busy={give.isPending} disabled={!ready}>{t('pharmacy.confirm', { quantity })}</Button></div>
    </form>
  );
}
