// SPDX-License-Identifier: Apache-2.0
/**
 * The first program of every npm script. Plain JavaScript for any Node from 20 on and without dependencies, because it runs
 * before anything is installed: it installs what the lockfile says when that is not there, then hands over to the Node 24
 * that comes with the packages. Everything else is done by the programs it hands over to.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants, homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NODE_MAJOR = 24
const EXIT_UNAVAILABLE = 10

const PROGRAMS = {
  start: ['apps/local/src/main.ts'],
  test: ['tools/run-tests.ts'],
  'test:cluster': ['tools/run-cluster-tests.ts'],
  'test:faults': ['tools/run-fault-tests.ts'],
  check: ['tools/run-check.ts'],
  bench: ['bench/run.ts'],
  'console:dev': ['node_modules/vite/bin/vite.js', 'apps/console'],
  fuzz: ['apps/gateway/test/fuzz/main.ts'],
  requirements: ['tools/requirements.ts'],
  fix: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
}

const [command = '', ...rest] = process.argv.slice(2)
const program = PROGRAMS[command]
if (program === undefined) stop(2, `There is no script "${command}". There are: ${Object.keys(PROGRAMS).join(', ')}.`)
if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(EXIT_UNAVAILABLE, `Node 20 or later is needed to begin; this is ${process.version}. Install a current Node.`)
}
if (!isInstalled()) install()
handOver(findNode(), [...program, ...rest])

/** Whether node_modules holds what package-lock.json says, package by package; npm leaves a list of what it installed. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true)
    .every(
      ([path, entry]) => installed[path]?.version === entry.version || (installed[path] === undefined && isOptional(entry)),
    )
}

function isOptional(entry) {
  return entry.optional === true || entry.devOptional === true || entry.peer === true
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}

/**
 * `npm install` takes the versions of the lockfile as `npm ci` does, but does not insist on entries for the optional
 * packages of other platforms, which a registry that mirrors only some platforms leaves out. `--no-save` keeps both files.
 */
function install() {
  console.log('Installing packages (npm install) …')
  const started = Date.now()
  const npm = process.env.npm_execpath
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: '' } }
  const isScript = npm !== undefined && /\.c?js$/.test(npm)
  const result = isScript ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  if (result.error)
    stop(EXIT_UNAVAILABLE, 'npm is needed to install the packages and was not found. Install npm (it comes with Node).')
  if (result.status !== 0) {
    const why = 'The packages could not be installed; npm says why above.'
    stop(
      EXIT_UNAVAILABLE,
      `${why} Check the network and the registry (npm config get registry), then run the command again.`,
    )
  }
  console.log(`Packages are installed (${Math.round((Date.now() - started) / 1000)} s).`)
}

/** The Node 24 of the packages; the running one where npm has none for this platform but it is new enough. */
function findNode() {
  const own = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  return stop(
    EXIT_UNAVAILABLE,
    `Node ${NODE_MAJOR} is needed and npm brings none for ${platform}. Install Node ${NODE_MAJOR} or later.`,
  )
}

/** Runs the program to its end with our terminal, passes signals on and ends as it ends. */
function handOver(node, args) {
  if (!existsSync(join(ROOT, args[0])))
    stop(EXIT_UNAVAILABLE, `${args[0]} is missing in this checkout. Get it again: git checkout -- ${args[0]}`)
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`
  const env = {
    ...process.env,
    PATH: path,
    // Compiled sources are kept, which saves each of our processes a quarter of a second.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cacheFolder(), 'compiled'),
    ...(command === 'start' && { KAAS_LAUNCHED_AT: String(launchedAt()) }),
  }
  const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => stop(EXIT_UNAVAILABLE, `${node} could not be started: ${error.message}`))
  child.once('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal]
  })
}

function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kaas')
}

function launchedAt() {
  return Math.round(performance.timeOrigin)
}

function stop(code, sentence) {
  console.error(sentence)
  if (command.startsWith('test')) console.log('0 passed, 1 failed')
  process.exit(code)
}
