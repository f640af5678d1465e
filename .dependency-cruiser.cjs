const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The one exception to "core imports nothing": a pure schema library, for contracts and configuration. */
const schemaLibrary = 'node_modules/valibot/';

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides a missing module.', {}, { circular: true }),
    rule(
      'core-is-pure',
      'Core runs in virtual time: no AWS, no Node built-ins, no npm.',
      { path: '^lambdas/core/' },
      { pathNot: ['^lambdas/core/', schemaLibrary] },
    ),
    rule(
      'schemas-stay-in-contracts-and-config',
      'Bad input is refused at the edge of core, in one place.',
      { path: '^lambdas/core/(?!contracts/|config/)' },
      { path: schemaLibrary },
    ),
    rule(
      'contracts-are-leaves',
      'Contracts are shared by everyone, so they depend on nothing.',
      { path: '^lambdas/core/contracts/' },
      { pathNot: ['^lambdas/core/contracts/', schemaLibrary] },
    ),
    rule(
      'config-sees-contracts-and-arithmetic',
      'Configuration is shared with infra; of the policies it needs only the arithmetic of the hold and of maintenance windows.',
      { path: '^lambdas/core/config/' },
      {
        pathNot: [
          '^lambdas/core/(config|contracts)/',
          '^lambdas/core/(pacing/hold|maintenance/windows)\\.ts$',
          schemaLibrary,
        ],
      },
    ),
    rule(
      'adapters-see-core',
      'Adapters translate; they never know who calls them.',
      { path: '^lambdas/adapters/' },
      { path: '^(lambdas/(?!core/|adapters/)|infra/)' },
    ),
    rule(
      'handlers-are-strangers',
      'Handlers share code through core or adapters.',
      { path: '^lambdas/(?!core/|adapters/)([^/]+)/' },
      { path: '^(infra/|lambdas/(?!core/|adapters/|$1/))' },
    ),
    rule(
      'infra-sees-contracts',
      'Infra may import contracts, configuration and planning only.',
      { path: '^infra/' },
      { path: '^lambdas/(?!core/(contracts|config|planning)/)' },
    ),
    rule(
      'tests-of-core-read-no-files',
      'They are run on broken copies of core, beside which there is nothing but core and its tests.',
      { path: '^test/unit/core/' },
      { path: '^(node:)?fs(/promises)?$', reachable: true },
    ),
    rule(
      'simulation-is-offline',
      'The simulator drives core, never a real adapter.',
      { path: '^test/simulation/' },
      { path: '^(infra/|local/|lambdas/(?!core/))|node_modules/@aws-sdk' },
    ),
    rule(
      'product-stands-alone',
      'The local run and the tests depend on the product, not the reverse.',
      { path: '^(client|infra|lambdas|cli)/' },
      { path: '^(test|local)/' },
    ),
    rule(
      'commands-are-edges',
      'Commands decide no more than handlers do: core decides, adapters translate.',
      { path: '^cli/' },
      { path: '^(infra/|lambdas/(?!core/|adapters/))' },
    ),
    rule(
      'commands-are-imported-by-nothing',
      'What somebody else needs belongs to core or to an adapter.',
      { path: '^(infra|lambdas|local)/' },
      { path: '^cli/' },
    ),
    rule(
      'client-travels-light',
      'Whoever imports the client gets contracts and the SDK, not an orchestrator.',
      { path: '^client/' },
      {
        pathNot: [
          '^client/',
          '^lambdas/core/(contracts/|ledger/canonical-json\\.ts$)',
          '^lambdas/adapters/(aws-clients|sha-256)\\.ts$',
          'node_modules/(@aws-sdk/client-sfn|p-queue)/',
          '^node:',
        ],
        dependencyTypesNot: ['core'],
      },
    ),
    rule(
      'client-is-for-others',
      'The orchestrator serves the client and does not use it; commands may.',
      { path: '^(infra|lambdas)/' },
      { path: '^client/' },
    ),
    rule(
      'examples-use-what-is-public',
      'An example shows what users can do: with the construct and the client, and nothing behind them.',
      { path: '^examples/([^/]+)/', pathNot: '^examples/[^/]+/run/' },
      {
        path: '^(examples|client|cli|infra|lambdas|local|test)/',
        pathNot: ['^examples/$1/(?!run/)', '^infra/rate-limited-orchestrator\\.ts$', '^client/index\\.ts$'],
      },
    ),
    rule(
      'examples-run-locally',
      'What runs an example on a laptop may use the local run beside it.',
      { path: '^examples/([^/]+)/run/' },
      { path: '^(examples|client|cli|infra|lambdas|test)/', pathNot: '^examples/$1/' },
    ),
    rule(
      'examples-are-used-by-nothing',
      'They may be deleted.',
      { path: '^(client|cli|infra|lambdas|local)/' },
      { path: '^examples/' },
    ),
    rule(
      'local-by-the-front-door',
      'The local run uses the stack and its bundled assets, not the insides of the product.',
      { path: '^local/(?!live-page/)' },
      {
        path: '^(test/|lambdas/(?!core/(contracts|config)/)|local/live-page/(?!start-live-page|told-by-worker))',
      },
    ),
    rule(
      'live-page-is-an-edge',
      'The page shows and changes an orchestrator as commands do: core decides, adapters translate.',
      { path: '^local/live-page/' },
      { path: '^(test/|infra/|lambdas/(?!core/|adapters/))' },
    ),
    rule(
      'browser-sees-no-server',
      'What runs in a browser shares types with the server, and pure words with core.',
      { path: '^local/live-page/browser/' },
      {
        pathNot: ['^local/live-page/browser/', '^lambdas/core/', 'node_modules/uplot/'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'legacy-api-is-a-stranger',
      'A judge that shares code with the judged shares its bugs.',
      { path: '^local/legacy-api/' },
      { path: '^(infra|lambdas|test|local/(?!legacy-api/))' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node'] },
  },
};
