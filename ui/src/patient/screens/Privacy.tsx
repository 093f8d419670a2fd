import { Eye, FileText, Languages, Lock, Smartphone } from 'lucide-react';

import { useWords } from '../words/context';
import styles from './parts.module.css';

const POINTS = [['record', FileText], ['who', Eye], ['way', Lock], ['translation', Languages], ['phone', Smartphone]] as const;

/** What is recorded and who can read it, in the patient's language. */
export function Privacy() {
  const { tell } = useWords();
  return (
    <ul className={styles.points}>
      {POINTS.map(([point, Icon]) => <li key={point}><Icon size="1.25em" aria-hidden /><span>{tell(`privacy.${point}`)}</span></li>)}
    </ul>
  );
}
