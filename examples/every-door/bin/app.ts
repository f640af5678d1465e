import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EveryDoorStack } from '../every-door-stack.js';

/** Where the API is: `npx cdk deploy -c apiUrl=https://api.example.com`. */
const app = new App();
const apiUrl = app.node.tryGetContext('apiUrl') as string | undefined;
new EveryDoorStack(app, 'every-door', { apiUrl: apiUrl ?? 'https://api.example.com' });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
