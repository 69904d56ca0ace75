// SPDX-License-Identifier: Apache-2.0
/**
 * Gets and builds once what the tests need beside npm's packages: Kafka, the console, and the clients in Java, Python and Go. Tests get it
 * by themselves as well; here no limit of a test counts while a slow network delivers, and the parts come side by side.
 */
import { fileURLToPath } from 'node:url'
import { javaCommand } from '@kaas/kafka-engine'
import {
  goProgram,
  javaPrograms,
  OLDEST_KAFKA,
  pythonEnvironment,
  startGitSshServer,
  startKafka,
  startProduct,
  waitFor,
} from '@kaas/testkit'

/** One thing to get: its name, and how. */
type Preparation = readonly [name: string, get: () => Promise<unknown>]

/** Maven is asked once at a time: processes that share its repository get in each other's way. */
const LANES: readonly (readonly Preparation[])[] = [
  [
    ['Kafka', async () => (await startKafka()).stop()],
    ['the oldest Kafka', () => javaCommand('kafka.Kafka', { version: OLDEST_KAFKA })],
    ['clients in Java', () => javaPrograms(clients('java'))],
    ['the console', buildConsole],
  ],
  [
    ...['confluent-python', 'kafka-python'].map(
      (name): Preparation => [`the client ${name}`, () => pythonEnvironment(clients(`${name}/requirements.txt`))],
    ),
    ['the client franz-go', () => goProgram(clients('franz-go'))],
    ['the Git server over SSH', async () => (await startGitSshServer()).stop()],
  ],
]

const outcomes = await Promise.all(LANES.map(prepareLane))
process.exit(outcomes.every(Boolean) ? 0 : 1)

async function prepareLane(lane: readonly Preparation[]): Promise<boolean> {
  let isComplete = true
  for (const [name, get] of lane) {
    const started = performance.now()
    try {
      await get()
      console.log(`  ${name}: there after ${((performance.now() - started) / 1000).toFixed(1)} s`)
    } catch (error) {
      isComplete = false
      console.log(`  ${name} could not be prepared: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return isComplete
}

/** The product builds it beside its own start, and says why it cannot. */
async function buildConsole(): Promise<void> {
  const product = await startProduct()
  const why = () => /could not be built.*/s.exec(product.output())?.[0]
  const isOver = async () => why() !== undefined || (await fetch(`${product.api}/sign-in`)).ok
  await waitFor(isOver, { what: 'the console', timeoutMs: 300_000 })
  await product.stop()
  if (why() !== undefined) throw new Error(why())
}

function clients(path: string): string {
  return fileURLToPath(new URL(`../test/conformance/clients/${path}`, import.meta.url))
}
