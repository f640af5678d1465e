import { type Command, InvalidArgumentError } from 'commander';
import { refusingWith } from '../../lambdas/core/config/command-line.js';
import { parseRateLimits, type RateLimit } from '../../lambdas/core/config/units.js';
import { allowMoreThan, liveLimitsFault, limitsAfter } from '../../lambdas/core/pacing/live-limits.js';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';
import { limitsText } from '../words.js';

const HELP = `
  rlo limit                 what is in force
  rlo limit 10/1s           10 calls in any second, from now on
  rlo limit 10/1s,500/1h    several at once; a window of more than 5 minutes is a quota
  rlo limit reset           back to the configured limits

Slots obey within a second or two, and stricter limits at once. While slots of an old and of a new pace serve side by
side, all keep to the stricter, so no window breaks a limit on the way, up or down. Limits by rate and quotas are told
apart: the kind that you do not name stays as it is. Limits that slots would refuse are refused here, before anything
changes. The change lasts until it is reset, also through deployments; to keep it, put it into the configuration.`;

/** As many calls per window as the configuration allows. */
const CALLS_MAX = 1_000_000;

export function limitCommand(program: Command): void {
  program
    .command('limit')
    .description('show the limits in force, change them while slots serve, or reset them')
    .argument('[limits]', 'N/window, several separated by commas, or reset', parseLimits)
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, named: readonly RateLimit[] | 'reset' | undefined) => limit(context, named)),
    );
}

const parseLimits = refusingWith(
  InvalidArgumentError,
  (text): readonly RateLimit[] | 'reset' => (text === 'reset' ? text : parseRateLimits(text, CALLS_MAX)),
  '. To return to the configured limits, use `rlo limit reset`',
);

async function limit(
  { config, control, settings }: Context,
  named: readonly RateLimit[] | 'reset' | undefined,
): Promise<Report> {
  const before = await control.read();
  const inForce = before.limits ?? config.limits;
  if (named === undefined) return limitReport(config.limits, inForce);
  if (named.length === 0 && config.limits.length > 0)
    throw new CommandError(
      'limit refused, nothing was changed: none would remove every limit of the configuration; use `rlo limit reset` to return to them, or name at least one',
    );
  const wanted = named === 'reset' ? undefined : wantedOver(inForce, named);
  const fault = wanted === undefined ? undefined : liveLimitsFault(config, wanted);
  if (fault !== undefined) throw new CommandError(`limit refused, nothing was changed: ${fault}`);
  await settings.setLimits(wanted);
  return limitReport(config.limits, wanted ?? config.limits, inForce);
}

/** @param before what was in force until now. @default - nothing was changed */
export function limitReport(
  configured: readonly RateLimit[],
  inForce: readonly RateLimit[],
  before?: readonly RateLimit[],
): Report {
  const aboveConfiguration = allowMoreThan(configured, inForce);
  const since = before === undefined ? 'in force' : `from now on; before: ${limitsText(before)}`;
  const warning = aboveConfiguration ? ' That is more than the configuration says that the API takes.' : '';
  return {
    json: { inForce, before, configured, aboveConfiguration },
    text: `${limitsText(inForce)} ${since}; configured: ${limitsText(configured)}.${warning}`,
  };
}

/** `none`, where there is no limit to keep, keeps nothing. */
function wantedOver(inForce: readonly RateLimit[], named: readonly RateLimit[]): readonly RateLimit[] {
  return named.length === 0 ? [] : limitsAfter(inForce, named);
}
