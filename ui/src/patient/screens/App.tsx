// One thing at a time, in this order: language, name, code where no link brought one, waiting, conversation, end.
import { useState, useSyncExternalStore } from 'react';

import { Guest } from '../session/guest';
import type { Arrival, Keeper } from '../session/keep';
import type { Language } from '../wire/content';
import { phoneLanguage } from '../words';
import { useWords, WordsIn } from '../words/context';
import { ChooseLanguage, EnterCode, LanguageList, SayName } from './Begin';
import { Conversation } from './Conversation';
import { Over } from './Over';
import { Sheet } from './parts';
import { Waiting } from './Waiting';

/** `resumed` after a reload; `arrival` where a link opened the page. */
export function App({ keep, arrival, resumed }: { keep: Keeper; arrival: Arrival | undefined; resumed: Guest | undefined }) {
  const [language, setLanguage] = useState<Language>();
  const [name, setName] = useState<string>();
  const [guest, setGuest] = useState(resumed);
  const join = (chosen: string, digits?: string) =>
    setGuest(Guest.join(digits === undefined && arrival !== undefined ? { by: 'link', arrival } : { by: 'code', digits: digits ?? '' }, chosen, language ?? 'en', keep));

  if (guest !== undefined) return <Consultation guest={guest} onCode={() => setGuest(undefined)} />;
  if (language === undefined) return <WordsIn language={phoneLanguage()}><ChooseLanguage onChoose={setLanguage} /></WordsIn>;
  return (
    <WordsIn language={language}>
      {name === undefined
        ? <SayName onBack={() => setLanguage(undefined)} onName={(chosen) => (setName(chosen), arrival !== undefined && join(chosen))} />
        : <EnterCode onBack={() => setName(undefined)} onCode={(digits) => join(name, digits)} />}
    </WordsIn>
  );
}

function Consultation({ guest, onCode }: { guest: Guest; onCode: () => void }) {
  const talk = useSyncExternalStore(guest.subscribe, guest.talk);
  const [choosing, setChoosing] = useState(false);
  const choose = (language: Language) => {
    guest.choose(language);
    setChoosing(false);
  };
  return (
    <WordsIn language={talk.language}>
      {talk.phase === 'over' ? <Over talk={talk} guest={guest} onCode={onCode} /> : (
        <>
          {talk.phase === 'in'
            ? <Conversation talk={talk} guest={guest} onLanguage={() => setChoosing(true)} />
            : <Waiting talk={talk} guest={guest} onLanguage={() => setChoosing(true)} />}
          {choosing && <ChooseAgain current={talk.language} onChoose={choose} onClose={() => setChoosing(false)} />}
        </>
      )}
    </WordsIn>
  );
}

function ChooseAgain({ current, onChoose, onClose }: { current: Language; onChoose: (language: Language) => void; onClose: () => void }) {
  const { tell } = useWords();
  return <Sheet title={tell('language.title')} onClose={onClose}><LanguageList current={current} onChoose={onChoose} /></Sheet>;
}
