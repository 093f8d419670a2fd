// The note itself: three sections of sentences. What the machine wrote says so; what was struck out stays in sight with its reason.
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoteDesk, NoteSection } from '../bindings/types';
import { Button } from '../shared/ui';
import { SECTIONS, type Keeper, type Line } from './lines';
import styles from './note.module.css';
import { DraftedBy } from './NoteState';
import { Sentence } from './Sentence';
import { useLines } from './use-lines';

interface SentencesProps {
  desk: NoteDesk;
  keeper: Keeper;
  writing: boolean;
  onLook: (messageId: string) => void;
}

export function Sentences({ desk, keeper, writing, onLook }: SentencesProps) {
  const { t } = useTranslation('notes');
  const lines = useLines(keeper, (state) => state.lines);
  const box = useRef<HTMLDivElement>(null);
  const content = desk.note?.newest.content;
  const known = new Map(content?.sentences.map((sentence) => [sentence.id, sentence]));
  const focus = (key: string) => window.setTimeout(() => box.current?.querySelector<HTMLTextAreaElement>(`[data-line="${key}"] textarea`)?.focus());

  const add = (section: NoteSection, after: Line | null) => {
    const line: Line = { key: `n${crypto.randomUUID()}`, id: null, section, text: '', taken: false };
    keeper.change((all) => {
      const at = after === null ? all.length : all.findIndex(({ key }) => key === after.key) + 1;
      return [...all.slice(0, at), line, ...all.slice(at)];
    });
    focus(line.key);
  };
  const remove = (line: Line) => {
    const near = lines.filter(({ section }) => section === line.section);
    const next = near[near.findIndex(({ key }) => key === line.key) - 1] ?? near.find(({ key }) => key !== line.key);
    keeper.change((all) => all.filter(({ key }) => key !== line.key));
    if (next !== undefined) focus(next.key);
  };
  const change = (line: Line, part: Partial<Line>) => keeper.change((all) => all.map((one) => (one.key === line.key ? { ...one, ...part } : one)));

  return (
    <div ref={box} className={styles.sections}>
      {content?.drafter != null && <p className={styles.drafted}><DraftedBy drafter={content.drafter} /></p>}
      {SECTIONS.map((section) => {
        const here = lines.filter((line) => line.section === section);
        return (
          <section key={section} aria-label={t(`section.${section}`)}>
            <h2>{t(`section.${section}`)}</h2>
            {here.length === 0 && <p className={styles.quiet}>{t(`nothing.${section}`)}</p>}
            <ul>
              {here.map((line) => (
                <Sentence
                  key={line.key} line={line} known={line.id === null ? undefined : known.get(line.id)} writing={writing} language={content?.language ?? 'en'} onLook={onLook}
                  onChange={(part) => change(line, part)} onRemove={() => remove(line)} onNext={() => add(section, line)}
                />
              ))}
            </ul>
            {writing && <Button kind="quiet" icon={Plus} onClick={() => add(section, null)}>{t('add')}</Button>}
          </section>
        );
      })}
    </div>
  );
}
