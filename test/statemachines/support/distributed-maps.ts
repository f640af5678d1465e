import type { ObjectStore } from '../../../local/aws/step-functions/object-store.js';
import { aCallbackTask, aMachine, inner, type StateSource } from './machines.js';

/** Buckets in memory. */
export class Objects implements ObjectStore {
  readonly texts = new Map<string, string>();

  get(bucket: string, key: string): Promise<string> {
    const text = this.texts.get(`${bucket}/${key}`);
    return text === undefined ? Promise.reject(new Error(`no such key: ${key}`)) : Promise.resolve(text);
  }

  put(bucket: string, key: string, text: string): Promise<void> {
    this.texts.set(`${bucket}/${key}`, text);
    return Promise.resolve();
  }
}

export const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

export function aDistributedMap(processor: string, more: StateSource = {}): string {
  const ItemProcessor = { ProcessorConfig: distributed, ...inner(processor) };
  return aMachine({ Load: { Type: 'Map', ItemProcessor, End: true, ...more } });
}

export const echo = aMachine({ Echo: { Type: 'Pass', End: true } });
export const waiting = aMachine({ Wait: aCallbackTask() });
export const failing = aMachine({
  Judge: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input = "bad" %}', Next: 'Bad' }],
    Default: 'Good',
  },
  Bad: { Type: 'Fail', Error: 'Spoilt', Cause: 'bad' },
  Good: { Type: 'Succeed' },
});
