/** Keeps what holds every word of the query; names that begin with it come first. */
export function rankByWords<T extends { name: string }>(all: readonly T[], query: string): T[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return all
    .filter(({ name }) => words.every((word) => fold(name).includes(word)))
    .sort((a, b) => Number(fold(b.name).startsWith(words[0] ?? '')) - Number(fold(a.name).startsWith(words[0] ?? '')));
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
