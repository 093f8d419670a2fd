// Emergency access over the invented clinic: opened with reason and password, counted down, ended, reviewed.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { call, replaceHost } from '../host';
import { fakeHost } from '../host/fake';
import { queries } from '../host/query';
import { startWords } from '../i18n';
import { sessionStore } from '../shared/session-store';
import { BreakGlassBanner } from './Banner';
import { BreakGlass } from './BreakGlass';
import { Reviews } from './Reviews';
import { showLeft } from './use-left';
import { WhoSawRecord } from './WhoSawRecord';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 30_000 };

beforeAll(() => startWords());
beforeEach(() => queries.clear());
afterEach(cleanup);

async function show(query: string, Screen: () => ReactNode) {
  replaceHost(fakeHost(query));
  sessionStore.setState({ session: await call('session.current', null) });
  const router = createRouter({ routeTree: createRootRoute({ component: Screen, notFoundComponent: Screen }), history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(<QueryClientProvider client={queries}><Tooltip.Provider><RouterProvider router={router as never} /></Tooltip.Provider></QueryClientProvider>);
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

test('a restricted record is found exactly and opened with a reason, words and the password', async () => {
  await show('?as=doctor&rows=40', () => <><BreakGlassBanner /><BreakGlass /></>);
  await screen.findByLabelText('Full name', undefined, patient);
  type('Full name', 'Nobody Here');
  type('Date of birth', '1960-01-01');
  press('Find the record');
  await screen.findByText('No restricted record is exactly that', undefined, patient);
  type('Patient number or other ID', 'MB-000008');
  press('Find the record');
  await screen.findByText(/Treated by/, undefined, patient);
  press('Open in an emergency');
  press('Open for 60 minutes');
  await screen.findByText('Choose a reason.', undefined, patient);
  type('Reason', 'emergency');
  type('In your own words', 'Collapsed in the hall');
  type('Your password', 'wrong');
  press('Open for 60 minutes');
  await screen.findByText('The sign-in name or the password is wrong.', undefined, patient);
  type('Your password', 'demo clinic');
  press('Open for 60 minutes');
  const line = await screen.findByRole('region', { name: 'Emergency access' }, patient);
  expect(within(line).getByRole('timer').textContent).toMatch(/^(60:00|59:\d\d)$/);
  fireEvent.click(within(line).getByRole('button', { name: 'End now' }));
  await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Emergency access' })).toBeNull(), patient);
});

test('the hour runs out by itself', async () => {
  await show('?as=doctor&rows=40&glass=short', () => <BreakGlassBanner />);
  await screen.findByRole('region', { name: 'Emergency access' }, patient);
  await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Emergency access' })).toBeNull(), patient);
});

test('a review needs an outcome and words; what lasts waits for its end', async () => {
  await show('?as=admin&rows=40', () => <Reviews />);
  const first = await screen.findByRole('region', { name: /opened MB-000008/ }, patient);
  within(first).getByText('Overdue');
  screen.getByText('It can be reviewed when it has ended.');
  fireEvent.click(within(first).getByRole('button', { name: 'Show 3 acts in the record' }));
  await within(first).findByText('Opened a restricted record in an emergency', undefined, patient);
  const go = within(first).getByRole('button', { name: 'Finish the review' });
  expect(go.hasAttribute('disabled')).toBe(true);
  fireEvent.click(within(first).getByLabelText('Justified'));
  fireEvent.change(within(first).getByLabelText('In words'), { target: { value: 'Asked the ward.' } });
  fireEvent.click(go);
  await vi.waitFor(() => expect(screen.queryByRole('region', { name: /opened MB-000008/ })).toBeNull(), patient);
});

test('the treating doctor sees who broke glass', async () => {
  await show('?as=doctor&rows=40', () => <WhoSawRecord patientId="any" />);
  expect(await screen.findAllByText('Emergency access', undefined, patient)).toHaveLength(3);
});

test('time is shown in minutes and seconds', () => {
  expect([showLeft(3600), showLeft(61), showLeft(0)]).toEqual(['60:00', '1:01', '0:00']);
});
