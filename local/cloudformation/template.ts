/** A synthesized CloudFormation template, as far as we read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

/** The template asks for something that the local run does not do; it says so instead of passing over it. */
export class UnsupportedTemplateError extends Error {
  constructor(faults: readonly string[]) {
    super(
      `the local run cannot stand up this template:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'UnsupportedTemplateError';
  }
}
