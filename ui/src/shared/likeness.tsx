// Why two people may be one, in words. The score only orders; the reasons are what a person decides by.
import { useTranslation } from 'react-i18next';

import type { LikenessView } from '../bindings/types';

export function Likeness({ likeness }: { likeness: LikenessView }) {
  const { t } = useTranslation('identity');
  return <span>{likeness.traits.map((trait) => t(`trait.${trait}`)).join(' · ')}</span>;
}
