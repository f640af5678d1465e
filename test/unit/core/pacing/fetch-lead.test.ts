import { FETCH_LEAD_MAX_MS, FetchLead } from '../../../../lambdas/core/pacing/fetch-lead.js';

const after = (...preparationsMs: readonly number[]) =>
  preparationsMs.reduce((lead, ms) => lead.after(ms), new FetchLead());

describe('FetchLead', () => {
  it('is nothing before the first preparation', () => {
    expect(new FetchLead().ms).toBe(0);
  });

  it('covers the first preparation, for want of others', () => {
    expect(after(30).ms).toBeGreaterThan(30);
  });

  it('is a little longer than the second longest of the recent preparations', () => {
    const { ms } = after(10, 90, 30, 20);

    expect(ms).toBeGreaterThan(30);
    expect(ms).toBeLessThanOrEqual(35);
  });

  it('forgets long preparations after eight others', () => {
    const long = [200, 200];
    const usual = [10, 10, 10, 10, 10, 10];

    expect(after(...long, ...usual).ms).toBeGreaterThan(200);
    expect(after(...long, ...usual, 10).ms).toBeLessThan(20);
  });

  it('is bounded, however long preparations take', () => {
    expect(after(60_000).ms).toBe(FETCH_LEAD_MAX_MS);
  });

  it('leaves the lead it came from as it was', () => {
    const before = after(10);
    const { ms } = before;

    before.after(100);

    expect(before.ms).toBe(ms);
  });
});
