import { useTranslation } from 'react-i18next';

/** Names a part that a model outlines: whole, or as readers shorten it. */
export function usePartName(brief = false): (part: string) => string {
  const { t } = useTranslation('measured');
  return (part) => t(`${brief ? 'mark' : 'part'}.${part}`, { defaultValue: part });
}
