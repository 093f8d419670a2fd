// The administrator's figures over the invented clinic: each opens the rows behind it, by pointer and by keyboard.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Direction, Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { call, replaceHost } from '../host';
import { fakeHost } from '../host/fake';
import { queries } from '../host/query';
import { startWords } from '../i18n';
import { journalFilter } from '../shared/journal-filter';
import { sessionStore } from '../shared/session-store';
import { AdministratorHome } from './AdministratorHome';
import { niceTop } from './BarChart';
import { Statistics } from './Statistics';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 30_000 };

beforeAll(() => startWords());
beforeEach(() => queries.clear());
afterEach(cleanup);

async function show(query: string, Screen: () => ReactNode) {
  replaceHost(fakeHost(query));
  sessionStore.setState({ session: await call('session.current', null) });
  const router = createRouter({ routeTree: createRootRoute({ component: Screen, notFoundComponent: Screen }), history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(<QueryClientProvider client={queries}><Direction.Provider dir="ltr"><Tooltip.Provider><RouterProvider router={router as never} /></Tooltip.Provider></Direction.Provider></QueryClientProvider>);
}

test('four numbers, and the list behind each one click away', async () => {
  await show('?as=admin&rows=60', () => <AdministratorHome />);
  await screen.findByRole('heading', { name: /Hello, .*Ruth Mensah/ }, patient);
  fireEvent.click(await screen.findByRole('button', { name: /scans? waits? for a doctor/ }, patient));
  const dialog = await screen.findByRole('dialog', undefined, patient);
  expect((await within(dialog).findAllByRole('row', undefined, patient)).length).toBeGreaterThan(3);
  fireEvent.keyDown(dialog, { key: 'Escape' });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), patient);
  fireEvent.click(screen.getByRole('button', { name: /acts? refused or failed/ }));
  expect(journalFilter.getState().next).toMatchObject({ unsuccessful: true });
});

test('a chart is walked by keyboard, opens its rows, and is a table too', async () => {
  await show('?as=admin&rows=60', () => <Statistics />);
  const chart = (await screen.findByText('Scans imported each day', undefined, patient)).closest('figure') ?? document.body;
  const bars = chart.querySelectorAll<SVGGElement>('[role=button]');
  expect(bars).toHaveLength(30);
  expect([...bars].filter((bar) => bar.getAttribute('tabindex') === '0')).toHaveLength(1);
  const last = bars[29] ?? bars[0];
  if (last === undefined) throw new Error('no bar');
  last.focus();
  fireEvent.keyDown(last, { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(bars[28]);
  fireEvent.keyDown(document.activeElement ?? last, { key: 'Enter' });
  const dialog = await screen.findByRole('dialog', undefined, patient);
  fireEvent.keyDown(dialog, { key: 'Escape' });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), patient);
  fireEvent.click(within(chart).getByRole('button', { name: 'As a table' }));
  expect(within(chart).getAllByRole('row')).toHaveLength(31);
});

test('classes, agreement with its interval, and an empty clinic that says so', async () => {
  await show('?as=admin&rows=60', () => <Statistics />);
  const list = await screen.findByRole('list', { name: /^Classes found by/ }, patient);
  fireEvent.click(within(list).getAllByRole('button')[1] ?? list);
  await screen.findByRole('dialog', { name: /Pneumonia/ }, patient);
  cleanup();
  queries.clear();
  await show('?as=admin&rows=0', () => <Statistics />);
  await screen.findByText('No model read a scan in this time.', undefined, patient);
  await screen.findByText('No report became final in this time.', undefined, patient);
});

test('the top of a chart is a round number', () => {
  expect([1, 3, 9, 17, 200, 201].map(niceTop)).toEqual([1, 5, 10, 20, 200, 500]);
});
