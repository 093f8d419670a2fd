import { CircleCheck, CircleHelp, CircleSlash, CircleDashed, Hourglass, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { PrescriptionState } from '../bindings/types';
import { Chip } from '../shared/ui';

const ICONS: Record<PrescriptionState, LucideIcon> = { ordered: Hourglass, partly: CircleDashed, dispensed: CircleCheck, asked: CircleHelp, cancelled: CircleSlash };

export function State({ state }: { state: PrescriptionState }) {
  const { t } = useTranslation('prescriptions');
  return <Chip tone={state === 'asked' ? 'soon' : 'plain'} icon={ICONS[state]}>{t(`state.${state}`)}</Chip>;
}
