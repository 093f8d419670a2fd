// What a measuring model's values and refusals are called where they stand alone, in lists and reports.
import { useTranslation } from 'react-i18next';

import type { MeasuredValueView } from '../bindings/types';
import { showMeasured } from './measured';

export function useMeasuredWords() {
  const { t } = useTranslation('measured');
  const nameOf = (key: string): string => t(`alone.${key}`, { defaultValue: t(`row.${key}`, { defaultValue: key }) });
  return {
    /** `Ejection fraction, left`. */
    nameOf,
    /** `LVEF 29 %`: begins with its name, so that nobody takes it for one of the probabilities around it. */
    lineOf: (one: MeasuredValueView): string => t(`line.${one.key}`, { value: showMeasured(one), defaultValue: `${nameOf(one.key)} ${showMeasured(one)}` }),
    /** `too few slices`. */
    whyNot: (missing: string | null | undefined): string => t(`short.${missing ?? 'no-ratio'}`, { defaultValue: t('short.no-ratio') }),
  };
}
