// The text left, the page it becomes right, signing at the foot. Everything can be done without the mouse.
import { FileText, TextQuote } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DraftView, Language, ReportContent, ReportView } from '../../bindings/types';
import { useView } from '../../host/query';
import { useAction } from '../../shared/keys';
import { directionOf, languageChoices } from '../../shared/languages';
import { Button, Problem } from '../../shared/ui';
import { PageView } from '../page/PageView';
import { usePagesOf } from '../page/use-pages';
import { useSameScroll } from '../page/use-same-scroll';
import { SECTIONS } from '../sections';
import { AiPart } from './AiPart';
import { Conflict } from './Conflict';
import styles from './editor.module.css';
import { isUnsaved } from './keeper';
import { MacroDialog } from './MacroDialog';
import { NotSaved } from './SaveState';
import { SectionField } from './SectionField';
import { SignBar } from './SignBar';
import { Templates } from './Templates';
import { useKept, useKeeper } from './use-keeper';

export function Editor({ report, draft }: { report: ReportView; draft: DraftView }) {
  const { t } = useTranslation('reports');
  const keeper = useKeeper(report, draft);
  const content = useKept(keeper, (state) => state.content);
  const unsaved = useKept(keeper, isUnsaved);
  const edit = useKept(keeper, ({ kept }) => kept.edit);
  const own = useView('reports.own_macros', null);
  const macros = useMemo(() => own.data ?? [], [own.data]);
  const [phrases, setPhrases] = useState(false);
  const text = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const pages = usePagesOf(report.id, null, `draft ${edit}`);
  useSameScroll(text, paper);
  useAction('reports.save', () => void keeper.flush());
  useAction('reports.macros', () => setPhrases(true));
  useAction('reports.nextSection', () => moveSection(text.current, 1));
  useAction('reports.previousSection', () => moveSection(text.current, -1));
  const change = (part: Partial<ReportContent>) => keeper.change(part);

  return (
    <div className={styles.editor}>
      <div className={styles.work}>
        <section className={styles.pane} aria-label={t('editor.title')} data-pane>
          <header className={styles.tools}>
            <Templates report={report} content={content} onChange={change} />
            <Button kind="quiet" icon={TextQuote} action="reports.macros" onClick={() => setPhrases(true)}>{t('macro.open')}</Button>
          </header>
          <NotSaved keeper={keeper} />
          <Conflict keeper={keeper} />
          {/* A pane that scrolls must be reachable by the keyboard. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={text} className={styles.scroll} tabIndex={0} role="group" aria-label={t('editor.title')}>
            {draft.of !== null && <p className={styles.reopened}><FileText size={16} aria-hidden /><span>{t(draft.of === 'preliminary' ? 'editor.ofPreliminary' : 'editor.ofFinal', { revision: report.revision })}{draft.reason !== '' && <> <bdi>{draft.reason}</bdi></>}</span></p>}
            {own.error && <Problem error={own.error} small retry={() => void own.refetch()} />}
            <div className={styles.exam}>
              <label>
                <span>{t('section.title')}</span>
                <input name="title" value={content.title} lang={content.language} dir={directionOf(content.language)} maxLength={200} onChange={(event) => change({ title: event.target.value })} />
              </label>
              <label>
                <span>{t('editor.language')}</span>
                <select name="report-language" value={content.language} onChange={(event) => change({ language: event.target.value as Language })}>
                  {languageChoices().map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
                </select>
              </label>
            </div>
            {SECTIONS.map((section) => (
              <SectionField key={section} section={section} text={content.text[section]} language={content.language} macros={macros} onChange={(words) => change({ text: { ...keeper.store.getState().content.text, [section]: words } })} />
            ))}
            <AiPart report={report} content={content} onChange={change} />
          </div>
        </section>
        <PageView pages={pages} title={`${content.title}, ${report.patient.name}`} behind={unsaved} scroller={paper} />
      </div>
      <SignBar report={report} draft={draft} keeper={keeper} pages={pages} />
      {phrases && <MacroDialog macros={macros} onClose={() => setPhrases(false)} />}
    </div>
  );
}

/** From one section's field to the next, whatever stands between. */
function moveSection(pane: HTMLElement | null, by: 1 | -1): void {
  const fields = [...(pane?.querySelectorAll<HTMLElement>('textarea, input[name="title"]') ?? [])];
  const now = fields.findIndex((field) => field === document.activeElement);
  fields[now < 0 ? 0 : Math.max(0, Math.min(fields.length - 1, now + by))]?.focus();
}
