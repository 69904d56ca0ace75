#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the command line with the Node that the project brings (24, which runs TypeScript), from whichever Node 20 or later
 * runs this file. Plain JavaScript, because it must be understood before the right Node is found.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)
const NOT_INSTALLED = 10

if (process.features.typescript) {
  nodeModule.enableCompileCache?.()
  await import(main.href).catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    sayNotInstalled()
  })
} else {
  const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
  if (existsSync(own)) passOnTo(own)
  else sayNotInstalled()
}

function passOnTo(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends its signals to both; this process waits for what the other one makes of them.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

function sayNotInstalled() {
  process.stderr.write('kaas is not installed completely yet: run "npm start" in its folder first.\n')
  process.exitCode = NOT_INSTALLED
}
