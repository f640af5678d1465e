/** A primary key in DynamoDB's attribute form. */
export function toAttribute({ pk, sk }: { readonly pk: string; readonly sk: string }) {
  return { pk: { S: pk }, sk: { S: sk } };
}
