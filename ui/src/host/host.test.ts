import { beforeEach, describe, expect, test, vi } from 'vitest';

const invoke = vi.fn();
const listeners: ((event: { payload: unknown }) => void)[] = [];
vi.mock('@tauri-apps/api/core', () => ({ invoke, convertFileSrc: (path: string, scheme: string) => `${scheme}://localhost/${path}` }));
vi.mock('@tauri-apps/api/event', () => ({ listen: (_: string, handler: (event: { payload: unknown }) => void) => (listeners.push(handler), Promise.resolve(() => undefined)) }));
vi.mock('@tauri-apps/api/webview', () => ({ getCurrentWebview: () => ({ onDragDropEvent: () => Promise.resolve(() => undefined) }) }));
vi.mock('@tauri-apps/plugin-dialog', () => ({ open: () => Promise.resolve(null), save: () => Promise.resolve(null) }));

const { host } = await import('./tauri');
const { asFailure } = await import('./types');

describe('the door to Rust', () => {
  beforeEach(() => invoke.mockReset());

  test('one command with a name and a request', async () => {
    invoke.mockResolvedValue([]);
    await host.call('users.list', null);
    expect(invoke).toHaveBeenCalledWith('call', { name: 'users.list', request: null });
  });

  test('an error view is thrown with its code, anything else is a defect', async () => {
    invoke.mockRejectedValueOnce({ code: 'busy', message_id: 'db-busy', args: {} });
    await expect(host.call('users.list', null)).rejects.toMatchObject({ code: 'busy', message_id: 'db-busy' });
    invoke.mockRejectedValueOnce('a string with who knows what');
    await expect(host.call('users.list', null)).rejects.toMatchObject({ code: 'internal', message_id: 'unexpected' });
  });

  test('one channel, handed on by name', () => {
    const heard = vi.fn();
    host.on('record.changed', heard);
    listeners.at(-1)?.({ payload: { name: 'imaging.progress', payload: {} } });
    listeners.at(-1)?.({ payload: { name: 'record.changed', payload: { tags: ['worklist'] } } });
    expect(heard.mock.calls).toEqual([[{ tags: ['worklist'] }]]);
  });

  test('a cancelled dialog is no path', async () => expect(await host.pickFiles()).toEqual([]));
  test('pictures go by their own scheme', () => expect(host.imageUrl('thumb/g/s')).toBe('img://localhost/thumb/g/s'));
  test('a failure stays the same one', () => {
    const failure = asFailure({ code: 'locked', message_id: 'window-locked', args: {} });
    expect(asFailure(failure)).toBe(failure);
  });
});
