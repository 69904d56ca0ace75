// SPDX-License-Identifier: Apache-2.0
/** Questions to a person, and what she may do instead of answering. */
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askPerson } from './terminal.ts'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'

function person() {
  const input = new PassThrough()
  const lines = createInterface({ input, output: new PassThrough(), terminal: true })
  return { input, answer: askPerson(lines, 'Delete it? ') }
}

describe('a question', () => {
  it('is answered with one line', async () => {
    const { input, answer } = person()
    input.write('yes\n')
    expect(await answer).toBe('yes')
  })

  it.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('that is left by %s is no answer, and no fault of ours', async (_, key) => {
    const { input, answer } = person()
    input.write(key)
    await expect(answer).rejects.toMatchObject({ code: 'cancelled-by-caller' })
  })
})
