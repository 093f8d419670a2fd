// One section: it grows with its text, collapses to its first line, and turns `.name` into the doctor's own phrase.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, MacroView } from '../../bindings/types';
import { directionOf } from '../../shared/languages';
import type { Section } from '../sections';
import { caretPlace, type CaretPlace } from './caret';
import styles from './editor.module.css';
import { MacroList } from './MacroList';
import { expanded, named, offered, typedAt, type Typed } from './macros';

interface SectionFieldProps {
  section: Section;
  text: string;
  language: Language;
  macros: readonly MacroView[];
  onChange: (text: string) => void;
}

interface Popup {
  typed: Typed;
  place: CaretPlace;
}

export function SectionField({ section, text, language, macros, onChange }: SectionFieldProps) {
  const { t } = useTranslation('reports');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [open, setOpen] = useState(true);
  const [popup, setPopup] = useState<Popup | null>(null);
  const [at, setAt] = useState(0);
  const caret = useRef<number | null>(null);
  const choices = popup === null ? [] : offered(macros, popup.typed.name);
  const shown = popup !== null && choices.length > 0;
  const cursor = Math.min(at, choices.length - 1);

  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight + 2}px`;
    if (caret.current !== null) area.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text, open]);
  useEffect(() => {
    const area = field.current;
    const width = new ResizeObserver(() => {
      if (area === null) return;
      area.style.blockSize = 'auto';
      area.style.blockSize = `${area.scrollHeight + 2}px`;
    });
    if (area !== null) width.observe(area.parentElement ?? area);
    return () => width.disconnect();
  }, [open]);

  const insert = (typed: Typed, macro: MacroView, then = '') => {
    const area = field.current;
    setPopup(null);
    if (area === null) return;
    area.focus();
    area.setSelectionRange(typed.start, typed.start + 1 + typed.name.length);
    // As if typed, so that Ctrl+Z takes it back; where the engine cannot, the text is set.
    if (document.execCommand('insertText', false, macro.text + then)) return;
    const next = expanded(area.value, typed, macro, then);
    caret.current = next.caret;
    onChange(next.text);
  };
  const look = (area: HTMLTextAreaElement) => {
    const typed = typedAt(area.value, area.selectionStart);
    setAt(0);
    setPopup(typed === null ? null : { typed, place: caretPlace(area, typed.start) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const area = event.currentTarget;
    if (event.nativeEvent.isComposing) return;
    const typed = typedAt(area.value, area.selectionStart);
    if (event.key === ' ' && typed !== null && area.selectionStart === area.selectionEnd) {
      const macro = named(macros, typed.name);
      if (macro !== undefined) {
        event.preventDefault();
        return insert(typed, macro, ' ');
      }
    }
    if (!shown) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && !event.altKey) {
      event.preventDefault();
      setAt((cursor + step + choices.length) % choices.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && choices[cursor] !== undefined) {
      event.preventDefault();
      insert(popup.typed, choices[cursor]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setPopup(null);
    }
  };

  const Mark = open ? ChevronDown : ChevronRight;
  const name = t(`section.${section}`);
  return (
    <section className={styles.section} data-section={section} data-empty={text.trim() === '' || undefined}>
      <h3>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Mark size={15} aria-hidden className={styles.chevron} />{name}
          {!open && <span className={styles.glimpse}><bdi>{text.trim().split('\n')[0] || t('editor.empty')}</bdi></span>}
        </button>
      </h3>
      <div className={styles.area} hidden={!open}>
        {open && (
          <textarea
            ref={field} id={id} name={section} rows={section === 'findings' ? 4 : 1} className={styles.text} aria-label={name} value={text} lang={language} dir={directionOf(language)} maxLength={20_000} spellCheck
            aria-autocomplete="list" aria-controls={shown ? `${id}-macros` : undefined} aria-activedescendant={shown ? `${id}-macros-${cursor}` : undefined}
            onChange={(event) => {
              onChange(event.target.value);
              look(event.target);
            }}
            onKeyDown={onKeyDown} onBlur={() => setPopup(null)} onClick={() => setPopup(null)}
          />
        )}
        {shown && <MacroList id={`${id}-macros`} macros={choices} cursor={cursor} place={popup.place} language={language} onPick={(macro) => insert(popup.typed, macro)} onPoint={setAt} />}
      </div>
    </section>
  );
}
