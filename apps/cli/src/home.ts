// SPDX-License-Identifier: Apache-2.0
/**
 * Where the command line finds its control plane, its token and the passwords it keeps: variables first, then the `.kaas`
 * folder of the working directory or of one above it, as local mode writes it, then what `kaas login` keeps.
 */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { KaasError } from '@kaas/errors'
import { loadLogins, loginsFile } from './logins.ts'

/** What is known before the first call. `kafka` and `caFile` are known in local mode only. */
export interface Home {
  /** Where passwords are kept. Need not exist. */
  readonly directory: string
  readonly api: string
  readonly token: string | undefined
  readonly kafka: string | undefined
  readonly caFile: string | undefined
  /** The file that `kaas login` writes. */
  readonly loginsFile: string
}

const DEFAULT_API = 'http://127.0.0.1:8080'

/** Reads variables and files. Throws `config-invalid` for a file that cannot be read or understood. */
export function findHome(environment: NodeJS.ProcessEnv, workingDirectory: string): Home {
  const { KAAS_HOME, KAAS_STATE_DIR, KAAS_API_URL, KAAS_TOKEN_FILE } = environment
  const given = KAAS_HOME ?? KAAS_STATE_DIR
  const found = given === undefined ? nearestState(workingDirectory) : resolve(workingDirectory, given)
  const directory = found ?? join(homedir(), '.kaas')
  const endpoints = loadEndpoints(join(directory, 'endpoints.json'))
  const file = loginsFile(environment)
  const logins = loadLogins(file)
  const api = (KAAS_API_URL ?? endpoints.api ?? logins.current ?? DEFAULT_API).replace(/\/+$/, '')
  const tokenFile = endpoints.tokenFile ?? existing(join(directory, 'token'))
  return {
    directory,
    api,
    token: tokenFrom(KAAS_TOKEN_FILE) ?? logins.servers[api]?.token ?? tokenFrom(tokenFile),
    loginsFile: file,
    kafka: endpoints.kafka,
    caFile: endpoints.caFile ?? existing(join(directory, 'ca.pem')),
  }
}

function tokenFrom(file: string | undefined): string | undefined {
  return file === undefined ? undefined : loadText(file, 'KAAS_TOKEN_FILE').trim()
}

function nearestState(from: string): string | undefined {
  const candidate = join(from, '.kaas')
  if (existsSync(candidate)) return candidate
  const above = dirname(from)
  return above === from ? undefined : nearestState(above)
}

interface Endpoints {
  readonly api?: string
  readonly tokenFile?: string
  readonly kafka?: string
  readonly caFile?: string
}

function loadEndpoints(file: string): Endpoints {
  if (!existsSync(file)) return {}
  const { api, tokenFile, kafka, caFile } = parseObject(loadText(file, 'KAAS_HOME'), file)
  const texts = Object.entries({ api, tokenFile, kafka, caFile }).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(texts)
}

function parseObject(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw new KaasError('config-invalid', {
    message: `${file} is not readable as a list of endpoints.`,
    help: 'Stop KaaS, remove the file and run "npm start" again: it is written at every start.',
  })
}

function existing(file: string): string | undefined {
  return existsSync(file) ? file : undefined
}

function loadText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new KaasError('config-invalid', {
      message: `${file} cannot be read.`,
      help: `Give yourself the right to read it, or point ${variable} elsewhere.`,
      cause: error,
    })
  }
}
