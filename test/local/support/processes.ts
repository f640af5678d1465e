import { execFileSync } from 'node:child_process';

/** The command lines of the processes in this group. A zombie has ended and only waits for its parent to notice. */
export function runningInGroup(processGroupId: number): readonly string[] {
  const table = execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [, group, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return Number(group) === processGroupId && !state.startsWith('Z') ? [command] : [];
  });
}
