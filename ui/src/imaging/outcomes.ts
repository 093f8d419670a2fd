import type { ImportItem } from '../bindings/types';

type Kind = ImportItem['outcome']['kind'];

const ORDER: readonly Kind[] = ['stored', 'duplicate', 'refused', 'needs_patient', 'identity_differs', 'discarded'];

/** Whether a file waits for a person's decision. */
export function asks({ outcome }: ImportItem): boolean {
  return outcome.kind === 'needs_patient' || outcome.kind === 'identity_differs';
}

/** How many files ended how, in a fixed order, without the zeros. */
export function tally(items: readonly ImportItem[]): [Kind, number][] {
  return ORDER.map((kind): [Kind, number] => [kind, items.filter(({ outcome }) => outcome.kind === kind).length]).filter(([, count]) => count > 0);
}
