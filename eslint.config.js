// SPDX-License-Identifier: MIT
// @ts-check
// ESLint: the strict, type-aware rules for the library and its tests; only the recommended rules for
// the tools, whose types tsc checks.

const js = require('@eslint/js');
const { defineConfig } = require('eslint/config');
const ts = require('typescript-eslint');

module.exports = defineConfig(
  {
    ignores: [
      ...['.win/', 'build/', 'dist/', 'dist.next/', 'prebuilds/', 'lib/generated/'],
      'examples/*/{dist,out}/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,mts}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname },
    },
  },
  {
    files: ['test/**/*.{ts,mts}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(skip|skipIf|runIf|todo)$/]',
          message: 'Skip no test: put it where it can always run.',
        },
      ],
    },
  },
  {
    files: ['examples/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './examples/tsconfig.json', tsconfigRootDir: __dirname },
    },
  },
  {
    // The loader loads a binary with require(), which bundlers follow.
    rules: { '@typescript-eslint/no-require-imports': ['error', { allow: ['\\.node$'] }] },
    files: ['lib/remote/loader.ts'],
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    // tsc checks every name; no-undef would need lists of Node's globals.
    rules: { 'no-undef': 'off' },
  },
);
