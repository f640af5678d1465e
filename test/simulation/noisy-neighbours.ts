/** The share of the consumers' time beyond which a group counts as noisy, as AWS documents it. */
const NOISY_SHARE = 0.1;

/** AWS says "recent" and no more. Calls of all tenants take about as long, so receives stand for the time they take. */
const RECENT_RECEIVES = 100;

/** Too few prove nothing: on an idle queue a single message is all there is. */
const RECEIVES_LEAST = 20;

/**
 * SQS fair queues: the messages of a group that takes more than its share of the consumers' time step back behind those
 * of all others. A message without a group is a tenant of its own, and never noisy.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
export class NoisyNeighbours<Message extends { readonly group: string | undefined }> {
  readonly #recent: (string | undefined)[] = [];
  readonly #counts = new Map<string, number>();
  readonly #aside = new Map<string, Message[]>();
  #count = 0;

  /** Messages that have stepped back. */
  get count(): number {
    return this.#count;
  }

  received(group: string | undefined): void {
    this.#recent.push(group);
    this.#add(group, 1);
    if (this.#recent.length > RECENT_RECEIVES) this.#add(this.#recent.shift(), -1);
  }

  isNoisy(group: string | undefined): boolean {
    if (group === undefined || this.#recent.length < RECEIVES_LEAST) return false;
    return (this.#counts.get(group) ?? 0) > NOISY_SHARE * this.#recent.length;
  }

  setAside(message: Message): void {
    const { group = '' } = message;
    const aside = this.#aside.get(group);
    if (aside === undefined) this.#aside.set(group, [message]);
    else aside.push(message);
    this.#count += 1;
  }

  /** One whose group has become quiet again. */
  takeQuiet(): Message | undefined {
    return this.#take(([group, [first]]) => first !== undefined && !this.isNoisy(group));
  }

  /** Any, of the groups in turn. */
  takeAny(): Message | undefined {
    return this.#take(([, [first]]) => first !== undefined);
  }

  #take(isWanted: (aside: readonly [string, readonly Message[]]) => boolean): Message | undefined {
    if (this.#count === 0) return undefined;
    const [group, messages] = [...this.#aside].find(isWanted) ?? [];
    const message = messages?.shift();
    if (group === undefined || messages === undefined || message === undefined) return undefined;
    this.#count -= 1;
    this.#aside.delete(group);
    if (messages.length > 0) this.#aside.set(group, messages);
    return message;
  }

  #add(group: string | undefined, change: number): void {
    if (group !== undefined) this.#counts.set(group, (this.#counts.get(group) ?? 0) + change);
  }
}
