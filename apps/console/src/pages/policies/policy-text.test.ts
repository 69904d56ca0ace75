// SPDX-License-Identifier: Apache-2.0
/** The examples that people begin with are documents. */
import { parseDocument } from '@kaas/domain'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../format/document-text.ts'
import { POLICY_EXAMPLES } from './policy-text.ts'

describe('An example of a policy', () => {
  it.each(POLICY_EXAMPLES)('can be stored as it is: $name', ({ text }) => {
    const read = readDocument(text)
    expect(read.kind).toBe('document')
    if (read.kind === 'document') expect(parseDocument(read.document).kind).toBe('Policy')
  })
})
