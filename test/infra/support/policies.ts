import type { Template } from 'aws-cdk-lib/assertions';

export interface Policy {
  readonly name: string;
  /** Logical IDs. */
  readonly roles: readonly string[];
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resource: unknown;
  readonly condition: object | undefined;
}

/** Every policy that is attached to roles. */
export function policiesOf(template: Template): readonly Policy[] {
  const resources = Object.values(template.findResources('AWS::IAM::Policy')) as Resource[];
  return resources.map(({ Properties: { PolicyName, Roles, PolicyDocument } }) => ({
    name: PolicyName,
    roles: Roles.map(({ Ref }) => Ref),
    statements: PolicyDocument.Statement.map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat(),
      resource: Resource,
      condition: Condition,
    })),
  }));
}

/** What the roles with such logical IDs may do: all roles, where none is given. */
export function statementsOf(template: Template, role = /^/): readonly Statement[] {
  return policiesOf(template)
    .filter(({ roles }) => roles.some((id) => role.test(id)))
    .flatMap(({ statements }) => statements);
}

interface Resource {
  readonly Properties: {
    readonly PolicyName: string;
    readonly Roles: readonly { readonly Ref: string }[];
    readonly PolicyDocument: {
      readonly Statement: readonly {
        readonly Action: string | readonly string[];
        readonly Resource: unknown;
        readonly Condition?: object;
      }[];
    };
  };
}
