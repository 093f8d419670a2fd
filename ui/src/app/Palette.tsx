// Ctrl K: every action that something on screen answers to, and every patient the role may see.
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showBirth } from '../i18n/dates';
import { useSearchFor } from '../search';
import { useGo } from '../shared/go';
import { keyRegistry, runAction } from '../shared/keys';
import { patientOnScreen } from '../shared/patient';
import { useMay } from '../shared/session-store';
import { Kbd, Problem } from '../shared/ui';
import styles from './Palette.module.css';
import { rankByWords } from './rank';

interface Offer {
  id: string;
  name: string;
  detail?: string;
  group: 'patients' | 'actions' | 'search';
  action?: string;
  run: () => void;
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const waiting = useRef(false);
  const list = useId();
  const { offers, error, pending } = useOffers(query.trim(), onClose);
  const cursor = Math.min(at, offers.length - 1);
  const chosen = offers[cursor];
  const settled = chosen !== undefined && !(pending && chosen.group === 'patients');

  useEffect(() => {
    document.getElementById(`${list}-${cursor}`)?.scrollIntoView({ block: 'nearest' });
  }, [cursor, list]);

  // Enter never opens a patient of the words before: it waits for the answer to what was typed.
  useEffect(() => {
    if (!waiting.current || pending) return;
    waiting.current = false;
    chosen?.run();
  }, [pending, chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && offers.length > 0) {
      event.preventDefault();
      setAt((cursor + step + offers.length) % offers.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (settled) chosen.run();
      else waiting.current = pending;
    }
  };

  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.shade} />
        <Radix.Content className={styles.palette} aria-describedby={undefined}>
          <Radix.Title className="unseen">{t('palette.title')}</Radix.Title>
          <input
            role="combobox" aria-expanded aria-controls={list} aria-activedescendant={offers.length > 0 ? `${list}-${cursor}` : undefined} aria-label={t('palette.title')}
            className={styles.input} placeholder={t('palette.placeholder')} value={query} autoComplete="off" spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
              waiting.current = false;
            }}
            onKeyDown={onKeyDown}
          />
          {error && <Problem error={error} small />}
          {offers.length === 0 && <p className={styles.none} role="status">{t('palette.none')}</p>}
          <div id={list} role="listbox" aria-label={t('palette.title')} className={styles.list}>
            {offers.map((offer, index) => (
              // The field above handles the keys for the option that it names.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={offer.id} id={`${list}-${index}`} role="option" aria-selected={index === cursor} tabIndex={-1} className={styles.offer}
                data-first={index === 0 || offers[index - 1]?.group !== offer.group ? t(`palette.${offer.group}`) : undefined}
                onClick={offer.run} onPointerMove={() => index !== cursor && setAt(index)}
              >
                <span className={styles.name}><bdi>{offer.name}</bdi></span>
                {offer.detail !== undefined && <span className={[styles.detail, 'numbers'].join(' ')}>{offer.detail}</span>}
                {offer.action !== undefined && <Kbd action={offer.action} />}
              </div>
            ))}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function useOffers(query: string, onClose: () => void) {
  const { t } = useTranslation('frame');
  const go = useGo();
  const searchFor = useSearchFor();
  const patient = patientOnScreen((screen) => screen.patient);
  const mayFind = useMay('search.page');
  const { actions, handlers } = keyRegistry();
  const maySearch = useMay('patients.page');
  const patients = useView('patients.page', { query, cursor: null, limit: 8 }, { enabled: maySearch && query.length > 0, keep: true });
  // The dialog goes first, so that the focus is back where the action expects it.
  const then = (act: () => void) => () => {
    onClose();
    window.setTimeout(act);
  };

  const acts: Offer[] = actions
    .filter(({ id, keyOnly }) => keyOnly !== true && handlers.has(id))
    .map(({ id, label }) => ({ id, name: t(label), group: 'actions', action: id, run: then(() => runAction(id)) }));
  const people: Offer[] = (query === '' ? [] : (patients.data?.rows ?? [])).map((row) => ({
    id: row.id, name: row.name, group: 'patients', run: then(() => go.chart(row.id)),
    detail: [row.birth_date === null ? '' : showBirth(row.birth_date), row.number].filter(Boolean).join('  '),
  }));
  // Last, so that Enter on a name opens the patient; first where nothing else answers.
  const search: Offer[] = !mayFind || query === '' ? [] : [
    ...(patient === null ? [] : [{ id: 'search.patient', name: t('palette.searchPatient', { query, name: patient.name }), group: 'search' as const, run: then(() => searchFor(query, { id: patient.id, name: patient.name })) }]),
    { id: 'search.all', name: t('palette.searchAll', { query }), group: 'search', run: then(() => searchFor(query)) },
  ];
  return {
    offers: [...rankByWords(acts, query), ...people, ...search],
    error: query === '' ? null : patients.error,
    /** The people are those of the words before. */
    pending: query !== '' && (patients.isPlaceholderData || patients.isLoading),
  };
}
