// A verdict being given. Two keystrokes: A then Enter agrees; X then a class's number says which class it is. A correction
// is a new verdict; nothing here changes an earlier one.
import { useState } from 'react';

import type { ReadingView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import type { Failure } from '../../host/types';
import type { Region, Room } from '../room/state';

export type Side = 'agree' | 'disagree';

export interface VerdictForm {
  readonly side: Side | null;
  readonly chosen: string | null;
  readonly comment: string;
  readonly problem: Failure | null;
  readonly busy: boolean;
  /** Enough is said to record it. */
  readonly ready: boolean;
  open(side: Side): void;
  close(): void;
  choose(classId: string | null): void;
  setComment(comment: string): void;
  /** Records it; with a class, as if that had been chosen first. */
  record(classId?: string): void;
}

export function useVerdict(scanId: string, reading: ReadingView | undefined, room: Room, onRecorded: () => void): VerdictForm {
  const command = useCommand('reading.record_verdict');
  const [side, setSide] = useState<Side | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [comment, setComment] = useState('');

  const clear = () => {
    setSide(null);
    setChosen(null);
    setComment('');
    room.getState().setRegion(null);
    if (room.getState().tool === 'region') room.getState().setTool('window');
  };
  const enough = (classId: string | null) => side === 'agree' || (side === 'disagree' && (classId !== null || comment.trim() !== ''));

  return {
    side,
    chosen,
    comment,
    problem: command.error,
    busy: command.isPending,
    ready: enough(chosen),
    open(next) {
      command.reset();
      setSide(next);
      setChosen(null);
    },
    close: clear,
    choose: setChosen,
    setComment,
    record(classId) {
      const said = classId ?? chosen;
      if (command.isPending || !enough(said)) return;
      const { region, looked } = room.getState();
      // Who has not looked at the AI's answer does not speak about it.
      command.mutate(
        { scan_id: scanId, reading_id: looked && reading ? reading.id : null, agrees: side === 'agree', class: side === 'agree' ? null : said, region: regionOf(side, region), comment: comment.trim() },
        {
          onSuccess: () => {
            clear();
            onRecorded();
          },
        },
      );
    },
  };
}

function regionOf(side: Side | null, region: Region | null): [number, number][] | null {
  return side === 'disagree' && region ? region.map(({ x, y }): [number, number] => [x, y]) : null;
}
