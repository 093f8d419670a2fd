// The report as the paper it will become.
import { Maximize2, Minimize2 } from 'lucide-react';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

import { useAction } from '../../shared/keys';
import { IconButton, Problem, Skeleton } from '../../shared/ui';
import styles from './page.module.css';
import type { Pages } from './use-pages';

interface PageViewProps {
  pages: Pages;
  /** Whose report, for who listens instead of looking. */
  title: string;
  /** What is on the screen beside it is newer than the page. */
  behind?: boolean;
  scroller?: Ref<HTMLDivElement>;
}

export function PageView({ pages: { urls, error, retry, behind: drawing }, title, behind = false, scroller }: PageViewProps) {
  const { t } = useTranslation('reports');
  const [zoom, setZoom] = useState<'fit' | 'full'>('fit');
  const next = zoom === 'fit' ? 'full' : 'fit';
  useAction('reports.zoom', () => setZoom(next));
  return (
    <section className={styles.pane} aria-label={t('page.title')} data-pane>
      <header className={styles.bar}>
        <span className={styles.count}>{urls.length > 0 && t('page.count', { count: urls.length })}</span>
        <span className={styles.behind} role="status">{(behind || drawing) && urls.length > 0 ? t('page.behind') : ''}</span>
        <IconButton icon={zoom === 'fit' ? Maximize2 : Minimize2} label={t(`page.${next}`)} action="reports.zoom" onClick={() => setZoom(next)} />
      </header>
      {/* A pane that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroller} className={styles.scroll} data-zoom={zoom} tabIndex={0} role="group" aria-label={t('page.title')}>
        {error && <Problem error={error} retry={retry} />}
        {urls.length === 0 && !error && <div className={styles.paper}><Skeleton rows={14} /></div>}
        {urls.map((url, n) => <img key={n} data-page={n + 1} className={styles.paper} src={url} alt={t('page.alt', { title, n: n + 1, of: urls.length })} />)}
      </div>
    </section>
  );
}
