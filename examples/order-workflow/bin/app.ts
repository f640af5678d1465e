import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OrderWorkflowStack } from '../order-workflow-stack.js';

/** Where the ERP is: `npx cdk deploy -c erpUrl=https://erp.example.com/api`. */
const app = new App();
const erpUrl = app.node.tryGetContext('erpUrl') as string | undefined;
new OrderWorkflowStack(app, 'order-workflow', { erpUrl: erpUrl ?? 'https://erp.example.com' });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
