/** The mark: a small cadence between two points. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-iris-7)" />
      <path
        d="M8 20.5c3.2 0 3.4-9 6.6-9s3.2 9 6.4 9c1.5 0 2.3-1.4 3-3"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="8" cy="20.5" r="2.4" fill="#fff" />
      <circle cx="24" cy="17" r="2.4" fill="#fff" />
    </svg>
  );
}
