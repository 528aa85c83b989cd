/**
 * Who may import whom. A folder of the top level is a room and its index.ts is the door.
 * Tests (NAME.test.ts, test/), bench/ and scripts/ may import anything, but for scripts/mutations/.
 */
const rooms = '^(model|checker|properties|conformance|traces|adapters|report|cli)/';
const free = ['\\.test(-data)?\\.ts$', '^(test|bench|scripts)/'];
const npmTypes = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
  'deprecated',
];

const vocabulary = '^model/vocabulary/index\\.ts$';
const contract = '^adapters/contract/index\\.ts$';

/** A room sees itself and the listed paths, and nothing else of ours. */
function sees(room, allowed, comment) {
  return {
    name: `${room}-sees`,
    comment,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: free },
    to: { path: rooms, pathNot: [`^${room}/`, ...allowed] },
  };
}

/** What `room` takes from the paths `to` must vanish with the types. */
function typesOnly(room, to) {
  return {
    name: `${room}-types-only`,
    comment: `${room}/ may take types from there, but no value.`,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: free },
    to: { path: to, pathNot: `^${room}/`, dependencyTypesNot: ['type-only'] },
  };
}

/** A package that only the files under `users` may import. */
function packageOf(name, users) {
  return {
    name: `package-${name}`,
    comment: `${name} may be imported by ${users} only.`,
    severity: 'error',
    from: { path: rooms, pathNot: [...free, users] },
    to: { path: `(^|/)node_modules/${name}/` },
  };
}

module.exports = {
  forbidden: [
    sees('checker', [], 'The checker knows nothing of ours.'),
    sees('model', [], 'The model knows nothing of ours.'),
    sees('traces', ['^model/'], 'traces see the model.'),
    sees('properties', ['^model/', '^checker/'], 'properties see the model and types of checker.'),
    typesOnly('properties', '^checker/'),
    sees(
      'adapters',
      [vocabulary, '^traces/'],
      'adapters see the vocabulary and types of traces, so that an adapter cannot lean on the model.',
    ),
    typesOnly('adapters', '^traces/'),
    sees(
      'conformance',
      ['^model/', '^properties/', '^traces/', contract],
      'conformance sees model, properties, traces and the adapter contract.',
    ),
    sees(
      'report',
      ['^(model|checker|properties|conformance|traces)/'],
      'report sees types of model, checker, properties, conformance and traces.',
    ),
    typesOnly('report', rooms),
    {
      name: 'adapters-contract-sees',
      comment: 'The adapter contract sees the vocabulary only.',
      severity: 'error',
      from: { path: '^adapters/contract/', pathNot: free },
      to: { path: rooms, pathNot: ['^adapters/contract/', vocabulary] },
    },
    {
      name: 'adapters-own-rooms',
      comment: 'An adapter sees itself and the contract, so that two adapters share no mistake.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/', pathNot: [...free, '^adapters/mutants/'] },
      to: { path: '^adapters/', pathNot: ['^adapters/$1/', contract] },
    },
    {
      name: 'adapters-mutants-see',
      comment: 'Mutants see the contract and the reference adapter.',
      severity: 'error',
      from: { path: '^adapters/mutants/', pathNot: free },
      to: {
        path: '^adapters/',
        pathNot: ['^adapters/mutants/', contract, '^adapters/reference/index\\.ts$'],
      },
    },
    {
      name: 'adapters-doors',
      comment: 'Files directly in adapters/ enter an adapter through its index.ts.',
      severity: 'error',
      from: { path: '^adapters/[^/]+\\.ts$', pathNot: free },
      to: { path: '^adapters/[^/]+/', pathNot: ['^adapters/[^/]+/index\\.ts$'] },
    },
    {
      name: 'through-the-door',
      comment: 'Another room is entered through its index.ts.',
      severity: 'error',
      from: { path: '^([^/]+)/', pathNot: free },
      to: { path: rooms, pathNot: ['^$1/', '^[^/]+/index\\.ts$', vocabulary, contract] },
    },
    {
      name: 'sources-do-not-import-tests',
      comment: 'Sources do not import tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: rooms, pathNot: free },
      to: { path: free },
    },
    {
      name: 'mutations-see',
      comment:
        'What is judged by mutations are the judges; implementations have mutants of their own.',
      severity: 'error',
      from: { path: '^scripts/mutations/' },
      to: { path: '^(adapters|bench)/' },
    },
    {
      name: 'pure-rooms-no-node',
      comment: 'Time, randomness, environment and I/O come in as arguments.',
      severity: 'error',
      from: { path: '^(model|checker|properties|traces|report)/', pathNot: free },
      to: { dependencyTypes: ['core'] },
    },
    packageOf('xstate', '^model/charts/'),
    packageOf('fast-check', '^(properties|conformance)/'),
    packageOf('commander', '^cli/'),
    packageOf('picocolors', '^cli/'),
    {
      name: 'no-other-package',
      comment: 'A run-time dependency is decided in docs/decisions and then listed here.',
      severity: 'error',
      from: { path: rooms, pathNot: free },
      to: {
        dependencyTypes: npmTypes,
        pathNot: '(^|/)node_modules/(xstate|fast-check|commander|picocolors)/',
      },
    },
    {
      name: 'no-cycles',
      comment: 'No cycles, not even of types.',
      severity: 'error',
      from: { path: rooms, pathNot: free },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment:
        'An import that cannot be resolved would slip through every other rule; bin/ imports dist/, which may not be built.',
      severity: 'error',
      from: { pathNot: '^bin/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|coverage|deviations)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
