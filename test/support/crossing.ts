/** A request to a service: answered later, though in no time, or broken. */
export async function crossing(broken: boolean, reason: string): Promise<void> {
  await Promise.resolve();
  if (broken) throw new Error(reason);
}
