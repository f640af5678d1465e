import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { TaskNotificationsStack } from '../task-notifications-stack.js';

/** Where the mail provider is: `npx cdk deploy -c mailUrl=https://mail.example.com/v1`. */
const app = new App();
const mailUrl = app.node.tryGetContext('mailUrl') as string | undefined;
new TaskNotificationsStack(app, 'task-notifications', { mailUrl: mailUrl ?? 'https://mail.example.com' });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
