// SPDX-License-Identifier: Apache-2.0
/**
 * The floors of the house as data: who may import whom. An arrow goes down by at least one floor. Folders of one floor never
 * import each other. Change a floor together with the picture in ARCHITECTURE.md.
 */

/** Where programs stand: they are started, and nobody imports them. */
export const APPS_FLOOR = 5

/**
 * The floor of each workspace, by its folder. Floor 3 is this machine, as all above meet it alike; it knows nothing of the product. Floor 4
 * speaks with one other system each.
 */
export const FLOORS: Readonly<Record<string, number>> = {
  'apps/control-plane': APPS_FLOOR,
  'apps/gateway': APPS_FLOOR,
  'apps/cli': APPS_FLOOR,
  'apps/local': APPS_FLOOR,
  'apps/console': APPS_FLOOR,
  'packages/store': 4,
  'packages/gitops': 4,
  'packages/kube': 4,
  'packages/kafka-admin': 4,
  'packages/kafka-engine': 4,
  'packages/certificates': 4,
  'packages/process-lock': 3,
  'packages/planner': 2,
  'packages/http-contract': 2,
  'packages/kafka-records': 2,
  'packages/client-configuration': 2,
  'packages/domain': 1,
  'packages/kafka-protocol': 1,
  'packages/telemetry': 1,
  'packages/configuration': 1,
  'packages/errors': 0,
}

/** Up to this floor nothing does I/O or reads a clock, the environment or randomness: these come in as arguments. */
export const HIGHEST_PURE_FLOOR = 2

/** Real engines for tests: it may import every floor below the apps, and only tests and benchmarks may import it. */
export const TESTKIT = 'packages/testkit'

/** Folders at the root that are no workspaces. They use the packages by name and the root's own dependencies. */
export const ROOT_FOLDERS: readonly string[] = ['test', 'bench', 'tools']

/** Arrows that go down and are still not wanted, each with its reason. */
export const FORBIDDEN: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  ...['store', 'kube', 'kafka-admin', 'kafka-engine', 'certificates', 'telemetry'].map((name) => ({
    from: 'apps/cli',
    to: `packages/${name}`,
    why: 'the command line knows the product through its HTTP contract and pure packages, and Git before there is a server',
  })),
  ...[
    'store',
    'gitops',
    'kube',
    'kafka-admin',
    'kafka-engine',
    'certificates',
    'process-lock',
    'kafka-protocol',
    'telemetry',
    'planner',
    'configuration',
  ].map((name) => ({
    from: 'apps/console',
    to: `packages/${name}`,
    why: 'the console knows the product through its HTTP contract',
  })),
  { from: 'apps/gateway', to: 'packages/store', why: 'the gateway serves from its snapshot, never from the database' },
  { from: 'apps/gateway', to: 'packages/http-contract', why: 'the gateway serves from its snapshot, never from the API' },
]

/** Layers inside an app: files below `from` never import what begins with `to` (a path, or the name of a package). */
export const LAYERS: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  ...['fastify', 'node:http', 'apps/control-plane/src/routes/'].map((to) => ({
    from: 'apps/control-plane/src/services/',
    to,
    why: 'services know no HTTP: routes translate',
  })),
  ...['shell', 'pages', 'parts'].map((to) => ({
    from: 'apps/console/src/data/',
    to: `apps/console/src/${to}/`,
    why: 'data knows no pages',
  })),
  ...['shell', 'pages'].map((to) => ({
    from: 'apps/console/src/parts/',
    to: `apps/console/src/${to}/`,
    why: 'a part is used by pages and knows none',
  })),
  ...['apps/console/src/shell/', 'apps/console/src/data/api.ts'].map((to) => ({
    from: 'apps/console/src/pages/',
    to,
    why: 'a page stands inside of the shell and asks through the files of data/',
  })),
  ...['fastify', 'apps/control-plane/src/routes/', 'apps/control-plane/src/services/'].map((to) => ({
    from: 'apps/control-plane/src/reconciler/',
    to,
    why: 'the reconciler works from stored intent, whoever wrote it',
  })),
  ...['node:net', 'node:tls', 'apps/gateway/src/client-connection.ts', 'apps/gateway/src/broker-connection.ts'].map(
    (to) => ({
      from: 'apps/gateway/src/steps/',
      to,
      why: 'a step sees messages and its context, never a socket',
    }),
  ),
]
