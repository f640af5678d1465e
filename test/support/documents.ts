import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CHECKOUT = join(import.meta.dirname, '..', '..');

/** Every page for those who use this. */
export const PAGES: readonly string[] = [
  'README.md',
  'test/simulation/README.md',
  ...namesIn('docs').filter((path) => path.endsWith('.md')),
  ...namesIn('examples').map((path) => `${path}/README.md`),
];

/** Something set in code on a page. */
export interface Block {
  readonly page: string;
  /** `sh`: commands. `text`: what a command prints, or a picture. `ts`, and of JSON: `json config`, `json answer` ... */
  readonly language: string;
  readonly text: string;
}

export function pageOf(path: string): string {
  return readFileSync(join(CHECKOUT, path), 'utf8');
}

export function blocksOf(page: string, language?: string): readonly Block[] {
  return [...pageOf(page).matchAll(/^```(.*)\n([^]*?)^```$/gm)]
    .map(([, found = '', text = '']) => ({ page, language: found, text }))
    .filter((block) => language === undefined || block.language === language);
}

/** The commands of a block of them, each in one piece and without its comment. */
export function commandsOf({ text }: Block): readonly string[] {
  return text
    .replaceAll('\\\n', '')
    .split(/\n(?=(?:aws|cd|curl|export|npm|npx) )/)
    .map((command) => command.trim().replace(/\s+# .*$/, ''));
}

function namesIn(directory: string): readonly string[] {
  return readdirSync(join(CHECKOUT, directory))
    .sort()
    .map((name) => `${directory}/${name}`);
}
