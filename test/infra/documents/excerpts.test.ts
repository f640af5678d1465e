// Goal: what an example's page shows of its code is its code.
import { blocksOf, pageOf, PAGES } from '../../support/documents.js';

const excerpts = PAGES.filter((page) => page.startsWith('examples/')).flatMap((page) => blocksOf(page, 'ts'));

/** Without regard to how far it is indented. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

it.each(excerpts.map(({ page, text }) => [page, text] as const))(
  '%s shows what stands in a file that it names',
  (page, text) => {
    const files = [...pageOf(page).matchAll(/\]\(([\w./-]+\.ts)\)/g)].map(([, file = '']) => file);

    const sources = files.map((file) => plain(pageOf(page.replace('README.md', file))));
    expect(sources.filter((source) => source.includes(plain(text)))).toHaveLength(1);
  },
);
