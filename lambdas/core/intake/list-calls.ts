import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { CallSummary } from '../contracts/intake-answers.js';
import { CALL_STATUSES, PAGE_CALLS_DEFAULT, PAGE_CALLS_MAX } from '../contracts/intake-api.js';
import { PRIORITIES } from '../contracts/priority.js';
import { inputOf } from '../status/call-input.js';
import { answerWith, type IntakeAnswer, type IntakeRequest, invalid } from './http.js';
import type { IntakePorts, ListedCall } from './ports.js';
import { summaryOf } from './shown-call.js';

const PARAMETERS = ['priority', 'status', 'cursor', 'limit'];

/**
 * `GET /calls`: the newest first, page by page. Step Functions does not list by priority, so with that filter a page is
 * looked through call by call and may show fewer than asked for, or none, and still name a next one.
 */
export async function listCalls(
  ports: IntakePorts,
  _config: OrchestratorConfig,
  { query }: IntakeRequest,
): Promise<IntakeAnswer> {
  const priority = PRIORITIES.find((one) => one === query['priority']);
  const status = CALL_STATUSES.find((one) => one === query['status']);
  const most = Number(query['limit'] ?? PAGE_CALLS_DEFAULT);
  const faults = [
    ...refusedChoice('priority', query['priority'], PRIORITIES),
    ...refusedChoice('status', query['status'], CALL_STATUSES),
    ...(Number.isInteger(most) && most >= 1 && most <= PAGE_CALLS_MAX
      ? []
      : [`limit: expected a whole number from 1 to ${PAGE_CALLS_MAX} but got ${cut(query['limit'])}`]),
    ...Object.keys(query)
      .filter((name) => !PARAMETERS.includes(name))
      .map((name) => `${cut(name)}: unknown parameter; remove it or correct its name`),
  ];
  if (faults.length > 0) return answerWith(invalid(faults));
  const page = await ports.calls.list({ status, cursor: query['cursor'], most });
  if (page === 'badCursor')
    return answerWith(invalid(['cursor: expected one that a list returned within the last day']));
  const shown =
    priority === undefined
      ? page.calls.map(summaryOf)
      : (await summariesWithInput(ports, page.calls)).filter((call) => call.priority === priority);
  return { status: 200, body: { calls: shown, cursor: page.cursor ?? null } };
}

/** A few at a time: Step Functions throttles who describes many executions at once. */
const AT_ONCE = 5;

async function summariesWithInput(
  { calls }: IntakePorts,
  listed: readonly ListedCall[],
): Promise<readonly CallSummary[]> {
  const summaries: CallSummary[] = [];
  for (let start = 0; start < listed.length; start += AT_ONCE) {
    const found = await Promise.all(listed.slice(start, start + AT_ONCE).map(({ id }) => calls.find(id)));
    summaries.push(
      ...found.flatMap((call) => {
        if (call === undefined) return [];
        const { operation, priority } = inputOf(call.inputJson, call.arn);
        return [{ ...summaryOf(call), operation, priority }];
      }),
    );
  }
  return summaries;
}

function refusedChoice(
  name: string,
  value: string | undefined,
  allowed: readonly string[],
): readonly string[] {
  return value === undefined || allowed.includes(value)
    ? []
    : [`${name}: expected one of ${allowed.join(', ')} but got ${cut(value)}`];
}

function cut(text = ''): string {
  return text.slice(0, 80);
}
