// SPDX-License-Identifier: MIT
// @ts-check
// The linter: strict and with types for the library and its tests, plain for the tools, which tsc
// checks.

const js = require('@eslint/js');
const { defineConfig } = require('eslint/config');
const ts = require('typescript-eslint');

module.exports = defineConfig(
  { ignores: ['.win/', 'build/', 'dist/', 'dist.next/', 'prebuilds/', 'lib/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,mts}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname },
    },
  },
  {
    // The one way to a binary, and the one that bundlers follow.
    rules: { '@typescript-eslint/no-require-imports': ['error', { allow: ['\\.node$'] }] },
    files: ['lib/binding.ts'],
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    // tsc knows every name; no-undef would need lists of Node's globals.
    rules: { 'no-undef': 'off' },
  },
);
