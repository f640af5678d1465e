/** So many of a thing whose plural is regular: `1 call`, `20 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
