import { encode } from 'uqr'

const pixels = 224

/** A QR code as a picture of the page itself: what it says stays between the server and its reader. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // Four modules of white around it, as the standard (ISO/IEC 18004) asks for.
  const { size, data } = encode(text, { border: 4, ecc: 'M' })
  const dark = data.flatMap((row, y) => row.flatMap((is_dark, x) => (is_dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={pixels}
      height={pixels}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
