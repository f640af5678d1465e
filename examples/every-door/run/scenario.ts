import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { client } from '../doors/client.js';
import { commandLine, whyNoCommandLine } from '../doors/command-line.js';
import type { Door, Order } from '../doors/door.js';
import { events } from '../doors/events.js';
import { loadFile, type Summary } from '../doors/file.js';
import { hasCurl, intakeByCurl, intakeByFetch } from '../doors/intake.js';
import type { DoorFacts, Facts } from './facts.js';
import type { DoorsRun } from './start-example.js';
import type { Watch } from './watch.js';

const FILE = 'CSV file';

/** Above the wait after a crash and the visibility timeout: longer without an end means that nothing moves. */
const STALL_MS = 120_000;

export interface Size {
  /** Of the file. */
  readonly rows: number;
  /** Through each of the other doors, half of them HIGH and half NORMAL. */
  readonly calls: number;
  /** Through the aws command line, which takes about a second of a processor for each. */
  readonly commandLineCalls: number;
  /** Each door is used in so many bursts, spread over the file's rows. */
  readonly bursts: number;
}

interface Asked {
  readonly key: string;
  readonly name: string;
  readonly atMs: number;
}

interface Doors {
  readonly doors: readonly Door[];
  readonly untried: Readonly<Record<string, string>>;
  readonly file: Parameters<typeof loadFile>[0];
  readonly close: () => void;
}

/** While a file is loaded, calls come through every other door: says what happens as it does. */
export async function playScenario(
  run: DoorsRun,
  watch: Watch,
  size: Size,
  say: (line: string) => void,
): Promise<Facts> {
  const beganMs = performance.now();
  const { doors, untried, file, close } = await openDoors(run);
  for (const [door, why] of Object.entries(untried)) say(`${door.toUpperCase()} IS NOT TRIED: ${why}.`);
  try {
    const keys = Array.from({ length: size.rows }, (_, row) => `row-${row}`);
    say(`A file of ${size.rows} rows is loaded, as BATCH ...`);
    const load = await loadFile(file, keys);
    const asked = new Map<string, Asked[]>(doors.map(({ name }) => [name, []]));
    for (let burst = 0; burst < size.bursts; burst += 1) {
      const rowsBefore = Math.ceil((size.rows * burst) / (size.bursts + 1)) + 1;
      await watch.until(() => keysCalled(watch, keys) >= rowsBefore, STALL_MS);
      say(
        `... ${keysCalled(watch, keys)} rows are served; burst ${burst + 1} of ${size.bursts}: HIGH and NORMAL through ${doors.length} doors`,
      );
      await Promise.all(
        doors.map(async (door) => {
          const isSlow = door.name === 'aws command line';
          const orders = ordersOf(
            door.name,
            burst,
            part(isSlow ? size.commandLineCalls : size.calls, burst, size.bursts),
          );
          asked.get(door.name)?.push(...(await askAll(door, orders)));
        }),
      );
    }
    const names = [load, ...[...asked.values()].flat().map(({ name }) => name)];
    await watch.until(() => names.every((name) => watch.endOf(name) !== undefined), STALL_MS);
    const summary = summaryOf(watch, load);
    return {
      doors: [
        ...doors.map(({ name }) => doorFacts(name, asked.get(name) ?? [], watch)),
        fileFacts(keys, summary, watch),
      ],
      untried,
      file: summary,
      elapsedMs: Math.round(performance.now() - beganMs),
      passed: run.turns.passed(),
      api: await run.legacyApi.figures(),
      deadLettered: run.deadLettered(),
      workerInvocations: workerInvocations(run),
      slots: run.slots,
    };
  } finally {
    close();
  }
}

async function openDoors(run: DoorsRun): Promise<Doors> {
  const { endpoint } = run.aws;
  const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const [sfn, s3] = [new SFNClient({ ...local, endpoint }), new S3Client({ ...local, endpoint })];
  const eventBridge = new EventBridgeClient({ ...local, endpoint });
  const stateMachineArn = run.output('StateMachineArn');
  const intakeUrl = run.output('IntakeUrl');
  const variables = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: local.region },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: 'local' },
  };
  const why = await whyNoCommandLine();
  const shell = commandLine(stateMachineArn, variables);
  return {
    doors: [
      ...(why === undefined ? [shell] : []),
      client({ stateMachineArn, sfn }),
      (await hasCurl()) ? intakeByCurl(intakeUrl) : intakeByFetch(intakeUrl),
      events(eventBridge),
    ],
    untried: why === undefined ? {} : { [shell.name]: why },
    file: { s3, sfn, bucket: run.output('BatchBucketName'), batchLoadArn: run.output('BatchLoadArn') },
    close: () => {
      for (const one of [sfn, s3, eventBridge]) one.destroy();
    },
  };
}

/** So many of `total` that each burst has about as many as any other. */
function part(total: number, burst: number, bursts: number): number {
  return Math.floor((total * (burst + 1)) / bursts) - Math.floor((total * burst) / bursts);
}

function ordersOf(door: string, burst: number, count: number): readonly Order[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `${door.replaceAll(' ', '-')}-${burst}-${index}`,
    priority: index % 2 === 0 ? 'HIGH' : 'NORMAL',
  }));
}

async function askAll(door: Door, orders: readonly Order[]): Promise<readonly Asked[]> {
  const atMs = performance.now();
  const names = await door.ask(orders);
  return orders.map(({ key }, index) => ({ key, name: names[index] ?? '', atMs }));
}

function keysCalled(watch: Watch, keys: readonly string[]): number {
  return keys.filter((key) => watch.calledAtMs(key) !== undefined).length;
}

function doorFacts(door: string, asked: readonly Asked[], watch: Watch): DoorFacts {
  const ends = asked.map(({ name }) => watch.endOf(name)?.status);
  const waits = asked
    .flatMap(({ key, atMs }) => {
      const calledAtMs = watch.calledAtMs(key);
      return calledAtMs === undefined ? [] : [Math.round(calledAtMs - atMs)];
    })
    .sort((one, other) => one - other);
  return {
    door,
    asked: asked.length,
    called: waits.length,
    ended: ends.filter((status) => status !== undefined).length,
    succeeded: ends.filter((status) => status === 'SUCCEEDED').length,
    waitMsP50: waits[Math.floor(waits.length / 2)] ?? null,
    waitMsMax: waits.at(-1) ?? null,
  };
}

function fileFacts(keys: readonly string[], { succeeded, failed }: Summary, watch: Watch): DoorFacts {
  return {
    ...{ door: FILE, asked: keys.length, called: keysCalled(watch, keys) },
    ...{ ended: succeeded + failed, succeeded, waitMsP50: null, waitMsMax: null },
  };
}

function summaryOf(watch: Watch, load: string): Summary {
  const end = watch.endOf(load);
  if (end?.output == null) return { total: 0, succeeded: 0, failed: 0 };
  return JSON.parse(end.output) as Summary;
}

function workerInvocations({ aws, output }: DoorsRun): number {
  const worker = aws.functions.find(({ name }) => name === output('WorkerName'));
  return worker?.figures().invocations ?? 0;
}
