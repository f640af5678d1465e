/** `npx rlo`: looks after an orchestrator, in AWS or in a local run. */
import { buildProgram } from '../program.js';

await buildProgram().parseAsync();
