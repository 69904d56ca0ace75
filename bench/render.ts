// SPDX-License-Identifier: Apache-2.0
/**
 * How long does it take to render ten thousand tenants with a Kafka of their own, and to commit a change of one of them? All
 * documents are parsed, planned and rendered anew in a process of its own, whose memory is measured; then the files are
 * committed to a bare repository on this machine, and one tenant after another is changed there.
 * `KAAS_BENCH_TENANTS` sets how many tenants (10000), `KAAS_BENCH_ROUNDS` how often each is measured (3; changes ten times that).
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTenantRepository, type TenantRepository } from '@kaas/gitops'
import { renderDocuments, type WrittenDocument } from '@kaas/planner'
import { runProgram, temporaryDirectory } from '@kaas/testkit'
import type { RenderTimes } from './render/render-all.ts'
import { documentsOfTenant, PLATFORM } from './render/tenants.ts'
import { saveResult } from './report/save-result.ts'
import { renderTable } from './report/statistics.ts'

const TENANTS = Number(process.env.KAAS_BENCH_TENANTS ?? 10_000)
const ROUNDS = Number(process.env.KAAS_BENCH_ROUNDS ?? 3)
const WORKER = fileURLToPath(new URL('render/render-all.ts', import.meta.url))

const rounds = Array.from({ length: ROUNDS }, renderOnce)
const repository = await openRepository()
try {
  const first = await timed(() => commitAll(repository))
  const changes: number[] = []
  for (let index = 0; index < ROUNDS * 10; index += 1) changes.push(await timed(() => commitChange(repository, index)))
  const row = (name: string, values: readonly number[], unit: string, goal: string) => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number) => `${(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(2)} ${unit}`
    return [name, at(0.01), at(0.5), at(1), goal]
  }
  saveResult(
    'render',
    `How long does it take to render ${TENANTS} tenants with a Kafka of their own, and to commit a change of one?`,
    [
      `Each tenant has three topics and two users, in one of ${50} workloads: ${rounds[0]?.files} files, ${rounds[0]?.megabytes} MB in all.`,
      renderTable(
        ['what', 'least', 'median', 'most', 'goal'],
        [
          row(
            'parse and check all documents',
            rounds.map((each) => each.parseSeconds),
            's',
            '',
          ),
          row(
            'plan and render all tenants',
            rounds.map((each) => each.renderSeconds),
            's',
            'under 10 s',
          ),
          row(
            'the same in CPU seconds of all cores',
            rounds.map((each) => each.renderCpuSeconds),
            's',
            '',
          ),
          row(
            'memory of the process, at its most',
            rounds.map((each) => each.peakMegabytes),
            'MB',
            'under 1000 MB',
          ),
          row('first commit of all files', [first], 's', ''),
          row(`a change of one among ${TENANTS}, rendered, committed and pushed`, changes, 's', 'under 1 s'),
        ],
      ),
    ].join('\n\n'),
  )
} finally {
  await repository.close()
}

/** In a process of its own: its memory is that of the rendering alone. */
function renderOnce(): RenderTimes {
  const { status, stdout } = spawnSync(process.execPath, [WORKER, String(TENANTS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('The rendering ended with an error.')
  console.log(stdout.trim())
  return JSON.parse(stdout) as RenderTimes
}

async function openRepository(): Promise<TenantRepository> {
  const folder = temporaryDirectory('bench-render')
  const bare = join(folder, 'tenants.git')
  await runProgram('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  return openTenantRepository({
    url: bare,
    branch: 'main',
    directory: join(folder, 'copy'),
    author: { name: 'kaas', email: 'kaas@example.org' },
  })
}

async function commitAll(tenants: TenantRepository): Promise<void> {
  const documents = Array.from({ length: TENANTS }, (_, index) => documentsOfTenant(index)).flat()
  await commit(tenants, documents, `Render ${TENANTS} tenants`)
}

async function commitChange(tenants: TenantRepository, index: number): Promise<void> {
  const tenant = Math.floor((index * TENANTS) / (ROUNDS * 10))
  const { kind } = await commit(tenants, documentsOfTenant(tenant, 1), `Change tenant ${tenant}`)
  if (kind !== 'committed') throw new Error('The change changed nothing.')
}

function commit(tenants: TenantRepository, resources: readonly WrittenDocument['resource'][], message: string) {
  const files = renderDocuments(
    resources.map((resource) => ({ resource })),
    PLATFORM,
  )
  return tenants.commit({ message, files: async () => files })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
