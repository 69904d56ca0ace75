// SPDX-License-Identifier: Apache-2.0
/** Reading `platform.yaml`: what the platform offers, for commands that plan and render without a server. */
import { readFileSync } from 'node:fs'
import { KaasError } from '@kaas/errors'
import { type PlatformProfile, parsePlatformProfile } from '@kaas/planner'
import { parse } from 'yaml'

/** The profile in the file. Throws `usage-invalid` when it cannot be read, `config-invalid` with every problem in it. */
export function loadPlatform(file: string): PlatformProfile {
  return parsePlatform(loadPlatformText(file), file)
}

/** The text of the file as its author wrote it. Throws `usage-invalid`. */
export function loadPlatformText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new KaasError('usage-invalid', {
      message: `The platform profile ${file} cannot be read.`,
      help: 'Write one as docs/guides/render-in-ci.md shows, or name yours with --platform.',
      cause: error,
    })
  }
}

/** The profile of a text; `source` is named when it cannot be understood. */
export function parsePlatform(text: string, source: string): PlatformProfile {
  try {
    return parsePlatformProfile(parse(text))
  } catch (error) {
    if (error instanceof KaasError) throw error
    throw new KaasError('config-invalid', { message: `${source} is not YAML.`, help: 'Correct it.', cause: error })
  }
}
