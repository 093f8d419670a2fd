import { useTranslation } from 'react-i18next';

import type { Language, MacroView } from '../../bindings/types';
import { directionOf } from '../../shared/languages';
import type { CaretPlace } from './caret';
import styles from './macros.module.css';

interface MacroListProps {
  id: string;
  macros: readonly MacroView[];
  cursor: number;
  place: CaretPlace;
  language: Language;
  onPick: (macro: MacroView) => void;
  onPoint: (index: number) => void;
}

/** What `.na` may mean, under the caret. The text field keeps the focus and takes the keys. */
export function MacroList({ id, macros, cursor, place, language, onPick, onPoint }: MacroListProps) {
  const { t } = useTranslation('reports');
  return (
    <div id={id} role="listbox" aria-label={t('macro.title')} className={styles.list} style={{ insetBlockStart: place.y + 4 }}>
      {macros.map((macro, index) => (
        // The field above handles the keys for the option that it names.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={macro.name} id={`${id}-${index}`} role="option" aria-selected={index === cursor} tabIndex={-1} className={styles.option}
          onPointerDown={(event) => event.preventDefault()} onClick={() => onPick(macro)} onPointerMove={() => index !== cursor && onPoint(index)}
        >
          <span className={styles.name} dir="ltr">.{macro.name}</span>
          <span className={styles.words} dir={directionOf(language)}><bdi>{macro.text}</bdi></span>
        </div>
      ))}
    </div>
  );
}
