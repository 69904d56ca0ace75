// SPDX-License-Identifier: Apache-2.0
/** `npm start`: brings the product up on this machine and keeps it up until Ctrl-C. */
import { writeFileSync } from 'node:fs'
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, toExit } from '@kaas/errors'
import { requireKafkaTools } from '@kaas/kafka-engine'
import { checkPorts, type WantedPort } from './check-ports.ts'
import { LOCAL_CONFIG, type LocalConfig } from './config.ts'
import { engineAddressFor, readPassword } from './engine.ts'
import { Product } from './product.ts'
import { CLUSTER_NAME } from './register-cluster.ts'
import { endpointsOf, renderReport } from './report.ts'
import { prepareState, saveSecret, statePathsOf } from './state-files.ts'
import { lockState } from './state-lock.ts'

try {
  await run(loadConfig(LOCAL_CONFIG, process.env))
} catch (thrown) {
  const error = asKaasError(thrown)
  console.error([`\n${error.message}`, ...(error.help === undefined ? [] : [error.help])].join('\n'))
  process.exitCode = toExit(error)
}

async function run(config: LocalConfig): Promise<void> {
  const print = (line: string) => console.log(line)
  for (const { name, meant } of misspelledVariables(LOCAL_CONFIG, process.env)) {
    print(`${name} is set and nothing reads it. Was ${meant} meant?`)
  }
  const paths = statePathsOf(config.stateDir)
  const lock = lockState(paths.lock, paths.directory)
  try {
    const address = engineAddressFor(config, paths)
    if (address.kind === 'apache') requireKafkaTools()
    await checkPorts(portsOf(config))
    print(`KaaS is starting (state in ${paths.directory}).`)
    await prepareState(paths)
    const { mechanism, username } = address
    const credentials = { [CLUSTER_NAME]: { username, password: readPassword(address), mechanism } }
    saveSecret(paths.serviceCredentials, JSON.stringify(credentials))
    const product = new Product(config, paths, address, print)
    const stopped = stopOnSignal(product, print)
    const times = await product.start()
    if (product.isStopping) return
    const endpoints = endpointsOf(config, paths, process.pid)
    writeFileSync(paths.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`)
    const readyMs = Date.now() - Number(process.env.KAAS_LAUNCHED_AT ?? performance.timeOrigin)
    print(renderReport(endpoints, paths, address, times, readyMs, process.cwd()))
    await stopped
  } finally {
    lock.release()
  }
}

/** Resolves when a signal came and everything has stopped. Later signals change nothing: npm and the terminal send several. */
function stopOnSignal(product: Product, print: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false
    const stop = () => {
      if (isStopping) return
      isStopping = true
      print('\nStopping …')
      product.stop().then(resolve, resolve)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}

function portsOf(config: LocalConfig): readonly WantedPort[] {
  const ownEngine = config.kafka === 'apache'
  return [
    { port: config.apiPort, variable: 'KAAS_API_PORT', purpose: 'the API' },
    { port: config.kafkaPort, variable: 'KAAS_KAFKA_PORT', purpose: 'Kafka clients' },
    { port: config.kafkaPort + 1, variable: 'KAAS_KAFKA_PORT', purpose: 'Kafka clients, broker 0' },
    { port: config.gatewayHealthPort, variable: 'KAAS_GATEWAY_HEALTH_PORT', purpose: 'health of the gateway' },
    ...(ownEngine ? [{ port: config.enginePort, variable: 'KAAS_ENGINE_PORT', purpose: 'the Kafka broker' }] : []),
    ...(ownEngine ? [{ port: config.enginePort + 1, variable: 'KAAS_ENGINE_PORT', purpose: 'the Kafka controller' }] : []),
  ]
}
