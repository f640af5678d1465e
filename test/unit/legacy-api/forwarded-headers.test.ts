import { forwardedHeaders } from '../../../local/legacy-api/forwarded-headers.js';

describe('forwardedHeaders', () => {
  it('keeps the headers of the call, repeated ones repeated', () => {
    const headersDistinct = {
      'idempotency-key': ['k'],
      'content-length': ['2'],
      'set-cookie': ['a=1', 'b=2'],
    };

    expect(forwardedHeaders({ headersDistinct })).toEqual({
      'idempotency-key': 'k',
      'content-length': '2',
      'set-cookie': ['a=1', 'b=2'],
    });
  });

  it('leaves out the headers of the connection and those it names', () => {
    const headersDistinct = {
      connection: ['close, X-Hop'],
      'x-hop': ['1'],
      'keep-alive': ['timeout=5'],
      te: ['trailers'],
    };

    expect(forwardedHeaders({ headersDistinct })).toEqual({});
  });

  it('keeps a chunked body chunked', () => {
    expect(forwardedHeaders({ headersDistinct: { 'transfer-encoding': ['gzip, Chunked'] } })).toEqual({
      'transfer-encoding': 'chunked',
    });
  });
});
