// What an engine heard, piece by piece: a click plays from there; what it is not sure of is underlined.
import { useTranslation } from 'react-i18next';

import type { Language, SegmentView } from '../../bindings/types';
import { directionOf } from '../../shared/languages';
import styles from './voice.module.css';
import { showTime } from './time';

interface HeardProps {
  segments: readonly SegmentView[];
  language: Language;
  className: string | undefined;
  onPlay: (ms: number) => void;
}

export function Heard({ segments, language, className, onPlay }: HeardProps) {
  const { t } = useTranslation('live');
  // Chinese and Japanese put no space between sentences.
  const between = language === 'zh' || language === 'ja' ? '' : ' ';
  return (
    <p className={className} lang={language} dir={directionOf(language)}>
      {segments.filter(({ text }) => text.trim() !== '').map(({ from_ms, text, doubtful }, index) => (
        <span key={`${from_ms} ${index}`}>
          {index > 0 && between}
          <button type="button" className={styles.heard} data-doubtful={doubtful || undefined} title={t(doubtful ? 'written.playDoubtful' : 'written.play', { at: showTime(from_ms) })} onClick={() => onPlay(from_ms)}>
            {text.trim()}{doubtful && <span className="unseen" lang={document.documentElement.lang}> {t('written.doubtful')}</span>}
          </button>
        </span>
      ))}
    </p>
  );
}
