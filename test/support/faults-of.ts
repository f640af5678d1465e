import { ConfigError } from '../../lambdas/core/config/parse-config.js';

/** The faults with which a configuration is refused; none where it is taken. */
export function faultsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
