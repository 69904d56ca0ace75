// SPDX-License-Identifier: Apache-2.0
/** Questions to a person, and what she may do instead of answering. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askPerson, processTerminal } from './terminal.ts'

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

describe('the editor', () => {
  it('of VISUAL goes before EDITOR, may have arguments of its own, and changes the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaas edit '))
    const file = join(folder, 'shop.yaml')
    writeFileSync(file, 'produce: 1MB/s\n')
    await processTerminal({ VISUAL: 'sed -i s/1MB/2MB/', EDITOR: 'false' }).openEditor(file)
    expect(readFileSync(file, 'utf8')).toBe('produce: 2MB/s\n')
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['is not installed', 'no-such-editor-here', 'tool-missing', /EDITOR=nano/],
    ['ends with a fault, which changes nothing', 'false', 'cancelled-by-caller', undefined],
  ])('that %s', async (_, editor, code, help) => {
    const error = { code, ...(help === undefined ? {} : { help: expect.stringMatching(help) }) }
    await expect(processTerminal({ EDITOR: editor }).openEditor('/tmp/any')).rejects.toMatchObject(error)
  })
})
