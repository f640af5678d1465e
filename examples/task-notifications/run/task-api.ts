import type { DigestsStarted } from '../service/notifications.js';
import type { Task, TaskContent } from '../service/task.js';

/** The service as its callers see it: over HTTP. */
export class TaskApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async put(id: string, content: TaskContent): Promise<Task> {
    return (await this.#ask('PUT', `/tasks/${id}`, content)) as Task;
  }

  async list(): Promise<readonly Task[]> {
    return ((await this.#ask('GET', '/tasks')) as { readonly tasks: readonly Task[] }).tasks;
  }

  async remove(id: string): Promise<void> {
    await this.#ask('DELETE', `/tasks/${id}`);
  }

  async digests(day: string): Promise<DigestsStarted> {
    return (await this.#ask('POST', '/digests', { day })) as DigestsStarted;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
