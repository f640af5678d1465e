/** Rows as aligned text with two spaces between columns: the first column to the left, the others as `align` says. */
export function columns(rows: readonly (readonly string[])[], align: 'left' | 'right' = 'right'): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, index) => {
      const width = widths[index] ?? 0;
      return index === 0 || align === 'left' ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** Text broken between words into lines of at most `width`; those after the first begin with `hanging`. */
export function wrapped(text: string, width: number, first: string, hanging: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const start = lines.length === 0 ? first : hanging;
    const longer = line === '' ? `${start}${word}` : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = `${hanging}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
