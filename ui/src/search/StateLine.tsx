// What the search can and cannot do now: words only, or by meaning too, and by whose hands; what is not in it yet.
import { Hourglass, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { MeaningView } from '../bindings/types';
import { useView } from '../host/query';
import { showCount } from '../i18n/numbers';
import { AiMark } from '../shared/ui';
import styles from './search.module.css';
import { ask, searchView } from './view-store';

export function StateLine() {
  const { t } = useTranslation('search');
  const { data } = useView('search.state', null, { keep: true });
  if (data === undefined) return null;
  return (
    <div className={styles.state}>
      {data.meaning === null ? <p>{t('wordsOnly')}</p> : <By meaning={data.meaning} />}
      {data.behind && <p><Hourglass size={14} aria-hidden /> {t('behind')}</p>}
    </div>
  );
}

function By({ meaning: { engine, ready, of, failing } }: { meaning: MeaningView }) {
  const { t } = useTranslation('search');
  const by = searchView((view) => view.by);
  return (
    <>
      <div className={styles.chips} role="group" aria-label={t('by')}>
        {(['words', 'meaning'] as const).map((one) => <button key={one} type="button" aria-pressed={by === one} className={styles.chip} onClick={() => ask({ by: one })}>{t(`by_.${one}`)}</button>)}
      </div>
      {by === 'meaning' && <p><AiMark /> {t('meaning', { engine })}{ready < of && <> <span className="numbers">{t('meaningReady', { ready: showCount(ready), of: showCount(of) })}</span></>}</p>}
      {failing && <p><TriangleAlert size={14} aria-hidden /> {t('failing')}</p>}
    </>
  );
}
