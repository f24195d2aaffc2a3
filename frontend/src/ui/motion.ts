interface Glide {
  /** In milliseconds. */
  readonly duration: number;
  readonly interpolate: "linear";
}

/**
 * How a canvas goes somewhere in `time` milliseconds: at once for those who asked for less motion.
 *
 * Straight: the curve that zooms out on the way and in again leaves the zoom where it is stopped, and has no value
 * at all for some pairs of places.
 */
export function gliding(time: number): Glide {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { duration: still ? 0 : time, interpolate: "linear" };
}
