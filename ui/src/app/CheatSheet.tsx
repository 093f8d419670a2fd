import { useTranslation } from 'react-i18next';

import { useGo } from '../shared/go';
import { caps, chordsOf, keyRegistry, type Scope } from '../shared/keys';
import { Button, Dialog, Kbd } from '../shared/ui';
import styles from './CheatSheet.module.css';

const SCOPES: readonly Scope[] = ['everywhere', 'worklist', 'reading-room', 'report'];

/** All keys on one sheet, as this person has them. */
export function CheatSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const go = useGo();
  const { actions, remapped } = keyRegistry();
  const change = () => {
    onClose();
    go.to('/settings');
  };
  return (
    <Dialog open onOpenChange={onClose} size="large" title={t('keys.title')} description={t('keys.hint')} footer={<Button onClick={change}>{t('keys.change')}</Button>}>
      <div className={styles.columns}>
        {SCOPES.map((scope) => {
          const rows = actions.filter((action) => action.scope === scope && chordsOf(action, remapped).length > 0);
          if (rows.length === 0) return null;
          return (
            <section key={scope}>
              <h3>{t(`keys.scope.${scope}`)}</h3>
              <dl>
                {rows.map((action) => (
                  <div key={action.id}>
                    <dt>{t(action.label)}</dt>
                    <dd>
                      {chordsOf(action, remapped).map((chord) => <Kbd key={chord} chord={chord} />)}
                      <span className="unseen">{chordsOf(action, remapped).map((chord) => caps(chord).join(' ')).join(', ')}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
