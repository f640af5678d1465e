import { limitReport } from '../../../cli/commands/limit.js';

const CONFIGURED = [
  { calls: 20, windowMs: 1_000 },
  { calls: 1_000, windowMs: 3_600_000 },
];
const WARNING = 'That is more than the configuration says that the API takes.';

describe('limitReport', () => {
  it.each([
    ['a limit', [{ calls: 30, windowMs: 1_000 }, ...CONFIGURED.slice(1)]],
    ['a quota', [...CONFIGURED.slice(0, 1), { calls: 5_000, windowMs: 3_600_000 }]],
  ])('warns people and programs of %s above the configuration', (_, above) => {
    const report = limitReport(CONFIGURED, above, CONFIGURED);

    expect(report.text).toContain(WARNING);
    expect(report.json).toMatchObject({ aboveConfiguration: true, inForce: above, before: CONFIGURED });
  });

  it('warns again whenever somebody asks what is in force', () => {
    expect(limitReport(CONFIGURED, CONFIGURED.slice(0, 1)).text).toContain(WARNING);
  });

  it('warns of nothing within the configuration', () => {
    const report = limitReport(CONFIGURED, CONFIGURED);

    expect(report.text).toBe(
      '20 calls per 1 s, 1000 calls per 1 h in force; configured: 20 calls per 1 s, 1000 calls per 1 h.',
    );
    expect(report.json).toMatchObject({ aboveConfiguration: false });
  });
});
