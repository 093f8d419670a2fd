// Everyone in the consultation: what they read, whether they are there, and the way out for a guest.
import { Armchair, Smartphone, Stethoscope, UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, Language, PersonView } from '../../bindings/types';
import { showClock } from '../../i18n/dates';
import { useAction } from '../../shared/keys';
import { languageChoices, languageName } from '../../shared/languages';
import { Button, Dialog, IconButton, Problem } from '../../shared/ui';
import { useAct } from '../use-consultation';
import styles from './side.module.css';

const ICONS = { doctor: Stethoscope, guest: Smartphone, across_the_desk: Armchair } as const;

export function People({ view, onInvite }: { view: ConsultationView; onInvite: (() => void) | undefined }) {
  const { t } = useTranslation('live');
  const language = useAct('live.set_language');
  const remove = useAct('live.remove');
  const [removing, setRemoving] = useState<PersonView | null>(null);
  const open = view.ended === null && view.mine;
  useAction('live.invite', () => onInvite?.(), open && onInvite !== undefined);
  return (
    <section className={styles.people} aria-labelledby="people">
      <header><h2 id="people">{t('people.title')}</h2>{open && onInvite !== undefined && <Button kind="quiet" icon={UserPlus} action="live.invite" onClick={onInvite}>{t('people.invite')}</Button>}</header>
      {(language.error ?? remove.error) && <Problem error={(language.error ?? remove.error)!} small />}
      <ul>
        {view.people.map((person) => (
          <Person
            key={person.id} person={person} open={open && person.gone === null} ended={view.ended !== null}
            onLanguage={(chosen) => language.mutate({ consultation_id: view.id, participant_id: person.id, language: chosen })} onRemove={() => setRemoving(person)}
          />
        ))}
      </ul>
      {removing !== null && (
        <Dialog
          open size="small" onOpenChange={() => setRemoving(null)} title={t('people.removeTitle', { name: removing.name })} description={removing.kind === 'guest' ? t('people.removeHint') : t('people.removeDeskHint')}
          footer={<><Button onClick={() => setRemoving(null)}>{t('people.keep')}</Button><Button kind="danger" icon={UserMinus} onClick={() => {
            remove.mutate({ consultation_id: view.id, participant_id: removing.id });
            setRemoving(null);
          }}>{t('people.remove')}</Button></>}
        >{null}</Dialog>
      )}
    </section>
  );
}

function Person({ person, open, ended, onLanguage, onRemove }: { person: PersonView; open: boolean; ended: boolean; onLanguage: (language: Language) => void; onRemove: () => void }) {
  const { t } = useTranslation('live');
  const Icon = ICONS[person.kind];
  const state = person.gone !== null ? t('people.gone', { at: showClock(person.gone) }) : person.kind !== 'guest' || ended ? null : person.here ? t('people.here') : t('people.away');
  return (
    <li className={styles.person} data-gone={person.gone !== null || undefined}>
      <Icon size={16} aria-hidden />
      <div>
        <p className={styles.name}><bdi>{person.name}</bdi></p>
        <p className={styles.quiet}>
          {t(`people.kind.${person.kind}`)}
          {state !== null && <> · <span className={styles.state} data-here={(person.here && person.gone === null) || undefined}>{state}</span></>}
        </p>
        {open && person.kind !== 'guest'
          ? (
            <label className={styles.reads}>
              <span className="unseen">{t('people.languageOf', { name: person.name })}</span>
              <select value={person.language} onChange={(event) => onLanguage(event.target.value as Language)}>
                {languageChoices().map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
              </select>
            </label>
          )
          : <p className={styles.quiet}>{t('people.reads', { language: languageName(person.language) })}</p>}
      </div>
      {open && person.kind !== 'doctor' && <IconButton icon={UserMinus} label={t('people.removeOf', { name: person.name })} onClick={onRemove} />}
    </li>
  );
}
