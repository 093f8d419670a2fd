// The window in figures; pressing it lists the choices with their keys.
import { useTranslation } from 'react-i18next';

import type { WindowView } from '../../bindings/types';
import { Menu } from '../../shared/ui';
import { useInside, useRoom } from '../room/context';
import { KEYED, windowChoices } from '../pixels/choices';
import type { Window } from '../pixels/window';
import { short } from '../marks/words';
import styles from './WindowMenu.module.css';

export function WindowMenu() {
  const { t } = useTranslation('reading-room');
  const { scan, room } = useInside();
  const window = useRoom((state) => state.window);
  const nameOf = useWindowName();
  const frame = useRoom((state) => state.shown?.frame);
  const choices = windowChoices(scan, frame);
  const current = choices.find((one) => window && one.width === window.width && one.centre === window.centre);
  const words = window ? t('corner.window', { width: short(window.width), centre: short(window.centre) }) : t('corner.asStored');
  const line = `${words}${current ? ` · ${nameOf(current)}` : ''}`;
  if (!window && scan.pixels.samples !== 3) return null;
  if (choices.length === 0) return <span>{line}</span>;
  return (
    <Menu
      trigger={<button type="button" className={styles.readout} aria-label={t('window.choose', { now: line })}>{line}</button>}
      items={choices.map((one, index) => ({
        label: nameOf(one),
        ...(index < KEYED ? { action: `reading-room.number-${index + 1}` } : {}),
        onSelect: () => room.getState().setWindow(windowOf(one)),
      }))}
    />
  );
}

export function windowOf({ width, centre }: WindowView): Window {
  return { width, centre };
}

/** The file's own explanation as it stands, presets by their name in the catalogue. */
function useWindowName() {
  const { t, i18n } = useTranslation('reading-room');
  return ({ label, source }: WindowView) => {
    if (source === 'auto') return t('window.auto');
    if (source === 'file') return label === '' || label === 'file' ? t('window.file') : t('window.fileNamed', { name: label });
    return i18n.exists(`reading-room:window.${label}`) ? t(`window.${label}`) : label;
  };
}
