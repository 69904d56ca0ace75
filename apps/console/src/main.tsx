// SPDX-License-Identifier: Apache-2.0
/** Starts the console in the page. */
import '@mantine/core/styles.css'
import './shell/theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app.tsx'

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
