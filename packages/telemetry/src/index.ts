// SPDX-License-Identifier: Apache-2.0
export type { Fields, Log } from './log.ts'
