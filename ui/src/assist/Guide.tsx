// The user guide inside the program, opened at the passage that an answer rests on.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { GuideBlockView, GuidePageView, GuideSpanView } from '../bindings/types';
import { useView } from '../host/query';
import { Button, Problem, Skeleton } from '../shared/ui';
import styles from './Guide.module.css';

export interface At {
  page: string;
  block: number;
}

export function Guide({ at, onBack }: { at: At | null; onBack: () => void }) {
  const { t } = useTranslation('assist');
  const guide = useView('assist.guide', null);
  const [chosen, setChosen] = useState<string | null>(null);
  const pages = guide.data ?? [];
  const page = pages.find(({ id }) => id === (chosen ?? at?.page)) ?? pages[0];
  return (
    <div className={styles.guide}>
      <div className={styles.bar}>
        <Button kind="quiet" icon={ArrowLeft} onClick={onBack}>{t('guide.back')}</Button>
        {page !== undefined && (
          <select aria-label={t('guide.pages')} value={page.id} onChange={(event) => setChosen(event.target.value)}>
            {pages.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
          </select>
        )}
      </div>
      {guide.error && <Problem error={guide.error} retry={() => void guide.refetch()} small />}
      {guide.isPending && <Skeleton rows={8} />}
      {page !== undefined && <PageOf key={page.id} page={page} mark={page.id === at?.page ? at.block : null} />}
    </div>
  );
}

function PageOf({ page, mark }: { page: GuidePageView; mark: number | null }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const block = here.current?.querySelector<HTMLElement>('[data-mark]') ?? here.current;
    block?.focus({ preventScroll: true });
    block?.scrollIntoView({ block: mark === null ? 'start' : 'center' });
  }, [mark]);
  return (
    <div ref={here} className={styles.page} lang="en" dir="ltr" tabIndex={-1}>
      <h3>{page.title}</h3>
      {page.blocks.map((block, index) => (
        <div key={index} className={styles.block} data-kind={block.kind} data-mark={index === mark || undefined} style={{ marginInlineStart: `${Math.max(0, block.depth - 1) * 1.25}rem` }} tabIndex={index === mark ? -1 : undefined}>
          <Block block={block} />
        </div>
      ))}
    </div>
  );
}

function Block({ block: { kind, cells } }: { block: GuideBlockView }) {
  if (kind === 'heading') return <h4><Words spans={cells[0] ?? []} /></h4>;
  if (kind === 'code') return <pre><Words spans={cells[0] ?? []} /></pre>;
  if (kind === 'row' || kind === 'head') return <div className={styles.cells}>{cells.map((spans, index) => <span key={index}><Words spans={spans} /></span>)}</div>;
  return <p><Words spans={cells[0] ?? []} /></p>;
}

function Words({ spans }: { spans: readonly GuideSpanView[] }) {
  return spans.map(({ text, style }, index) => (
    style === 'strong' ? <strong key={index}>{text}</strong> : style === 'emphasis' ? <em key={index}>{text}</em> : style === 'code' ? <code key={index}>{text}</code> : <span key={index}>{text}</span>
  ));
}
