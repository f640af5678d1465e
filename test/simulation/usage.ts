/** Billed requests and time of one run. */
export class Usage {
  sqsRequests = 0;
  /** Receives that brought a message of a priority queue. */
  receives = 0;
  tableReads = 0;
  tableWrites = 0;
  invocations = 0;
  billedMs = 0;

  add(other: Usage): void {
    this.sqsRequests += other.sqsRequests;
    this.receives += other.receives;
    this.tableReads += other.tableReads;
    this.tableWrites += other.tableWrites;
    this.invocations += other.invocations;
    this.billedMs += other.billedMs;
  }

  /**
   * Dollars in us-east-1, without free tiers, logs, metrics and state transitions.
   * https://aws.amazon.com/sqs/pricing/, https://aws.amazon.com/lambda/pricing/ (arm64) and
   * https://aws.amazon.com/dynamodb/pricing/on-demand/
   */
  usd(memoryMb: number): number {
    const gbSeconds = (this.billedMs / 1_000) * (memoryMb / 1_024);
    return (
      (this.sqsRequests * 0.4 +
        this.invocations * 0.2 +
        gbSeconds * 13.3334 +
        this.tableReads * 0.125 +
        this.tableWrites * 0.625) /
      1e6
    );
  }
}
