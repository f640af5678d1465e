import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import jest from './jest.config.js';

/**
 * One folder of core, judged by the tests of that folder alone: the lowest layer must notice, and a run of every
 * test that touches core by any way would take a day.
 */
const folder = env['FOLDER'] ?? 'ledger';
const inFolder = folder === 'core' ? '*' : `${folder}/**/*`;
const output = `coverage/mutation/${folder}`;

const unit = jest.projects.find(({ displayName }) => displayName === 'unit');

// Tests are known by their titles, which hold the seed: it must be the same in every process.
env['SEED'] ??= '1';

export default {
  mutate: [`lambdas/core/${inFolder}.ts`],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    config: {
      ...unit,
      projects: [],
      testEnvironment: fileURLToPath(import.meta.resolve('./test/mutation/first-failure.js')),
      roots: ['<rootDir>/lambdas/core', '<rootDir>/test/support', '<rootDir>/test/unit/core'],
      testTimeout: 2_500,
      testMatch: [`<rootDir>/test/unit/core/${folder}.together.ts`],
    },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  thresholds: { high: 95, low: 90, break: 90 },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${output}/report.html` },
  jsonReporter: { fileName: `${output}/report.json` },
  ignorePatterns: ['cdk.out', 'coverage', 'docs'],
  concurrency: 2,
  timeoutMS: 2_500,
};
