import { nameOf } from './answer-of.js';
import type { Deployment, Probe } from './probe.js';

export interface Finding {
  readonly probe: string;
  readonly question: string;
  readonly assumed: string;
  readonly seen: string;
  readonly asAssumed: boolean | null;
}

/** Asks every probe in turn; one that cannot be asked is a finding too, never a reason to stop. */
export async function verify(
  deployment: Deployment,
  probes: readonly Probe[],
  onAsked: (probe: Probe) => void = () => undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const probe of probes) {
    onAsked(probe);
    const { name, question, assumed } = probe;
    try {
      const { seen, asAssumed } = await probe.ask(deployment);
      findings.push({ probe: name, question, assumed, seen, asAssumed: asAssumed ?? null });
    } catch (error) {
      findings.push({
        probe: name,
        question,
        assumed,
        seen: `not answered (${nameOf(error)})`,
        asAssumed: null,
      });
    }
  }
  return findings;
}

export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ probe, question, assumed, seen, asAssumed }) => {
      const verdict = asAssumed === null ? '' : asAssumed ? '  (as assumed)' : '  (NOT as assumed)';
      return `${probe}\n  ${question}\n  assumed: ${assumed}\n  seen:    ${seen}${verdict}`;
    })
    .join('\n\n');
}
