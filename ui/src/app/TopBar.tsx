import { useCanGoBack } from '@tanstack/react-router';
import { ArrowLeft, CircleHelp, KeyRound, Keyboard, Lock, LogOut, MessageCircleQuestion, Palette as PaletteIcon, Search, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { runAction } from '../shared/keys';
import { patientOnScreen } from '../shared/patient';
import { PatientBanner } from '../shared/ui/PatientBanner';
import { useMay, useSession } from '../shared/session-store';
import { Chip, IconButton, Kbd, Menu } from '../shared/ui';
import styles from './TopBar.module.css';

export function TopBar() {
  const { t } = useTranslation('frame');
  const { name, demo, role } = useSession((session) => session);
  const patient = patientOnScreen((state) => state.patient);
  const mayAsk = useMay('assist.ask');
  const canGoBack = useCanGoBack();
  return (
    <header className={styles.bar} data-pane>
      <div className={styles.start}>
        <IconButton icon={ArrowLeft} label={t('action.back')} action="frame.back" disabled={!canGoBack} onClick={() => runAction('frame.back')} />
        <span className={styles.name}>{t('product')}</span>
        {demo && <Chip tone="outline">{t('demo')}</Chip>}
      </div>
      {patient === null ? <span /> : <PatientBanner patient={patient} />}
      <div className={styles.end}>
        <button type="button" className={styles.search} onClick={() => runAction('frame.palette')}>
          <Search size={15} aria-hidden />
          <span>{t('find')}</span>
          <Kbd action="frame.palette" />
        </button>
        {mayAsk && <IconButton icon={MessageCircleQuestion} label={t('assist:action.open')} action="assist.open" onClick={() => runAction('assist.open')} />}
        <IconButton icon={Lock} label={t('action.lock')} action="frame.lock" onClick={() => runAction('frame.lock')} />
        <Menu
          trigger={<button type="button" className={styles.person} aria-label={t('menuOf', { name })}><UserRound size={16} aria-hidden /><span className={styles.personName}>{name}</span></button>}
          items={[
            { label: `${t(`common:role.${role}`)}: ${name}`, icon: UserRound, disabled: true, onSelect: () => undefined },
            'line',
            { label: t('action.theme'), icon: PaletteIcon, action: 'frame.theme', onSelect: () => runAction('frame.theme') },
            { label: t('action.keys'), icon: Keyboard, action: 'frame.keys', onSelect: () => later('frame.keys') },
            { label: t('action.password'), icon: KeyRound, onSelect: () => later('frame.password') },
            { label: t('action.about'), icon: CircleHelp, onSelect: () => later('frame.about') },
            'line',
            { label: t('action.lock'), icon: Lock, action: 'frame.lock', onSelect: () => runAction('frame.lock') },
            { label: t('action.signOut'), icon: LogOut, action: 'frame.signOut', onSelect: () => runAction('frame.signOut') },
          ]}
        />
      </div>
    </header>
  );
}

/** A dialog opens after its menu has closed and given the focus back. */
function later(action: string): void {
  window.setTimeout(() => runAction(action));
}
