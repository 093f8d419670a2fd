import { useTranslation } from 'react-i18next';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took, in the largest unit that says enough: `42 min`, `3.5 h`, `2.1 d`. */
export function useTime(): (ms: number) => string {
  const { t } = useTranslation('statistics');
  return (ms) => {
    if (ms < HOUR) return t('time.minutes', { shown: Math.round(ms / MINUTE) });
    if (ms < 2 * DAY) return t('time.hours', { shown: (ms / HOUR).toFixed(1) });
    return t('time.days', { shown: (ms / DAY).toFixed(1) });
  };
}
