import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The quota book's fields as they are stored: pairs of the latest instant of use and the number of calls, as JSON. */
const quotaBookSchema = v.object({
  permits: v.pipe(
    v.string(),
    v.parseJson(),
    v.array(
      v.pipe(
        v.tuple([whole, whole]),
        v.transform(([untilMs, calls]) => ({ untilMs, calls })),
      ),
    ),
  ),
  version: v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1)),
});

/** Reads the stored fields. Throws on a book that nothing of ours has written: an empty one would allow every call again. */
export function parseQuotaBook(fields: unknown) {
  const { permits, version } = v.parse(quotaBookSchema, fields);
  return { book: permits, version };
}
