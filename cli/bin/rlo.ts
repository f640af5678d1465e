/** `npx rlo`: looks after an orchestrator, in AWS or in a local run. */
import { UNREAD, whenUnread } from '../../lambdas/core/contracts/when-unread.js';
import { buildProgram } from '../program.js';

whenUnread(process.stdout, () => process.exit(UNREAD));
await buildProgram().parseAsync();
