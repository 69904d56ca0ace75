// SPDX-License-Identifier: Apache-2.0
/** Opens the palette by its keys or its button; its code is loaded the first time. */
import { useHotkeys } from '@mantine/hooks'
import { type ComponentType, useState } from 'react'

/** The palette, once it was asked for, and how to open it. */
export function usePalette(): { readonly open: () => void; readonly palette: React.ReactNode } {
  const [loaded, setLoaded] = useState<{ readonly Palette: ComponentType }>()
  const open = () =>
    void import('./palette.tsx').then(({ Palette, openPalette }) => {
      setLoaded({ Palette })
      // The palette listens only after it was drawn.
      requestAnimationFrame(() => requestAnimationFrame(openPalette))
    })
  useHotkeys([['mod + K', open]], [])
  return { open, palette: loaded === undefined ? null : <loaded.Palette /> }
}
