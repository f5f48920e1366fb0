/** How many have answered, as a big figure and a bar; the words beside it say the same to those who do not see it. */
export function ProgressPicture({ answered, asked, label }: { answered: number; asked: number; label: string }) {
  const share = asked === 0 ? 0 : answered / asked
  return (
    <svg className="dads-progress" viewBox="0 0 320 76" role="img" aria-label={label}>
      <text x="0" y="42" fontSize="44" fontWeight="700" fill="currentColor">
        {answered}
        <tspan fontSize="24" fontWeight="400">
          {` / ${asked}`}
        </tspan>
      </text>
      <rect x="1" y="56" width="318" height="18" fill="none" stroke="currentColor" strokeWidth="2" />
      <rect x="1" y="56" width={Math.round(318 * share * 10) / 10} height="18" fill="currentColor" />
    </svg>
  )
}
