// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { findProgram } from './find-program.ts'

test('a missing program is named together with the command that installs it', () => {
  expect(() => findProgram('no-such-program', { package: 'that-package', purpose: 'try it' })).toThrow(
    expect.objectContaining({
      code: 'tool-missing',
      message: 'no-such-program is needed to try it, and it is not on PATH.',
      help: expect.stringContaining('apt-get install that-package'),
    }),
  )
})

test('a program outside PATH is found in the folders that are named', () => {
  expect(findProgram('sh', { package: 'dash', purpose: 'run', folders: ['/bin'] })).toMatch(/\/sh$/)
})
