// Language, type, contrast, who is here, what is kept, leaving.
import { ALargeSmall, Contrast, Globe, LogOut } from 'lucide-react';
import { useId } from 'react';

import type { Talk } from '../session/talk';
import { OWN_NAMES } from '../words';
import { useWords } from '../words/context';
import { changeLook, useLook } from './look';
import styles from './More.module.css';
import { Button, Sheet } from './parts';
import { Privacy } from './Privacy';

interface MoreProps {
  talk: Talk;
  onClose: () => void;
  onLanguage: () => void;
  onLeave: () => void;
}

export function More({ talk, onClose, onLanguage, onLeave }: MoreProps) {
  const { tell } = useWords();
  const look = useLook();
  return (
    <Sheet title={tell('more.title')} onClose={onClose}>
      <div className={styles.more}>
        <div className={styles.rows}>
          <button type="button" className={styles.row} onClick={onLanguage}>
            <Globe size="1.3em" aria-hidden /><span>{tell('more.language')}</span><span className={styles.value} lang={talk.language}>{OWN_NAMES[talk.language]}</span>
          </button>
          <Switch icon={ALargeSmall} label={tell('more.large')} on={look.large} onChange={(large) => changeLook({ large })} />
          <Switch icon={Contrast} label={tell('more.contrast')} on={look.contrast} onChange={(contrast) => changeLook({ contrast })} />
        </div>
        <section className={styles.group}>
          <h2>{tell('more.people')}</h2>
          <ul className={styles.rows}>
            {talk.people.map(({ id, name, doctor, here }) => (
              <li key={id} className={styles.person}>
                <bdi>{name}</bdi>
                <small>{[doctor && tell('more.doctor'), id === talk.you && tell('more.you'), !here && tell('more.away')].filter(Boolean).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </section>
        <section className={styles.group}>
          <h2>{tell('privacy.title')}</h2>
          <Privacy />
        </section>
        <Button kind="danger" icon={LogOut} onClick={onLeave}>{tell('more.leave')}</Button>
      </div>
    </Sheet>
  );
}

function Switch({ icon: Icon, label, on, onChange }: { icon: typeof Globe; label: string; on: boolean; onChange: (on: boolean) => void }) {
  const field = useId();
  return (
    <label className={styles.row} htmlFor={field}>
      <Icon size="1.3em" aria-hidden /><span>{label}</span>
      <input id={field} type="checkbox" role="switch" className={styles.switch} checked={on} onChange={({ target }) => onChange(target.checked)} />
    </label>
  );
}
