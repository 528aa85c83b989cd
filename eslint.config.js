import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const functionLikes =
  ':matches(:function, TSDeclareFunction, TSEmptyBodyFunctionExpression, TSFunctionType, TSMethodSignature, TSCallSignatureDeclaration)' +
  ':not([returnType.typeAnnotation.asserts=true])';
const noBooleanParameter =
  'A boolean argument says nothing at the call: take a named option, a union of literals, or write two functions.';

const booleanParameters = [
  {
    selector: `${functionLikes} > Identifier.params[typeAnnotation.typeAnnotation.type="TSBooleanKeyword"]`,
    message: noBooleanParameter,
  },
  {
    selector: `${functionLikes} > AssignmentPattern.params[left.typeAnnotation.typeAnnotation.type="TSBooleanKeyword"]`,
    message: noBooleanParameter,
  },
  {
    selector: `${functionLikes} > AssignmentPattern.params:not([left.typeAnnotation])[right.type="Literal"][right.raw=/^(true|false)$/]`,
    message: noBooleanParameter,
  },
];

const defaultExports = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
];

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'deviations/', 'docs/generated/', 'test/golden/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...defaultExports, ...booleanParameters],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // What is taken out of the rest is what the rest is without.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false },
      ],
    },
  },
  {
    files: ['cli/**', 'bench/**', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['*.config.js', '*.config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...booleanParameters] },
  },
);
