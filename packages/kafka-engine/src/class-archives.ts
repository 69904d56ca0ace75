// SPDX-License-Identifier: Apache-2.0
/**
 * Class archives (AppCDS): loaded and checked classes on disk, which take a broker's start from 2.4 s to 1 s. They are made
 * once per set of jars and Java build by one broker that is formatted, started and stopped on its own.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Broker } from './broker.ts'
import { brokerProperties } from './broker-properties.ts'
import { cachedFolder } from './cached-folder.ts'
import { formatStorage } from './format-storage.ts'
import { freePorts } from './free-ports.ts'
import { resolveJars } from './jars.ts'
import { findJava, SMALL_JVM } from './java-tool.ts'

/** JVM options that use the archives, for the format tool and for a broker. */
export interface ClassArchives {
  readonly format: readonly string[]
  readonly broker: readonly string[]
}

/** The archives of this machine, made on first use (about six seconds). What the training broker throws is passed on. */
export async function resolveClassArchives(onProgress: (line: string) => void): Promise<ClassArchives> {
  const jars = await resolveJars(onProgress)
  const java = realpathSync(findJava())
  const identity = [jars.hash, jars.classPath, java, statSync(java).size, statSync(java).mtimeMs, ...SMALL_JVM].join('\n')
  const name = `kafka-classes-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`
  const folder = await cachedFolder(name, async (place) => {
    onProgress('preparing quick starts of Kafka (once)')
    await train(place)
  })
  const use = (file: string) => [`-XX:SharedArchiveFile=${join(folder, file)}`]
  return { format: use('format.jsa'), broker: use('broker.jsa') }
}

async function train(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'kaas-kafka-training-'))
  try {
    const [port = 0, controllerPort = 0] = await freePorts(2)
    const host = '127.0.0.1'
    const address = { nodeId: 0, host, port, advertisedHost: host, advertisedPort: port, controllerPort, extraListeners: [] }
    const admin = { username: 'admin', password: 'training' }
    const shape = { brokers: [address], admin, delegationTokenSecret: 'training', plainUsers: {}, properties: {} }
    const propertiesFile = join(scratch, 'server.properties')
    const dataDirectory = join(scratch, 'data')
    writeFileSync(propertiesFile, brokerProperties(address, shape, dataDirectory), { mode: 0o600 })
    const write = (file: string) => [`-XX:ArchiveClassesAtExit=${join(folder, file)}`]
    const clusterId = 'AAAAAAAAQACAAAAAAAAAAA'
    await formatStorage({ propertiesFile, dataDirectory, clusterId, admin, jvm: write('format.jsa') })
    const logFile = join(scratch, 'broker.log')
    const broker = new Broker({
      ...{ nodeId: 0, port, propertiesFile, dataDirectory, logFile, startTimeoutMs: 60_000, onParentDeath: 'KILL' },
      jvm: ['-Xmx256m', ...write('broker.jsa')],
      onCrash: () => {},
    })
    await broker.start()
    await broker.stop()
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
