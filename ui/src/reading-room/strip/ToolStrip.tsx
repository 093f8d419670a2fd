// The tools, thin, with their keys printed on them.
import { Activity, Circle, CircleDashed, Contrast, Expand, FlipHorizontal2, FlipVertical2, Hand, Layers, Play, Pause, RotateCcw, RotateCw, Ruler, Square, SunDim, Tally3, Type, Undo2, Redo2, ZoomIn, type LucideIcon } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { chordsOf, keyRegistry, runAction } from '../../shared/keys';
import { caps } from '../../shared/keys/chord';
import { Tooltip } from '../../shared/ui';
import { useBook, useRoom } from '../room/context';
import type { Tool } from '../room/state';
import styles from './ToolStrip.module.css';

const POINTERS: readonly [Tool, LucideIcon][] = [['window', SunDim], ['zoom', ZoomIn], ['pan', Hand]];
const MARKERS: readonly [Tool, LucideIcon][] = [['length', Ruler], ['angle', Activity], ['ellipse', Circle], ['rectangle', Square], ['note', Type]];
const TURNS: readonly [string, LucideIcon][] = [['rotate-left', RotateCcw], ['rotate-right', RotateCw], ['flip-horizontal', FlipHorizontal2], ['flip-vertical', FlipVertical2]];

export function ToolStrip({ mayMark, hasMap }: { mayMark: boolean; hasMap: boolean }) {
  const { t } = useTranslation('reading-room');
  const tool = useRoom((state) => state.tool);
  const inverted = useRoom((state) => state.inverted);
  const playing = useRoom((state) => state.playing);
  const frames = useRoom((state) => state.frames);
  const full = useRoom((state) => state.full);
  const quiet = useRoom((state) => state.quiet);
  const map = useRoom((state) => state.map.on);
  const undo = useBook((state) => state.undo.length > 0);
  const redo = useBook((state) => state.redo.length > 0);
  return (
    <div className={styles.strip} role="toolbar" aria-orientation="vertical" aria-label={t('strip.label')} data-pane>
      {POINTERS.map(([name, icon]) => <Tooled key={name} name={name} icon={icon} pressed={tool === name} />)}
      <hr />
      {mayMark && MARKERS.map(([name, icon]) => <Tooled key={name} name={name} icon={icon} pressed={tool === name} />)}
      {mayMark && <Tooled name="undo" icon={Undo2} disabled={!undo} />}
      {mayMark && <Tooled name="redo" icon={Redo2} disabled={!redo} />}
      {mayMark && <hr />}
      {TURNS.map(([name, icon]) => <Tooled key={name} name={name} icon={icon} />)}
      <Tooled name="invert" icon={Contrast} pressed={inverted} />
      <Tooled name="reset" icon={CircleDashed} />
      <hr />
      {frames > 1 && <Tooled name="cine" icon={playing ? Pause : Play} pressed={playing} />}
      {hasMap && <Tooled name="map" icon={Layers} pressed={map} ai />}
      <Tooled name="corners" icon={Tally3} pressed={quiet} />
      <Tooled name="full" icon={Expand} pressed={full} />
    </div>
  );
}

function Tooled({ name, icon: Icon, pressed, disabled = false, ai = false }: { name: string; icon: LucideIcon; pressed?: boolean; disabled?: boolean; ai?: boolean }) {
  const { t } = useTranslation('reading-room');
  const label = t(`action.${name}`);
  const action = `reading-room.${name}`;
  return (
    <Tooltip text={label} action={action}>
      <button type="button" className={[styles.tool, ai ? styles.ai : ''].join(' ')} aria-pressed={pressed} disabled={disabled} onMouseDown={keepFocus} onClick={() => runAction(action)}>
        <Icon size={17} aria-hidden />
        <span className="unseen">{label}</span>
        <Key action={action} />
      </button>
    </Tooltip>
  );
}

/** A click on a tool leaves the focus where it was, so that Enter and Space keep their meaning for the picture. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** The key as the person has it, short enough to be printed on a tool. */
function Key({ action }: { action: string }) {
  const { actions, remapped } = keyRegistry();
  const known = actions.find(({ id }) => id === action);
  const chord = known && chordsOf(known, remapped)[0];
  return chord ? <kbd aria-hidden dir="ltr">{caps(chord).map((cap) => SHORT[cap] ?? cap).join('')}</kbd> : null;
}

const SHORT: Record<string, string> = { Shift: '⇧', Ctrl: '^', Space: '␣', Alt: '⌥' };
