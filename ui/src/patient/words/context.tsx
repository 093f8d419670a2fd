import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';

import type { Language } from '../wire/content';
import { directionOf, isLoaded, load, type Tell, tellIn } from '.';

interface Words {
  tell: Tell;
  /** Of the sentences on the screen. */
  language: Language;
}

const Context = createContext<Words>({ tell: tellIn('en'), language: 'en' });

/** Dresses the page in a language once its words are there; until then the former one stays. */
export function WordsIn({ language, children }: { language: Language; children: ReactNode }) {
  const [shown, setShown] = useState<Language>(isLoaded(language) ? language : 'en');
  useEffect(() => {
    let gone = false;
    const show = () => void load(language).then(() => !gone && setShown(language), () => undefined);
    show();
    // Without network the words come when it is back.
    window.addEventListener('online', show);
    return () => {
      gone = true;
      window.removeEventListener('online', show);
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = shown;
    document.documentElement.dir = directionOf(shown);
    document.title = tellIn(shown)('page.title');
  }, [shown]);
  const words = useMemo(() => ({ tell: tellIn(shown), language: shown }), [shown]);
  return <Context value={words}>{children}</Context>;
}

export const useWords = (): Words => use(Context);
