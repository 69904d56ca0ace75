// SPDX-License-Identifier: Apache-2.0
/** Renders as many tenants as the first argument says and prints how long it took, as JSON. Started by `bench/render.ts`. */
import { renderDocuments } from '@kaas/planner'
import { documentsOfTenant, PLATFORM } from './tenants.ts'

/** What one run took. */
export interface RenderTimes {
  readonly files: number
  readonly megabytes: number
  readonly parseSeconds: number
  readonly renderSeconds: number
  /** Of all cores, the collector of memory included: what a machine that does something else as well can be compared by. */
  readonly renderCpuSeconds: number
  readonly peakMegabytes: number
}

const start = performance.now()
const count = Number(process.argv[2])
const documents = Array.from({ length: count }, (_, index) => documentsOfTenant(index))
  .flat()
  .map((resource) => ({ resource }))
const parsed = performance.now()
const before = process.cpuUsage()
const files = renderDocuments(documents, PLATFORM)
const rendered = performance.now()
const cpu = process.cpuUsage(before)
const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
const times: RenderTimes = {
  files: files.size,
  megabytes: Math.round(bytes / 1e6),
  parseSeconds: (parsed - start) / 1000,
  renderSeconds: (rendered - parsed) / 1000,
  renderCpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(times))
