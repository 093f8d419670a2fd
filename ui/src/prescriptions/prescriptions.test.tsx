// The order form and the counter over the invented clinic: what is typed, warned of, signed and given out.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { replaceHost } from '../host';
import { fakeHost } from '../host/fake';
import { queries } from '../host/query';
import { startWords } from '../i18n';
import { Prescribe } from './order/Prescribe';
import { Pharmacy } from './pharmacy/Pharmacy';

/** Allergic to penicillin. */
const ALLERGIC = 'patient0-0000-7000-8000-000000000002';

// Two cores that others use, too.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(() => {
  startWords();
  Element.prototype.scrollIntoView = vi.fn();
});
beforeEach(() => queries.clear());
afterEach(cleanup);

function show(query: string, Screen: () => ReactElement) {
  replaceHost(fakeHost(query));
  const router = createRouter({ routeTree: createRootRoute({ component: Screen, notFoundComponent: () => null }), history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(<QueryClientProvider client={queries}><Tooltip.Provider><RouterProvider router={router as never} /></Tooltip.Provider></QueryClientProvider>);
}

const find = (text: RegExp) => screen.findByText(text, undefined, { timeout: 30_000 });
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function fill() {
  await screen.findByLabelText(/^Medicine/, undefined, { timeout: 30_000 });
  type(/^Medicine/, 'ampicillin');
  type(/^Strength/, '500 mg');
  type(/^Form/, 'capsule');
  type(/^How often/, 'day3');
  type(/^For how long/, '7');
  type(/^Quantity/, '20');
  type(/^What it is for/, 'Pneumonia');
}

test('an allergy is warned of and wants a reason before the order is signed', async () => {
  show('?as=doctor&rows=30', () => <Prescribe patientId={ALLERGIC} />);
  await fill();
  await find(/Allergy recorded: .*Penicillin/);
  fireEvent.click(await screen.findByRole('button', { name: /Use .*21/ }));
  fireEvent.click(screen.getByRole('checkbox', { name: /Read the two identifiers/ }));
  type(/^Your password/, 'demo clinic');
  const sign = screen.getByRole('button', { name: /^Sign prescription/ });
  expect(sign).toHaveProperty('disabled', true);
  type(/^Why it is right/, 'Tolerated in March.');
  await vi.waitFor(() => expect(sign).toHaveProperty('disabled', false), { timeout: 30_000 });
  expect(screen.getByRole('article').textContent).toContain('1 × capsule, by mouth, 3 times a day');
});

test('what could be misread is marked where it stands once it was left, and there is no paper of it', async () => {
  show('?as=doctor&rows=30', () => <Prescribe patientId={ALLERGIC} />);
  await fill();
  type(/^Strength/, '5.0 mg');
  expect(screen.queryByText(/is misread/)).toBeNull();
  fireEvent.blur(screen.getByLabelText(/^Strength/));
  await find(/Write .*5/);
  expect(screen.queryByRole('article')).toBeNull();
});

test('what the table does not know is said', async () => {
  show('?as=doctor&rows=30', () => <Prescribe patientId={ALLERGIC} />);
  await fill();
  type(/^Medicine/, 'moonshine');
  await find(/Not covered by the table, so not checked: .*moonshine/);
});

test('the first of the queue is given out after two identifiers, the reason of the doctor above it', async () => {
  show('?as=pharmacist&rows=30', Pharmacy);
  await find(/Prescribed all the same: .*Tolerated amoxicillin/);
  fireEvent.click(screen.getByRole('button', { name: /^Dispense($| )/ }));
  const give = screen.getByRole('button', { name: /^Dispense .*21/ });
  expect(screen.getByLabelText(/^Batch/)).toHaveProperty('value', 'L2231');
  expect(give).toHaveProperty('disabled', true);
  fireEvent.click(screen.getByRole('checkbox', { name: /I asked the person/ }));
  fireEvent.click(give);
  await find(/given out by/);
  expect(screen.getByRole('article').textContent).toMatch(/21\W+of\W+21/);
});

test('an empty queue is said', async () => {
  show('?as=pharmacist&rows=0', Pharmacy);
  await find(/Nothing to dispense/);
});
