// The medicine by its ingredients: names of the table are offered while one types; any other may be written, and is told from them.
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../../host/query';
import { useSettled } from '../../shared/debounce';
import { Field } from '../../shared/ui';
import styles from '../prescriptions.module.css';

interface MedicineProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
}

export function Medicine({ value, error, onChange, onLeave }: MedicineProps) {
  const { t } = useTranslation('prescriptions');
  const list = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  // The last of several ingredients is the one that is being typed.
  const parts = value.split('+');
  const typing = (parts.at(-1) ?? '').trim();
  const offered = useView('prescriptions.suggest', { typed: useSettled(typing, 120) }, { enabled: open && typing.length > 1, keep: true }).data ?? [];
  const shown = open && typing.length > 1 && offered.length > 0 && offered.every(({ name }) => name !== typing);
  const take = (name: string) => {
    onChange([...parts.slice(0, -1).map((part) => part.trim()), name].join(' + '));
    setOpen(false);
  };
  return (
    <div className={styles.medicine}>
      <Field label={t('field.medicine')} hint={t('hint.medicine')} error={error}>
        {(ids) => (
          <input
            {...ids} type="text" name="medicine" autoComplete="off" spellCheck={false} className={styles.input} value={value} role="combobox" aria-expanded={shown} aria-controls={shown ? list : undefined} aria-activedescendant={shown ? `${list}-${at}` : undefined} aria-autocomplete="list"
            onChange={({ target }) => {
              onChange(target.value);
              setOpen(true);
              setAt(0);
            }}
            onBlur={() => {
              setOpen(false);
              onLeave();
            }}
            onKeyDown={(event) => {
              if (!shown) return;
              const choice = offered[at];
              if (event.key === 'ArrowDown') setAt((at + 1) % offered.length);
              else if (event.key === 'ArrowUp') setAt((at + offered.length - 1) % offered.length);
              else if (event.key === 'Enter' && choice !== undefined) take(choice.name);
              else if (event.key === 'Escape') setOpen(false);
              else return;
              event.preventDefault();
            }}
          />
        )}
      </Field>
      {shown && (
        <ul id={list} className={styles.offered} role="listbox" aria-label={t('field.medicine')}>
          {offered.map(({ name, as_typed }, index) => (
            // The keyboard chooses in the field itself.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li key={name} id={`${list}-${index}`} role="option" aria-selected={index === at} onMouseDown={(event) => event.preventDefault()} onClick={() => take(name)}>
              <bdi>{name}</bdi>{as_typed !== null && <span className={styles.quiet}>{t('hint.known', { name: as_typed })}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
