import { fieldsOf } from '../../../../lambdas/core/config/placeholders.js';

describe('the fields that a template names', () => {
  it.each([
    ['', []],
    ['/orders', []],
    ['/orders/{id}', [['id']]],
    ['/a/{customer.id}/{_b-9.c_1.d-}?e={f}', [['customer', 'id'], ['_b-9', 'c_1', 'd-'], ['f']]],
    ['{9a} {a b} {.a} {a.} {}', []],
  ])('of %j are %j', (template, fields) => {
    expect(fieldsOf(template)).toEqual(fields);
  });
});
