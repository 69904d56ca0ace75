// SPDX-License-Identifier: Apache-2.0
/** Which database the configuration means: a server, by its address or by a file that holds it, or the embedded one. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Environment } from '@kaas/configuration'
import { KaasError } from '@kaas/errors'
import type { StoreOptions } from '@kaas/store'
import type { ControlPlaneConfig } from './config.ts'
import { readDatabaseUrl, readKey } from './read-secrets.ts'

/** Reads the key and, when it is in a file, the address. The environment says where caches are. Throws `config-invalid`. */
export function storeOptionsOf(config: ControlPlaneConfig, environment: Environment): StoreOptions {
  const secretsKey = readKey(config.secretsKeyFile, 'KAAS_SECRETS_KEY_FILE')
  const databaseUrl = databaseUrlOf(config)
  if (databaseUrl !== undefined) return { databaseUrl, secretsKey }
  const cacheDirectory = config.cacheDir ?? join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kaas')
  return { directory: join(resolve(config.stateDir), 'database'), cacheDirectory, secretsKey }
}

function databaseUrlOf({ databaseUrl, databaseUrlFile }: ControlPlaneConfig): string | undefined {
  if (databaseUrlFile === undefined) return databaseUrl
  if (databaseUrl === undefined) return readDatabaseUrl(databaseUrlFile, 'KAAS_DATABASE_URL_FILE')
  throw new KaasError('config-invalid', {
    message: 'KAAS_DATABASE_URL and KAAS_DATABASE_URL_FILE are both set.',
    help: 'Set one of them; the file when the address holds a password.',
  })
}
