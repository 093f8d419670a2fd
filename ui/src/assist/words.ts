import type { AssistDoubt, PassageView } from '../bindings/types';
import { words } from '../i18n';
import { showDate } from '../i18n/dates';
import { showList } from '../i18n/lists';

/** What a passage is and from when: "Report R-000012: Chest X-ray, impression, 14-Jul-2026". */
export function titleOf({ kind, title, part, said_by, at }: PassageView): string {
  const t = (key: string, args = {}) => words.t(`assist:${key}`, args);
  const name = kind === 'message' ? t(`said.${said_by ?? 'patient'}`) : t(`kind.${kind}`, { title });
  return showList([name, part === null ? '' : t(`part.${part}`), at === null ? '' : showDate(at)].filter(Boolean));
}

/** "2 statements withheld: no source named (1), a number that is not in the source (1)". */
export function withheldWords(doubts: readonly AssistDoubt[]): string {
  const kinds = [...new Set(doubts)].map((doubt) => words.t(`assist:doubt.${doubt}`, { n: doubts.filter((one) => one === doubt).length }));
  return words.t('assist:withheld', { count: doubts.length, why: showList(kinds) });
}
