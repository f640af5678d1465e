/** Names of the table's own attributes: written by infra into its schema, and by the worker into every item. */
export const TABLE_ATTRIBUTES = {
  /** Says what kind of item it is and, where there are many, which. A text. */
  partitionKey: 'pk',
  /** Tells items of one partition apart. A text. */
  sortKey: 'sk',
  /** DynamoDB removes the item some time after this instant. Epoch seconds, a number. */
  expiry: 'expiresAtSeconds',
} as const;
