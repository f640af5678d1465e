/** What a mapping came to. The reason never quotes a value. */
export type Mapped =
  { readonly kind: 'mapped'; readonly value: unknown } | { readonly kind: 'failed'; readonly reason: string };

/** Compiles an expression once; the compiled mapping never rejects. Throws where the expression cannot be parsed. */
export type Mapper = (expression: string) => (input: unknown) => Promise<Mapped>;
