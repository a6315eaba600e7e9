import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const MAY_IMPORT = {
  api: ['api'],
  shared: ['shared', 'api'],
  work: ['work', 'shared', 'api'],
  design: ['design', 'shared', 'api'],
  audit: ['audit', 'shared', 'api'],
  app: ['app', 'work', 'design', 'audit', 'shared', 'api'],
};

export default defineConfig(
  { ignores: ['dist', 'src/api/schema.d.ts', 'e2e/results'] },
  js.configs.recommended,
  tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  jsxA11y.flatConfigs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true }],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**'],
    rules: {
      'max-lines-per-function': 'off',
      // Playwright's fixtures take what they need from an object, which may be empty, and are given with `use`.
      'no-empty-pattern': 'off',
      'react-hooks/rules-of-hooks': 'off',
    },
  },
  {
    // Imports run one way: app → work, design, audit → shared → api. The three workplaces never import each other.
    files: ['src/**'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.keys(MAY_IMPORT).map((name) => ({
        type: name,
        pattern: `src/${name}`,
      })),
      'import/resolver': { typescript: true },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(MAY_IMPORT).map(([from, allowed]) => ({
            from: { element: { type: from } },
            allow: allowed.map((type) => ({ to: { element: { type } } })),
          })),
        },
      ],
    },
  },
);
