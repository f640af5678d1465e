// Goal: the page of what only AWS can confirm names every probe that asks it, and no other.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { pageOf } from '../../support/documents.js';
import { callbackProbes } from '../../verify-aws/callback-probes.js';
import { doorbellProbe } from '../../verify-aws/doorbell-probe.js';
import { receiveOrderProbe } from '../../verify-aws/receive-order-probe.js';
import { wakeUpProbe } from '../../verify-aws/wake-up-probe.js';

const probes = [
  ...callbackProbes,
  receiveOrderProbe,
  wakeUpProbe(1),
  doorbellProbe({ cloudWatch: new CloudWatchClient({}), doorbellName: 'doorbell', workerName: 'worker' }),
];

/** The last cell of each row. */
const named = [...pageOf('docs/unverified.md').matchAll(/^\| .*\| (\S+) +\|$/gm)].map(
  ([, cell = '']) => cell,
);

it('each question names the probe that puts it, or none', () => {
  const names = named.filter((cell) => cell !== '-' && cell !== 'Probe' && !cell.startsWith('--'));

  expect(new Set(names)).toEqual(new Set(probes.map(({ name }) => `\`${name}\``)));
});
