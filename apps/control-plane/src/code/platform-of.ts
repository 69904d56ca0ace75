// SPDX-License-Identifier: Apache-2.0
/** What the repository of tenants says of the platform. */
import { asKaasError, KaasError } from '@kaas/errors'
import type { TenantRepository } from '@kaas/gitops'
import { type PlatformProfile, parsePlatformProfile } from '@kaas/planner'
import { parse } from 'yaml'

/** The platform as the repository says. Throws `not-configured` without `platform.yaml`, `config-invalid` for a bad one. */
export async function platformOf(repository: TenantRepository): Promise<PlatformProfile> {
  const text = await repository.read('platform.yaml')
  if (text === undefined) {
    throw new KaasError('not-configured', {
      message: 'The repository of tenants has no platform.yaml.',
      help: 'Write it, or make the whole layout: kaas gitops init --repo URL.',
    })
  }
  try {
    return parsePlatformProfile(parse(text))
  } catch (cause) {
    const error = asKaasError(cause)
    if (error.code === 'config-invalid') throw error
    throw new KaasError('config-invalid', {
      message: `platform.yaml of the repository of tenants cannot be read: ${error.message}`,
      help: 'Correct it and push.',
      cause,
    })
  }
}
