// SPDX-License-Identifier: Apache-2.0
/**
 * Four test projects. `unit`: beside the code, pure or with real sockets on loopback, no engine. `integration`:
 * `*.int.test.ts` against real engines. `system`: stories against the running product, and the client matrix. `cluster`:
 * against a real Kubernetes API server, or that of KUBECONFIG with the stories that need nothing else. Limits end what hangs: they are far
 * above what a busy machine needs.
 */
import { defineConfig } from 'vitest/config'

/** Files that run beside each other before real engines: they wait for most of their time. Each has ports, folders and processes of its own. */
const WORKERS = 2

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/test/**/*.test.ts',
            'apps/*/src/**/*.test.{ts,tsx}',
            'tools/**/*.test.ts',
            'test/charts/**/*.test.ts',
          ],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          // Many wait for sockets and clocks: more files at once than cores.
          maxWorkers: 3,
          // Files share what they import: loading it anew for each took more than half of the time. So no test may leave a global changed.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,tools}/**/*.int.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/charts/**', 'test/cluster/**', '**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'cluster',
          include: [process.env.KUBECONFIG ? 'test/cluster/any-cluster/*.test.ts' : 'test/cluster/**/*.test.ts'],
          globalSetup: ['test/cluster/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
