// SPDX-License-Identifier: Apache-2.0
/** Bytes as hex, of which only the rows on the screen are made. */
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { hexRow, hexRowCount } from '../../format/hex.ts'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import classes from './messages.module.css'

const LINE_HEIGHT = 19
/** Pixels that sixteen bytes need. */
const LEAST_FOR_SIXTEEN = 560

export function HexLines({ bytes, label }: { readonly bytes: Uint8Array; readonly label: string }) {
  const scroller = useRef<HTMLElement>(null)
  const { ref, width } = useElementSize()
  const inRow = width < LEAST_FOR_SIXTEEN ? 8 : 16
  const virtual = useVirtualizer({
    count: hexRowCount(bytes, inRow),
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  })
  return (
    <ScrollRegion ref={scroller} className={classes.text} label={label}>
      <div ref={ref} className={classes.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const { offset, hex, characters } = hexRow(bytes, index, inRow)
          return (
            <div key={key} className={classes.hexLine} style={{ transform: `translateY(${start}px)` }}>
              <span className={classes.quiet}>{offset}</span> {hex} <span className={classes.string}>{characters}</span>
            </div>
          )
        })}
      </div>
    </ScrollRegion>
  )
}
