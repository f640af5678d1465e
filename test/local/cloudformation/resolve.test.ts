import { type References, resolve } from '../../../local/cloudformation/resolve.js';

const references: References = {
  pseudo: { 'AWS::Region': 'eu-west-1' },
  ref: (logicalId) => Promise.resolve(`ref-${logicalId}`),
  attribute: (logicalId, name) => Promise.resolve(`${logicalId}/${name}`),
};

describe('resolve', () => {
  it.each([
    ['plain values', { A: ['x', 1, true, null] }, { A: ['x', 1, true, null] }],
    ['Ref to a resource', { Ref: 'Queue' }, 'ref-Queue'],
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue/Arn'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    ['Select', { 'Fn::Select': ['1', ['a', { Ref: 'B' }]] }, 'ref-B'],
    ['Split', { 'Fn::Split': [':', 'a:b'] }, ['a', 'b']],
    ['Select from Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'A/b' }] }] }, 'b'],
    ['Sub', { 'Fn::Sub': '${AWS::Region} ${Queue} ${Queue.Arn}' }, 'eu-west-1 ref-Queue Queue/Arn'],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${Name}/${Queue}', { Name: { Ref: 'Table' } }] },
      'ref-Table/ref-Queue',
    ],
    ['Sub with a literal', { 'Fn::Sub': '${!Literal} ${Queue}' }, '${Literal} ref-Queue'],
    ['a function deep inside', { A: [{ B: { Ref: 'Queue' } }] }, { A: [{ B: 'ref-Queue' }] }],
  ])('replaces %s', async (_what, value, expected) => {
    expect(await resolve(value, references)).toEqual(expected);
  });

  it('takes an object with more keys for what it is', async () => {
    const value = { Ref: 'x', Other: 'y' };

    expect(await resolve(value, references)).toEqual(value);
  });

  it.each(['Fn::ImportValue', 'Fn::FindInMap', 'Fn::If', 'Fn::Base64'])(
    'refuses %s by name',
    async (name) => {
      await expect(resolve({ A: [{ [name]: 'x' }] }, references)).rejects.toThrow(
        `intrinsic function ${name}: unknown; known are Ref, GetAtt, Join, Select, Split and Sub`,
      );
    },
  );
});
