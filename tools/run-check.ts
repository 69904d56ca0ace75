// SPDX-License-Identifier: Apache-2.0
/** `npm run check`: what a developer runs all day. Ends with the sum of its parts and 1 when one failed. */
import { runCheckParts } from './runner/check-parts.ts'
import { sumOf } from './runner/part.ts'

const total = sumOf(await runCheckParts(console.log))
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
