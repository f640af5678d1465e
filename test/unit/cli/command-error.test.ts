import { asCommandError, CommandError, EXIT } from '../../../cli/command-error.js';
import { anAwsError } from '../../support/an-aws-error.js';

describe('asCommandError', () => {
  it('tells an unreachable AWS from a refusal by its exit code', () => {
    const error = Object.assign(new Error('connect 127.0.0.1:1'), { code: 'ECONNREFUSED' });

    expect(asCommandError(error)).toMatchObject({ exitCode: EXIT.unreachable });
    expect(asCommandError(error).message).toContain('cannot reach AWS: ECONNREFUSED');
  });

  it('repeats nothing that AWS says, which may quote what it was sent', () => {
    const error = asCommandError(
      Object.assign(anAwsError('ValidationException', 'the-token'), { $metadata: {} }),
    );

    expect(error.message).toContain('ValidationException');
    expect(error.message).not.toContain('the-token');
  });

  it('leaves an error of ours as it is', () => {
    const error = new CommandError('no such thing', EXIT.usage);

    expect(asCommandError(error)).toBe(error);
  });
});
