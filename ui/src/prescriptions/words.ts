// Orders in words. Counts are written `2 × tablet`, so that no language has to bend a noun.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { CountedView, Frequency, OrderFault, PrescriptionWarning, TreatmentDuration } from '../bindings/types';
import { showList } from '../i18n/lists';

/** These are measures: they stand behind their number as they are. */
const MEASURES = ['g', 'mg', 'microgram', 'units', 'mL', 'mmol'];

export function useOrderWords() {
  const { t } = useTranslation('prescriptions');
  return useMemo(() => ({
    counted: ({ amount, unit }: CountedView) => (MEASURES.includes(unit) ? `${amount} ${t(`unit.${unit}`)}` : `${amount} × ${t(`unit.${unit}`)}`),
    often: (frequency: Frequency) => {
      switch (frequency.kind) {
        case 'once': return t('frequency.once');
        case 'times_a_day': return t(`frequency.day${frequency.times}`);
        case 'every_hours': return t('frequency.hours', { count: frequency.hours });
        case 'every_days': return t('frequency.days', { count: frequency.days });
        case 'weekly': return t('frequency.weekly');
        case 'monthly': return t('frequency.monthly');
        case 'at_bedtime': return t('frequency.bedtime');
      }
    },
    long: (duration: TreatmentDuration | null) => (duration === null ? t('duration.open') : t(`duration.${duration.unit}`, { count: duration.number })),
    fault: ({ rule, found, write }: OrderFault) => t(`fault.${rule}`, { found, write }),
    warning: ({ kind, with: other, through, ingredient, effect, of }: PrescriptionWarning) => {
      if (kind === 'interaction') return t('warning.interaction', { with: other, effect: t(`effect.${effect ?? ''}`, { of: of ?? '' }) });
      return through === null ? t(`warning.${kind}`, { with: other }) : t(`warning.${kind}Through`, { with: other, through, ingredient });
    },
    notCovered: (names: readonly string[]) => t('checks.notCovered', { names: showList(names) }),
  }), [t]);
}
