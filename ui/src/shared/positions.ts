/** Three different places of a phrase, from 1, in order. */
export function pickPositions(length: number, random: () => number = Math.random): number[] {
  const all = Array.from({ length }, (_, index) => index + 1);
  const picked: number[] = [];
  while (picked.length < 3 && all.length > 0) picked.push(...all.splice(Math.floor(random() * all.length), 1));
  return picked.sort((a, b) => a - b);
}
