// SPDX-License-Identifier: Apache-2.0
/** Keeps secrets out of Git: what was pushed once stays in the history of every copy. It finds what has the form of a secret. */
import { KaasError } from '@kaas/errors'
import { parseAllDocuments } from 'yaml'

/** Forms that are secrets wherever they stand, each with its name. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bclient-key-data:\s*\S/, 'the key of a kubeconfig'],
  [/\bkaas(?:gw)?_[\w-]{40,}/, 'a token of this product'],
  [/:\/\/[^\s/:@]+:[^\s/:@]+@/, 'an address with a password'],
]

/** Throws `secret-in-git`, with the path and never the content, for the first file that holds a secret. */
export function refuseSecrets(files: ReadonlyMap<string, string | undefined>): void {
  for (const [path, content] of files) {
    const what = content === undefined ? undefined : secretIn(content)
    if (what === undefined) continue
    throw new KaasError('secret-in-git', {
      message: `${path} would bring ${what} into Git. Nothing was pushed.`,
      help: 'Keep the secret where secrets are kept, and name it in the file by reference (an ExternalSecret, or a file encrypted by SOPS).',
    })
  }
}

/** What kind of secret a text holds; undefined for none that is known. */
export function secretIn(text: string): string | undefined {
  const form = FORMS.find(([pattern]) => pattern.test(text))
  if (form !== undefined) return form[1]
  return /Secret\b/.test(text) && /\b(?:data|stringData)\b/.test(text) && hasSecretObject(text)
    ? 'the data of a Secret'
    : undefined
}

/** By reading the YAML (JSON is YAML too): a reference to a Secret has the same words. */
function hasSecretObject(text: string): boolean {
  return parseAllDocuments(text, { logLevel: 'silent' }).some((document) => {
    try {
      return isSecretWithData(document.toJS())
    } catch {
      return false // Not YAML. Nothing applies it.
    }
  })
}

function isSecretWithData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const object: Partial<Record<'kind' | 'items' | 'data' | 'stringData' | 'sops', unknown>> = value
  if (Array.isArray(object.items)) return object.items.some(isSecretWithData)
  if (object.kind !== 'Secret' || object.sops !== undefined) return false
  return [object.data, object.stringData].some(
    (data) => typeof data === 'object' && data !== null && Object.keys(data).length > 0,
  )
}
