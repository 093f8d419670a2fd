import { useWords, WordsIn } from '../words/context';
import { phoneLanguage } from '../words';
import { Screen } from './parts';

/** Where the browser cannot seal anything, nothing is asked and nothing is sent. */
export function Unsafe() {
  return <WordsIn language={phoneLanguage()}><Why /></WordsIn>;
}

function Why() {
  const { tell } = useWords();
  return <Screen title={tell('page.title')}><p>{tell(window.isSecureContext ? 'page.old' : 'page.insecure')}</p></Screen>;
}
