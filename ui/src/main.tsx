import './shared/fonts.css';
import './shared/tokens.css';
import './shared/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { openHost } from './host';
import { speak, startWords } from './i18n';
import { languageFor } from './i18n/choice';

/** For tests: `?lang=en-XA` (pseudo-locale, i18n/choice.ts) and `?dir=rtl`. */
startWords(new URLSearchParams(window.location.search).get('dir') === 'rtl' ? 'rtl' : undefined);

// The first paint is in the right language: its file is one of the program's own, not of a network.
await Promise.all([openHost(), speak(languageFor(''))]);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<StrictMode><App /></StrictMode>);
}
void import('./shared/fonts-later.css');
