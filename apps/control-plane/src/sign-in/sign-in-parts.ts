// SPDX-License-Identifier: Apache-2.0
/** What sign-in works with; one value per process. It is made from what the control plane was told, and holds secrets only as checks. */
import type { Store } from '@kaas/store'
import { bootstrapCheck, type CheckBootstrap } from './bootstrap-password.ts'
import { IdentityProvider, type ProviderSecrets } from './identity-provider.ts'
import { DEFAULT_SIGN_IN, type SignInConfig } from './sign-in-config.ts'

/** What the control plane is told about sign-in. */
export interface SignInOptions {
  readonly config: SignInConfig
  readonly providers: readonly ProviderSecrets[]
  /** Absent, the bootstrap administrator cannot sign in. */
  readonly bootstrapPassword?: string | undefined
  readonly publicUrl?: URL | undefined
}

/** The parts. */
export interface SignInParts {
  readonly store: Store
  readonly config: SignInConfig
  readonly providers: ReadonlyMap<string, IdentityProvider>
  /** Undefined when the bootstrap administrator may not sign in. */
  readonly checkBootstrap: CheckBootstrap | undefined
  readonly publicUrl: URL | undefined
}

/** Nobody can sign in; tokens of files go on. */
export const NO_SIGN_IN: SignInOptions = { config: DEFAULT_SIGN_IN, providers: [] }

/** Makes the parts. Nothing is called yet. */
export function signInParts(store: Store, options: SignInOptions): SignInParts {
  const { config, providers, bootstrapPassword, publicUrl } = options
  const isOpen = config.bootstrap === 'enabled' && bootstrapPassword !== undefined
  return {
    store,
    config,
    providers: new Map(providers.map((each) => [each.config.id, new IdentityProvider(each)])),
    checkBootstrap: isOpen ? bootstrapCheck(bootstrapPassword) : undefined,
    publicUrl,
  }
}
