import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';

/** Where one heading of the runbook is to be read: in plain text for alarms, in Markdown for the dashboard. */
export function runbookSection(
  { alarms: { runbookUrl } }: OrchestratorConfig,
  anchor: string,
): { readonly text: string; readonly markdown: string } {
  const address = `${runbookUrl}#${anchor}`;
  // A path means something in the repository only, so CloudWatch could not follow it.
  const isAddress = /^https?:\/\//.test(runbookUrl);
  return {
    text: `Runbook: ${address}`,
    markdown: isAddress ? `[${anchor}](${address})` : `\`${address}\``,
  };
}
