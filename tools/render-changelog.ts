// SPDX-License-Identifier: Apache-2.0
/** `node tools/render-changelog.ts [root]`: writes the unreleased part of CHANGELOG.md from the fragments in `changes/`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changelogOf } from './house/changelog-file.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
writeFileSync(join(root, 'CHANGELOG.md'), changelogOf(root))
