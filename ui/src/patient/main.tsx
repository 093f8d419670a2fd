import '../shared/tokens.css';
import './screens/phone.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './screens/App';
import { startLook } from './screens/look';
import { Unsafe } from './screens/Unsafe';
import { Guest } from './session/guest';
import { keeper, takeArrival } from './session/keep';

// First of all: the link leaves the address bar.
const keep = keeper();
const arrival = takeArrival(keep);
startLook();

const safe = window.isSecureContext && globalThis.crypto?.subtle !== undefined;
const kept = safe ? keep.session() : undefined;
const resumed = kept === undefined ? undefined : Guest.resume(kept, keep);

// What the browser put aside when one went on may hold a conversation that is over.
window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<StrictMode>{safe ? <App keep={keep} arrival={arrival} resumed={resumed} /> : <Unsafe />}</StrictMode>);
}
