#!/usr/bin/env node
// Node runs no TypeScript by itself on every version that we support, so the sources are loaded through tsx.
import process from 'node:process';
import { register } from 'tsx/esm/api';

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register();
await import('./rlo.ts');
