// Drawing a mark: the points that are fixed, and the one that follows the pointer. Works by dragging and by clicking.
import { useEffect, useState } from 'react';

import type { MarkTool } from '../../bindings/types';
import { useInside, useRoom } from '../room/context';
import type { Point } from '../view/matrix';
import { pointsOf } from './measure';

export interface Draft {
  readonly tool: MarkTool;
  readonly frame: number;
  /** The last one still moves, unless it is a note, whose only point waits for its words. */
  readonly points: readonly Point[];
}

export interface Drawing {
  readonly draft: Draft | null;
  /** In image pixels. */
  press(at: Point): void;
  move(at: Point): void;
  /** `far` says whether the pointer has left the last fixed point by more than a tremor. */
  release(at: Point, far: boolean): void;
  finishNote(text: string): void;
  cancel(): boolean;
}

export function useDrawing(): Drawing {
  const { book, room } = useInside();
  const tool = useRoom((state) => state.tool);
  const frame = useRoom((state) => state.frame);
  const [draft, setDraft] = useState<Draft | null>(null);

  // A half-drawn mark belongs to the tool and the frame that it was begun with.
  useEffect(() => () => setDraft(null), [tool, frame]);

  const done = (points: readonly Point[], text = '') => {
    setDraft(null);
    if (tool === 'region') {
      room.getState().setRegion([points[0]!, points[1]!]);
      room.getState().setTool('window');
    } else if (draft) {
      book.add({ frame: draft.frame, tool: draft.tool, points, text });
    }
  };
  const shape: MarkTool | null = tool === 'region' ? 'rectangle' : tool === 'window' || tool === 'zoom' || tool === 'pan' ? null : tool;

  return {
    draft,
    press(at) {
      book.select(null);
      // A note is begun on release: the press itself would take the focus from the field that opens.
      if (shape && shape !== 'note' && !draft) setDraft({ tool: shape, frame, points: [at, at] });
    },
    move(at) {
      if (draft && draft.tool !== 'note') setDraft({ ...draft, points: [...draft.points.slice(0, -1), at] });
    },
    release(at, far) {
      if (shape === 'note') return setDraft({ tool: shape, frame, points: [at] });
      if (!draft || !far) return;
      const points = [...draft.points.slice(0, -1), at];
      if (points.length >= pointsOf(draft.tool)) done(points);
      else setDraft({ ...draft, points: [...points, at] });
    },
    finishNote(text) {
      if (draft?.tool === 'note' && text.trim() !== '') done(draft.points, text.trim());
      else setDraft(null);
    },
    cancel() {
      setDraft(null);
      return draft !== null;
    },
  };
}
