import { useTranslation } from 'react-i18next';

import { useSession } from '../shared/session-store';
import styles from './Assistant.module.css';
import { useTalk, type Scope } from './talk';

/** Nothing was asked yet: what can be. A click writes it into the question box. */
export function Examples({ scope }: { scope: Scope }) {
  const { t } = useTranslation('assist');
  const role = useSession((session) => session.role);
  const key = scope.about === 'app' ? `examples.app.${role}` : `examples.${scope.about}`;
  const questions = Object.values(t(key, { returnObjects: true })) as string[];
  const write = (question: string) => {
    useTalk.setState({ draft: question });
    document.getElementById('assist-question')?.focus();
  };
  return (
    <div className={styles.empty}>
      <p>{t(`empty.${scope.about}`)}</p>
      <ul>
        {questions.map((question) => (
          <li key={question}><button type="button" className={styles.example} onClick={() => write(question)}>{question}</button></li>
        ))}
      </ul>
    </div>
  );
}
