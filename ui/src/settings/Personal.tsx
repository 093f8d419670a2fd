import { useTranslation } from 'react-i18next';

import type { Palette, Theme } from '../bindings/types';
import { speak } from '../i18n';
import { languageFor } from '../i18n/choice';
import { LANGUAGES, OWN_NAMES } from '../i18n/languages';
import { showPercent } from '../i18n/numbers';
import { useMay, useSession } from '../shared/session-store';
import { chooseTheme, THEMES } from '../shared/theme';
import { Panel, Problem, Toggle } from '../shared/ui';
import { usePreferences } from './preferences';
import styles from './settings.module.css';

const PALETTES: readonly Palette[] = ['inferno', 'viridis'];

export function Personal() {
  const { t } = useTranslation('settings');
  const name = useSession((session) => session.name);
  const reads = useMay('reading.read');
  const { preferences, change, error } = usePreferences();
  const wear = (theme: Theme) => {
    chooseTheme(theme);
    change({ theme });
  };
  const read = (language: string) => {
    void speak(languageFor(language));
    change({ language });
  };
  const machine = { value: '', label: t('common:speak.machine') };
  return (
    <Panel title={t('personal.title', { name })}>
      <Choice name="theme" legend={t('personal.theme')} hint={t('personal.themeHint')} value={preferences.theme} options={THEMES.map((theme) => ({ value: theme, label: t(`theme.${theme}`) }))} onChange={wear} />
      <Choice name="language" legend={t('personal.language')} hint={t('personal.languageHint')} value={preferences.language} options={[machine, ...LANGUAGES.map((language) => ({ value: language as string, label: OWN_NAMES[language], lang: language }))]} onChange={read} />
      {reads && (
        <>
          <Toggle label={t('personal.hidden')} hint={t('personal.hiddenHint')} checked={preferences.map_hidden_until_looked} onChange={(on) => change({ map_hidden_until_looked: on })} />
          <Choice name="palette" legend={t('personal.palette')} hint={t('personal.paletteHint')} value={preferences.palette} options={PALETTES.map((palette) => ({ value: palette, label: t(`palette.${palette}`), scale: palette }))} onChange={(palette) => change({ palette })} />
          <label className={styles.range}>
            <span>{t('personal.opacity')}</span>
            <input type="range" min={0} max={100} step={5} value={preferences.map_opacity} onChange={(event) => change({ map_opacity: Number(event.target.value) })} />
            <output className="numbers">{showPercent(preferences.map_opacity / 100)}</output>
          </label>
        </>
      )}
      {error && <Problem error={error} small />}
    </Panel>
  );
}

function Choice<V extends string>({ name, legend, hint, value, options, onChange }: { name: string; legend: string; hint: string; value: V; options: readonly { value: V; label: string; lang?: string; scale?: Palette }[]; onChange: (value: V) => void }) {
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      <p>{hint}</p>
      <div>
        {options.map((option) => (
          <label key={option.value} data-checked={option.value === value || undefined}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.scale !== undefined && <span className={styles.scale} data-scale={option.scale} aria-hidden />}
            {option.lang === undefined ? option.label : <bdi lang={option.lang}>{option.label}</bdi>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
