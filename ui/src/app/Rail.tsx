import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useReviews } from '../break-glass';
import { useView } from '../host/query';
import { useRunning, waitingIn } from '../live';
import { useToDo } from '../reports';
import { showCount } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { useAction } from '../shared/keys';
import { useMay } from '../shared/session-store';
import { Tooltip } from '../shared/ui';
import type { Place } from './places';
import styles from './Rail.module.css';

/** The places of this role. A count is asked of the record, never guessed; where there is none, none is shown. */
export function Rail({ places, narrow }: { places: readonly Place[]; narrow: boolean }) {
  const { t } = useTranslation('frame');
  const waiting = useWaiting();
  const talks = useTalks();
  const papers = usePapers();
  const reviews = useReviewCount();
  return (
    <nav aria-label={t('rail')} className={styles.rail} data-pane data-narrow={narrow || undefined}>
      <ul>
        {places.map((place) => {
          const { count, told, word } = place.path === '/worklist' && waiting !== undefined ? { count: waiting, told: t('waiting', { count: waiting }), word: t('waitingWord') }
            : place.path === '/consultations' ? talks : place.path === '/reports' ? papers : place.path === '/reviews' ? reviews : NOTHING;
          const name = t(`go.${place.name}`);
          return (
            <li key={place.path}>
              <Tooltip text={told ?? name} action={`go${place.path}`}>
                <Link to={place.path} className={styles.place} {...(narrow ? { 'aria-label': name } : {})} activeProps={{ 'aria-current': 'page' }}>
                  <place.icon size={17} aria-hidden />
                  <span className={styles.word}>{name}</span>
                  {count !== undefined && count > 0 && <span className={[styles.count, 'numbers'].join(' ')}>{showCount(count)}<span className="unseen"> {word}</span></span>}
                </Link>
              </Tooltip>
              <PlaceKey path={place.path} />
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function PlaceKey({ path }: { path: string }) {
  const go = useGo();
  useAction(`go${path}`, () => go.to(path));
  return null;
}

interface Count {
  count?: number;
  told?: string;
  word?: string;
}

const NOTHING: Count = {};

/** Consultations that last; where somebody waits before a door, that is what counts. */
function useTalks(): Count {
  const { t } = useTranslation('frame');
  const running = useRunning();
  if (running === undefined || running.length === 0) return NOTHING;
  const waiting = waitingIn(running);
  return waiting > 0 ? { count: waiting, told: t('live:waiting.title', { count: waiting }), word: t('live:waiting.word') } : { count: running.length, told: t('live:list.runningCount', { count: running.length }), word: t('live:list.lasts') };
}

/** Texts to sign, and deliveries that somebody must look after. */
function usePapers(): Count {
  const { t } = useTranslation('frame');
  const count = useToDo();
  return count === undefined || count === 0 ? NOTHING : { count, told: t('reports:list.toDo', { count }), word: t('reports:list.toDoWord') };
}

/** Emergency accesses that somebody must review. */
function useReviewCount(): Count {
  const { t } = useTranslation('frame');
  const reviews = useReviews();
  return reviews === undefined || reviews.waiting === 0 ? NOTHING : { count: reviews.waiting, told: t('break-glass:toReview', { count: reviews.waiting }), word: t('break-glass:toReviewWord') };
}

/** Scans that no clinician has judged yet. */
function useWaiting(): number | undefined {
  const may = useMay('reading.worklist');
  const { data } = useView('reading.worklist', { status: null, modality: null, query: '', patient_id: null, only_above: false, cursor: null, limit: 1 }, { enabled: may, keep: true });
  return data === undefined ? undefined : data.counts.imported + data.counts.read;
}
