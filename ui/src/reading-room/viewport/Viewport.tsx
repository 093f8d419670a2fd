// The picture and everything drawn on it. The canvases follow the store directly; React draws what stands beside them.
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { ContourView } from '../../bindings/types';
import { Problem } from '../../shared/ui';
import { MarksLayer } from '../marks/MarksLayer';
import { NoteEditor } from '../marks/NoteEditor';
import type { Drawing } from '../marks/use-drawing';
import { partsOf } from '../outline/outline';
import { OutlineLayer } from '../outline/OutlineLayer';
import { useInside, useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import type { FrameState } from '../room/use-frames';
import { cornersBeside } from '../view/matrix';
import { Corners } from './Corners';
import { Edges } from './Edges';
import { painterFor } from './painter';
import { useDescription } from './use-description';
import { usePointer } from './use-pointer';
import styles from './Viewport.module.css';

interface Props {
  frames: FrameState;
  drawing: Drawing;
  heat: HTMLCanvasElement | null;
  /** The AI's outlines, where they are to be seen. */
  outlines: readonly ContourView[];
  mayMark: boolean;
  onScroll: (step: 1 | -1) => void;
}

export function Viewport({ frames, drawing, heat, outlines, mayMark, onScroll }: Props) {
  const { t } = useTranslation('reading-room');
  const { room, scan } = useInside();
  const shown = useRoom((state) => state.shown !== null);
  const tool = useRoom((state) => state.tool);
  const beside = useRoom((state) => cornersBeside(state.image, state.screen, state.placement.turn, state.aspect));
  const place = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const pointer = usePointer(drawing, mayMark, onScroll);
  const description = useDescription();

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const read = () => room.getState().setScreen({ width: element.clientWidth, height: element.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [room]);

  useEffect(() => {
    if (!picture.current || !overlay.current) return undefined;
    const painter = painterFor(picture.current, overlay.current);
    let handle = 0;
    const draw = () => {
      handle = 0;
      const state = room.getState();
      painter.draw({
        frame: state.shown?.frame ?? null,
        matrix: matrixOf(state),
        screen: state.screen,
        window: state.window,
        inverted: state.inverted,
        heat,
        image: state.image,
        opacity: state.map.opacity,
      });
    };
    const ask = () => {
      handle ||= requestAnimationFrame(draw);
    };
    draw();
    const stop = room.subscribe(ask);
    return () => {
      stop();
      cancelAnimationFrame(handle);
    };
  }, [room, heat]);

  return (
    <div ref={place} className={styles.viewport} dir="ltr" data-tool={tool} data-corners={beside ? 'beside' : 'between'} data-testid="viewport" data-drawn={shown || undefined}>
      {/* The picture is worked with the pointer; every one of these acts also has a key, and the description is its text. */}
      <div className={styles.surface} role="img" aria-label={description} {...pointer}>
        <canvas ref={picture} className={styles.layer} />
        <canvas ref={overlay} className={styles.layer} />
      </div>
      {shown && <OutlineLayer contours={outlines} />}
      {shown && <MarksLayer draft={drawing.draft} mayMark={mayMark} />}
      {drawing.draft?.tool === 'note' && <NoteEditor at={drawing.draft.points[0]!} onDone={drawing.finishNote} />}
      {shown && <Edges />}
      <Corners mapShown={heat !== null} parts={partsOf(outlines)} />
      {frames.problem && (
        <div className={styles.notice}>
          <Problem error={frames.problem} retry={frames.retry} />
        </div>
      )}
      {!frames.problem && frames.waiting && <div className={styles.waiting} role="status">{t('frame.waiting', { n: scan.pixels.frames > 1 ? room.getState().frame + 1 : 1 })}</div>}
    </div>
  );
}
