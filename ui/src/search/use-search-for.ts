import { useMemo } from 'react';

import { useGo } from '../shared/go';
import { askFresh, type SearchView } from './view-store';

/** Opens the search with these words, in one patient's records or in all. */
export function useSearchFor() {
  const go = useGo();
  return useMemo(() => (words: string, patient: SearchView['patient'] = null) => {
    askFresh({ words, patient });
    go.to('/search');
  }, [go]);
}
