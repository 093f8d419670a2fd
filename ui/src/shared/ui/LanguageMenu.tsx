import { Check, Globe } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';

import { screenLanguage, speak } from '../../i18n';
import { keepForMachine } from '../../i18n/choice';
import { LANGUAGES, OWN_NAMES, spoken } from '../../i18n/languages';
import styles from './LanguageMenu.module.css';

/** The language of the screens on this machine, each named in its own script: whoever reads none of the others finds theirs. */
export function LanguageMenu() {
  const { t } = useTranslation('common');
  const now = screenLanguage();
  const choose = (value: string) => {
    const language = spoken(value);
    if (language === undefined) return;
    keepForMachine(language);
    void speak(language);
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={styles.button} aria-label={t('speak.now', { language: OWN_NAMES[now] })}>
        <Globe size={16} aria-hidden /><bdi lang={now}>{OWN_NAMES[now]}</bdi>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} sideOffset={4} align="end" collisionPadding={8} aria-label={t('speak.label')}>
          <DropdownMenu.RadioGroup value={now} onValueChange={choose}>
            {LANGUAGES.map((language) => (
              <DropdownMenu.RadioItem key={language} value={language} className={styles.item}>
                <span className={styles.check}><DropdownMenu.ItemIndicator><Check size={16} aria-hidden /></DropdownMenu.ItemIndicator></span>
                <bdi lang={language}>{OWN_NAMES[language]}</bdi>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
