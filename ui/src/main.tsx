import './shared/fonts.css';
import './shared/tokens.css';
import './shared/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { openHost } from './host';
import { startWords } from './i18n';

/** For tests: `?lang=en-XA` (pseudo-locale) and `?dir=rtl`. */
const asked = new URLSearchParams(window.location.search);
startWords(asked.get('lang') ?? 'en', asked.get('dir') === 'rtl' ? 'rtl' : undefined);

await openHost();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<StrictMode><App /></StrictMode>);
}
