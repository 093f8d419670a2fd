// The picture in words, for those who do not see it and for tests: what is shown, how, and which side is where. It follows
// when the reader pauses, not during a drag.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { showList } from '../../i18n/lists';
import { useInside } from '../room/context';
import { matrixOf } from '../room/state';
import { isFlipped, rotationOf } from '../view/matrix';
import { edgeLetters } from '../view/orientation';

const PAUSE = 250;

export function useDescription(): string {
  const { t } = useTranslation('reading-room');
  const { room, scan } = useInside();
  const [words, setWords] = useState(() => t('picture.none'));

  useEffect(() => {
    const describe = () => {
      const state = room.getState();
      if (!state.shown) return setWords(t('picture.none'));
      const m = matrixOf(state);
      const edges = edgeLetters(scan.edges, m);
      const { facts } = scan;
      const parts = [
        [facts.modality, facts.body_part, facts.view_position].filter(Boolean).join(' '),
        state.frames > 1 ? t('picture.frame', { n: state.shown.index + 1, of: state.frames }) : '',
        state.window ? t('picture.window', { width: Math.round(state.window.width), centre: Math.round(state.window.centre) }) : t('picture.asStored'),
        t('picture.zoom', { percent: Math.round(state.placement.zoom * 100) }),
        isFlipped(m) ? t('picture.flipped') : '',
        rotationOf(m) ? t('picture.rotated', { degrees: rotationOf(m) }) : '',
        state.inverted ? t('picture.inverted') : '',
        edges ? t('picture.edges', { ...edges }) : t('picture.noEdges'),
      ];
      setWords(`${showList(parts.filter(Boolean))}.`);
    };
    let timer = window.setTimeout(describe, 0);
    const stop = room.subscribe(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(describe, PAUSE);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [room, scan, t]);
  return words;
}
