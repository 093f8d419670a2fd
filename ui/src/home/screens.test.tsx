// The screens of this slice over the invented clinic, without a browser: what is shown, pressed and changed by it.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { Duplicates, Merged } from '../clinic/screens';
import { CreatePatient } from '../clinic/patients/CreatePatient';
import { Agreement, Export } from '../feedback/screens';
import { call, replaceHost } from '../host';
import { fakeHost } from '../host/fake';
import { queries } from '../host/query';
import { startWords } from '../i18n';
import { sessionStore } from '../shared/session-store';
import { OwnHome, Today } from './screens';

vi.setConfig({ testTimeout: 120_000 });
const WAIT = { timeout: 30_000 };

beforeAll(() => {
  startWords();
  Element.prototype.scrollIntoView = vi.fn();
});
beforeEach(() => queries.clear());
afterEach(cleanup);

async function show(query: string, content: () => ReactNode) {
  replaceHost(fakeHost(query));
  sessionStore.setState({ session: await call('session.current', null) });
  const router = createRouter({ routeTree: createRootRoute({ component: () => <>{content()}</>, notFoundComponent: () => null }), history: createMemoryHistory({ initialEntries: ['/'] }) });
  await act(async () => {
    render(<QueryClientProvider client={queries}><Tooltip.Provider><RouterProvider router={router as never} /></Tooltip.Provider></QueryClientProvider>);
  });
}

test("a doctor's day counts what its lists hold", async () => {
  await show('?as=doctor&rows=40&reports=24&twins=2', () => <Today />);
  const above = await screen.findByRole('region', { name: 'Results to look at' }, WAIT);
  const scans = await call('reading.worklist', { status: null, modality: null, query: '', patient_id: null, only_above: true, cursor: null, limit: 200 });
  expect(scans.rows.length).toBeGreaterThan(0);
  expect(within(above).getByText(String(scans.rows.length), { selector: 'strong' })).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Likely duplicates' })).getByText('2')).toBeTruthy();
});

test('a quiet day says so in words', async () => {
  await show('?as=doctor&rows=0', () => <Today />);
  await screen.findByText('No reading above its operating point waits for a verdict.', undefined, WAIT);
  await screen.findByText('Nothing of yours waits for a signature.');
});

test('a patient begins with cards in plain words, and nothing of the AI', async () => {
  await show('?as=patient&rows=20&reports=24', () => <OwnHome />);
  for (const name of [/My scans/, /My reports/, /My conversations/, /Who saw my record/]) await screen.findByRole('button', { name }, WAIT);
  expect(document.body.textContent).not.toMatch(/\bAI\b|%|undefined/);
});

test('a pair is merged with a reason, shown as merged, and taken apart', async () => {
  await show('?as=doctor&rows=40&twins=3', () => <Duplicates />);
  const pairs = await screen.findAllByRole('article', undefined, WAIT);
  expect(pairs).toHaveLength(3);
  fireEvent.click(within(pairs[0] as HTMLElement).getByRole('button', { name: 'One person: merge …' }));
  const dialog = await screen.findByRole('dialog');
  const go = within(dialog).getByRole('button', { name: 'Merge' }) as HTMLButtonElement;
  expect(go.disabled).toBe(true);
  fireEvent.click(within(dialog).getAllByRole('radio')[0] as HTMLElement);
  fireEvent.change(within(dialog).getByLabelText(/How you know/), { target: { value: 'Asked at the desk' } });
  expect(go.disabled).toBe(false);
  fireEvent.click(go);
  await vi.waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2), WAIT);
  const [first] = (await call('patients.page', { query: '', cursor: null, limit: 50 })).rows;
  const { patient } = await call('patients.open', { id: first?.id ?? '' });
  cleanup();
  await act(async () => {
    render(<QueryClientProvider client={queries}><Tooltip.Provider><Merged patient={patient} /></Tooltip.Provider></QueryClientProvider>);
  });
  await screen.findByText('Asked at the desk', undefined, WAIT);
  fireEvent.click(screen.getByRole('button', { name: 'Take apart …' }));
  const undo = await screen.findByRole('dialog');
  fireEvent.change(within(undo).getByLabelText(/Why/), { target: { value: 'Two passports' } });
  fireEvent.click(within(undo).getByRole('button', { name: 'Take apart' }));
  await screen.findByText('Two passports', undefined, WAIT);
});

test('adding somebody like another says why they are alike', async () => {
  await show('?as=doctor&rows=40', () => <CreatePatient name="Amina Diallo" onClose={() => undefined} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Add patient' }, WAIT));
  expect((await screen.findAllByText(/same name/, undefined, WAIT)).length).toBeGreaterThan(0);
});

test('agreement is told with its intervals, its caveat and its drift', async () => {
  await show('?as=admin&rows=20&judged=many', () => <Agreement />);
  await screen.findByText(/agreement is not accuracy/, undefined, WAIT);
  await screen.findByText('Moved', undefined, WAIT);
  await screen.findByText(/Cohen's kappa/);
  expect(document.body.textContent).not.toMatch(/NaN|undefined/);
});

test('a pack leaves with the password, and a picture that may show a name after a look', async () => {
  await show('?as=doctor&rows=60', () => <Export />);
  await screen.findAllByRole('article', undefined, WAIT);
  const count = () => Number(/\d+/.exec(screen.getByRole('button', { name: /^Export \d+ picture/ }).textContent)?.[0]);
  const before = count();
  fireEvent.click(screen.getAllByRole('checkbox')[0] as HTMLElement);
  expect(count()).toBe(before + 1);
  fireEvent.click(screen.getByRole('button', { name: /^Export \d+ picture/ }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Choose a folder' }));
  await within(dialog).findByText('/media/usb/folder');
  fireEvent.change(within(dialog).getByLabelText(/password/), { target: { value: 'wrong' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Export' }));
  await within(dialog).findByRole('alert', undefined, WAIT);
  fireEvent.change(within(dialog).getByLabelText(/password/), { target: { value: 'demo clinic' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Export' }));
  await screen.findByText(`${before + 1} pictures were written.`, undefined, WAIT);
});
