// SPDX-License-Identifier: Apache-2.0
/** Reads the file of KAAS_SIGN_IN_FILE, the secrets it names, and the bootstrap administrator's password. */
import { dirname, resolve } from 'node:path'
import type { ControlPlaneConfig } from '../config.ts'
import { readPassword, readText } from '../read-secrets.ts'
import type { ProviderSecrets } from './identity-provider.ts'
import { checkPublicUrl } from './public-address.ts'
import { DEFAULT_SIGN_IN, type ProviderConfig, parseSignIn } from './sign-in-config.ts'
import type { SignInOptions } from './sign-in-parts.ts'

const VARIABLE = 'KAAS_SIGN_IN_FILE'

/** Throws `config-invalid`. Paths in the file are relative to it. */
export function loadSignIn(
  config: Pick<ControlPlaneConfig, 'signInFile' | 'bootstrapPasswordFile' | 'publicUrl'>,
): SignInOptions {
  const { signInFile, bootstrapPasswordFile, publicUrl } = config
  const signIn = signInFile === undefined ? DEFAULT_SIGN_IN : parseSignIn(readText(signInFile, VARIABLE), signInFile)
  const folder = signInFile === undefined ? '.' : dirname(signInFile)
  const isOff = signIn.bootstrap === 'disabled' || bootstrapPasswordFile === undefined
  return {
    config: signIn,
    providers: signIn.providers.map((provider) => withSecrets(provider, folder)),
    bootstrapPassword: isOff ? undefined : readPassword(bootstrapPasswordFile, 'KAAS_BOOTSTRAP_PASSWORD_FILE'),
    publicUrl: publicUrl === undefined ? undefined : checkPublicUrl(new URL(publicUrl)),
  }
}

function withSecrets(config: ProviderConfig, folder: string): ProviderSecrets {
  const read = (file: string | undefined) => (file === undefined ? undefined : readText(resolve(folder, file), VARIABLE))
  const clientSecret = read(config.clientSecretFile)
  const caPem = read(config.caFile)
  return { config, ...(clientSecret === undefined ? {} : { clientSecret }), ...(caPem === undefined ? {} : { caPem }) }
}
