// A dialog that asks for some words before something is done, and perhaps for a number.
import { useState, type FormEvent } from 'react';

import type { ErrorView } from '../bindings/types';
import { Button, Dialog, Problem, TextArea, TextInput } from '../shared/ui';
import { newId } from './ids';
import styles from './prescriptions.module.css';

interface SayingProps {
  title: string;
  hint: string;
  label: string;
  go: string;
  kind?: 'primary' | 'danger';
  /** Where a number is asked for: its label and what it begins with. */
  amount?: { label: string; value: string };
  busy: boolean;
  error: ErrorView | null;
  onSay: (text: string, factId: string, amount: string) => void;
  onClose: () => void;
}

export function Saying({ title, hint, label, go, kind = 'primary', amount, busy, error, onSay, onClose }: SayingProps) {
  const [text, setText] = useState('');
  const [number, setNumber] = useState(amount?.value ?? '');
  const [id] = useState(newId);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onSay(text, id, number);
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={hint} size="small" footer={<Button kind={kind} type="submit" form="saying" busy={busy} disabled={text.trim() === '' || (amount !== undefined && number.trim() === '')}>{go}</Button>}>
      <form id="saying" className={styles.answer} onSubmit={onSubmit}>
        {amount && <TextInput name="amount" inputMode="decimal" label={amount.label} value={number} onChange={({ target }) => setNumber(target.value)} />}
        <TextArea name="text" label={label} value={text} onChange={({ target }) => setText(target.value)} />
        {error && <Problem error={error} small />}
      </form>
    </Dialog>
  );
}
