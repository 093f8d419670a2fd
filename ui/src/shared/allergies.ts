import type { Allergies } from '../bindings/types';
import { words } from '../i18n';
import { showList } from '../i18n/lists';

/** The three states in words: a list, asked and none known, or never asked. Absence is never shown as none. */
export function allergySentence(allergies: Allergies): string {
  if (allergies.state === 'not_asked') return words.t('common:allergy.notAsked');
  if (allergies.state === 'none_known') return words.t('common:allergy.noneKnown');
  return words.t('common:allergy.known', { list: showList(allergies.items.map(({ substance }) => substance)) });
}
