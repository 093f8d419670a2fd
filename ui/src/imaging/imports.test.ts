import { expect, test } from 'vitest';

import type { ImportItem, ImportView } from '../bindings/types';
import { tally } from './outcomes';
import { join } from './store';

const item = (index: number, kind: 'discarded' | 'needs_patient'): ImportItem => ({ index, label: `f${index}`, outcome: kind === 'discarded' ? { kind } : { kind, identity: null } });
const view = (part: Partial<ImportView>): ImportView => ({ job: 'j', found: 0, done: 0, finished: false, cancelled: false, items: [], ...part });

test('news in any order joins by index, and counts never go back', () => {
  const known = view({ found: 3, done: 2, items: [item(1, 'needs_patient'), item(0, 'discarded')] });
  const joined = join(known, view({ found: 2, done: 1, finished: true, items: [item(1, 'discarded'), item(2, 'discarded')] }));
  expect(joined.items.map(({ index, outcome }) => [index, outcome.kind])).toEqual([[0, 'discarded'], [1, 'discarded'], [2, 'discarded']]);
  expect([joined.found, joined.done, joined.finished]).toEqual([3, 2, true]);
});

test('the tally leaves out zeros', () => {
  expect(tally([item(0, 'discarded'), item(1, 'discarded'), item(2, 'needs_patient')])).toEqual([['needs_patient', 1], ['discarded', 2]]);
});
