import { Skeleton, Stack } from "@mantine/core";

const rows = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Grey lines in the place of a list to come. */
export function SkeletonRows({ count = 6, height = 44 }: { count?: number; height?: number }) {
  return (
    <Stack gap="xs" aria-hidden>
      {rows(count).map((row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}
