import { useId, type ComponentProps, type ReactNode } from 'react';

import styles from './Field.module.css';

interface FieldProps {
  label: string;
  /** A sentence under the label. */
  hint?: ReactNode;
  /** What is wrong; read out when it appears. */
  error?: string | undefined;
  optional?: string;
  /** Gets the ids that tie the control to its words. */
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A labelled control with hint and error. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {label}
        {optional !== undefined && <span className={styles.optional}> {optional}</span>}
      </label>
      {hint !== undefined && <p id={`${id}-hint`} className={styles.hint}>{hint}</p>}
      {children({ id, ...(described === '' ? {} : { 'aria-describedby': described }), ...(error === undefined ? {} : { 'aria-invalid': true }) })}
      {error !== undefined && <p id={`${id}-error`} role="alert" className={styles.error}>{error}</p>}
    </div>
  );
}

type InputProps = ComponentProps<'input'> & { label: string; hint?: ReactNode; error?: string | undefined; optional?: string };

export function TextInput({ label, hint, error, optional, className, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional === undefined ? {} : { optional })}>
      {(ids) => <input type="text" autoComplete="off" spellCheck={false} {...rest} {...ids} className={[styles.input, className].join(' ')} />}
    </Field>
  );
}

type AreaProps = ComponentProps<'textarea'> & { label: string; hint?: ReactNode; error?: string | undefined };

export function TextArea({ label, hint, error, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className={styles.input} />}
    </Field>
  );
}

type SelectProps = ComponentProps<'select'> & { label: string; hint?: ReactNode; error?: string | undefined; options: readonly { value: string; label: string }[] };

export function Select({ label, hint, error, options, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <select {...rest} {...ids} className={styles.input}>
          {options.map(({ value, label: words }) => <option key={value} value={value}>{words}</option>)}
        </select>
      )}
    </Field>
  );
}

export function Checkbox({ label, hint, ...rest }: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input type="checkbox" {...rest} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <p id={`${id}-hint`} className={styles.hint}>{hint}</p>}
      </div>
    </div>
  );
}
