// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareState, statePathsOf } from './state-files.ts'

const newPaths = () => statePathsOf(mkdtempSync(join(tmpdir(), 'kaas-state-')))

test('secrets of the state directory are readable by their owner only', async () => {
  const paths = newPaths()
  await prepareState(paths)
  for (const file of [
    paths.token,
    paths.gatewayToken,
    paths.administratorPassword,
    paths.secretsKey,
    paths.kafkaPassword,
    paths.caKey,
    paths.gatewayKey,
  ]) {
    expect(statSync(file).mode & 0o777, file).toBe(0o600)
  }
})

test('a second start keeps every certificate, token and key', async () => {
  const paths = newPaths()
  await prepareState(paths)
  const files = [
    paths.token,
    paths.administratorPassword,
    paths.gatewayToken,
    paths.secretsKey,
    paths.kafkaPassword,
    paths.ca,
    paths.gatewayCertificate,
  ]
  const before = files.map((file) => readFileSync(file, 'utf8'))
  await prepareState(paths)
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
})
