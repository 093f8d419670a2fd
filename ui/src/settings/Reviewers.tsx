// Who may say that a phrase is right in a language: named person by person, language by language.
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, ReviewerView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { showList } from '../i18n/lists';
import { languageName, LANGUAGES, OWN_NAMES } from '../shared/languages';
import { Button, Checkbox, Dialog, Panel, Problem, Skeleton, toast } from '../shared/ui';
import styles from './settings.module.css';

export function Reviewers() {
  const { t } = useTranslation('settings');
  const reviewers = useView('phrases.reviewers', null);
  const [changing, setChanging] = useState<ReviewerView | null>(null);
  return (
    <Panel title={t('reviewers.title')}>
      <p>{t('reviewers.hint')}</p>
      {reviewers.error && <Problem error={reviewers.error} retry={() => void reviewers.refetch()} />}
      {reviewers.isPending && <Skeleton rows={3} />}
      <ul className={styles.people}>
        {reviewers.data?.map((person) => (
          <li key={person.user_id}>
            <span><bdi>{person.name}</bdi>, {t(`common:role.${person.role}`)}</span>
            <span className={styles.quiet}>{person.languages.length === 0 ? t('reviewers.none') : showList(person.languages.map(languageName))}</span>
            <Button kind="quiet" icon={Pencil} aria-label={t('reviewers.changeOf', { name: person.name })} onClick={() => setChanging(person)}>{t('reviewers.change')}</Button>
          </li>
        ))}
      </ul>
      {changing !== null && <Change person={changing} onClose={() => setChanging(null)} />}
    </Panel>
  );
}

function Change({ person, onClose }: { person: ReviewerView; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const save = useCommand('phrases.set_reviewer');
  const [languages, setLanguages] = useState<readonly Language[]>(person.languages);
  const keep = () => save.mutate({ user_id: person.user_id, languages: [...languages] }, {
    onSuccess: () => {
      toast(t('reviewers.saved'));
      onClose();
    },
  });
  return (
    <Dialog open size="small" onOpenChange={onClose} title={t('reviewers.of', { name: person.name })} description={t('reviewers.ofHint')} footer={<Button kind="primary" busy={save.isPending} onClick={keep}>{t('reviewers.save')}</Button>}>
      <div className={styles.two}>
        {LANGUAGES.filter((language) => language !== 'en').map((language) => (
          <Checkbox
            key={language} checked={languages.includes(language)} label={<>{languageName(language)} · <bdi lang={language}>{OWN_NAMES[language]}</bdi></>}
            onChange={(event) => setLanguages(event.target.checked ? [...languages, language] : languages.filter((one) => one !== language))}
          />
        ))}
      </div>
      {save.error && <Problem error={save.error} small />}
    </Dialog>
  );
}
