import { fileURLToPath } from 'node:url';

const testEnvironment = fileURLToPath(import.meta.resolve('./test/support/quick-globals.js'));

const project = (name) => ({
  displayName: name,
  testEnvironment,
  // Our own package by its name is the sources, not what was built of them.
  testEnvironmentOptions: { exportConditions: ['node', 'node-addons', 'source'] },
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Transpile only: types are checked once by `tsc`, which is far quicker than checking them per suite.
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false }] },
});

export default {
  projects: ['unit', 'statemachines', 'infra', 'simulation', 'local'].map(project),
  // Judges nothing by time: it only ends what hangs, also on a busy machine.
  testTimeout: 60_000,
};
