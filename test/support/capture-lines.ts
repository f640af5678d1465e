const METHODS = ['debug', 'info', 'log', 'warn', 'error'] as const;

/** Makes Powertools write to the console of the test instead of one of its own, and its metrics nevertheless. */
const ENVIRONMENT = { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' };

/** Collects what is written to the console during each test, and keeps it off the screen. */
export function captureLines(): { readonly lines: string[] } {
  const lines: string[] = [];
  const originalConsole = { ...console };
  const originalEnvironment = { ...process.env };

  beforeEach(() => {
    lines.length = 0;
    Object.assign(process.env, ENVIRONMENT);
    for (const method of METHODS) console[method] = (...parts: unknown[]) => void lines.push(parts.join(' '));
  });

  afterEach(() => {
    Object.assign(console, originalConsole);
    for (const name of Object.keys(ENVIRONMENT)) {
      if (originalEnvironment[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = originalEnvironment[name];
    }
  });

  return { lines };
}
