import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = ['setup', 'session', 'worklist', 'imaging', 'reading', 'reading-room', 'clinic', 'journal', 'settings', 'live', 'phrases', 'reports', 'assist'];

const noTauri = { group: ['@tauri-apps/*'], message: 'Only src/host may import Tauri; call the host instead.' };

/** A feature imports itself and what is shared, never another feature: `app` composes. */
const crossDomain = features.map((feature) => ({
  files: [`src/${feature}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [
        noTauri,
        {
          group: [...features.filter((other) => other !== feature), 'app'].flatMap((other) => [`../${other}`, `../${other}/*`, `../../${other}`, `../../${other}/*`]),
          message: 'A feature does not import another feature: move it to shared/ or compose in app/.',
        },
      ],
    }],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'dist-screens', 'dist-patient', 'src/bindings', 'node_modules'] },
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat['recommended-latest'],
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-imports': ['error', { patterns: [noTauri] }],
      'no-restricted-syntax': ['error', {
        selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
        message: 'Text from files and people is shown as text.',
      }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  {
    files: ['src/shared/**/*.{ts,tsx}', 'src/host/**/*.{ts,tsx}', 'src/i18n/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [noTauri, { group: [...features, 'app'].flatMap((other) => [`../${other}`, `../${other}/*`, `../../${other}`, `../../${other}/*`]), message: 'shared/ knows no feature.' }],
      }],
    },
  },
  ...crossDomain,
  { files: ['src/host/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['tools/*.mjs', '**/*.measure.mjs'], rules: { 'no-console': 'off' }, languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } } },
);
