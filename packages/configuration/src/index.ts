// SPDX-License-Identifier: Apache-2.0
export { type ConfigOf, type Definition, defineConfig, type PropertyOf, propertyOf, type Variable } from './define-config.ts'
export { type Environment, loadConfig } from './load-config.ts'
export { type MisspelledVariable, misspelledVariables } from './misspelled-variables.ts'
export { renderConfigReference } from './render-config-reference.ts'
export { flag, httpUrl, oneOf, path, port, serverList, text } from './value-schemas.ts'
