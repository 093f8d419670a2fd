// Where the caret of a text field is drawn: measured on a copy of its text, for the field itself does not tell.
const COPIED = ['font', 'letterSpacing', 'lineHeight', 'padding', 'borderWidth', 'boxSizing', 'direction', 'textAlign', 'overflowWrap', 'fontFeatureSettings'] as const;

export interface CaretPlace {
  /** Pixels from the field's left edge. */
  x: number;
  /** Pixels from its top to the foot of the line. */
  y: number;
}

export function caretPlace(field: HTMLTextAreaElement, at: number): CaretPlace {
  const style = getComputedStyle(field);
  const copy = document.createElement('div');
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', inlineSize: `${field.offsetWidth}px`, borderStyle: 'solid' });
  copy.textContent = field.value.slice(0, at);
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  copy.append(mark);
  document.body.append(copy);
  const place = { x: mark.offsetLeft, y: mark.offsetTop + mark.offsetHeight - field.scrollTop };
  copy.remove();
  return place;
}
