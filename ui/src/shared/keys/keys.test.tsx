import { fireEvent, render } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { caps, chordOf, clashes, isTyped, keyRegistry, normalise, registerActions, useAction, useKeyListener, type Action } from '.';

const event = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('chords', () => {
  test.each([
    [event('k', { ctrlKey: true }), 'Ctrl+K'], [event('K', { metaKey: true }), 'Ctrl+K'], [event('?', { shiftKey: true }), '?'], [event('+', { shiftKey: true }), '+'],
    [event('A', { shiftKey: true }), 'Shift+A'], [event(' '), 'Space'], [event('F6', { shiftKey: true }), 'Shift+F6'], [event('Shift', { shiftKey: true }), undefined],
  ])('%o is %s', (pressed, chord) => expect(chordOf(pressed)).toBe(chord));

  test.each([['ctrl+k', 'Ctrl+K'], ['Shift+ctrl+z', 'Ctrl+Shift+Z'], ['+', '+'], ['Ctrl++', 'Ctrl++'], ['[', '[']])('%s is written %s', (written, one) => expect(normalise(written)).toBe(one));

  test('caps', () => expect(caps('Ctrl+ArrowUp')).toEqual(['Ctrl', '↑']));
  test('what would be typed does not fire in a field', () => expect(['g', 'Space', 'Ctrl+K', 'F6'].map(isTyped)).toEqual([true, true, false, false]));
});

describe('actions', () => {
  const actions: readonly Action[] = [
    { id: 'a.go', keys: ['G'], scope: 'worklist', label: 'x' },
    { id: 'b.find', keys: ['Ctrl+K'], scope: 'everywhere', label: 'x', whileTyping: true },
    { id: 'c.other', keys: ['G'], scope: 'reading-room', label: 'x' },
  ];
  const go = vi.fn();
  const find = vi.fn();

  function Screen({ on = true }: { on?: boolean }) {
    useKeyListener();
    useAction('a.go', go, on);
    useAction('b.find', find);
    return <input aria-label="field" />;
  }

  beforeEach(() => {
    go.mockReset();
    find.mockReset();
    registerActions(actions);
    keyRegistry.setState({ remapped: {} });
  });

  test('fires, but a letter not while typing', () => {
    const { getByLabelText } = render(<Screen />);
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(getByLabelText('field'), { key: 'g' });
    fireEvent.keyDown(getByLabelText('field'), { key: 'k', ctrlKey: true });
    expect([go.mock.calls.length, find.mock.calls.length]).toEqual([1, 1]);
  });

  test('a remapped key replaces the default', () => {
    keyRegistry.setState({ remapped: { 'a.go': 'F9' } });
    render(<Screen />);
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'F9' });
    expect(go).toHaveBeenCalledTimes(1);
  });

  test('nothing fires that is not on screen', () => {
    render(<Screen on={false} />);
    fireEvent.keyDown(document.body, { key: 'g' });
    expect(go).not.toHaveBeenCalled();
  });

  test('the same key clashes within a scope and with everywhere, not across screens', () => {
    expect(clashes('a.go', 'ctrl+k').map(({ id }) => id)).toEqual(['b.find']);
    expect(clashes('a.go', 'g')).toEqual([]);
  });
});
