/** `legacy-api` as `LegacyApi`: what the names of this orchestrator's resources and outputs begin with. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|-+)([a-z0-9]?)/g, (_match, first: string) => first.toUpperCase());
}
