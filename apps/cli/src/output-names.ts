// SPDX-License-Identifier: Apache-2.0
/** The formats of output, apart from what renders them: help needs their names only. */

/** What `-o` takes. */
export const OUTPUTS = ['table', 'yaml', 'json', 'name'] as const
/** An output format. */
export type Output = (typeof OUTPUTS)[number]

/** What `-o` of `get` takes beside them: tables with all columns. */
export const WIDE = 'wide'
