import { toastProblem } from "./toast";

/**
 * Tells how what was asked for went: by `told` if it was done, else why not. The row or panel that asked may be gone by
 * then: what `mutate` or `mutateAsync` is given as callbacks would not be called any more.
 */
export function tellOutcome<Result>(asked: Promise<Result>, told?: (result: Result) => void): void {
  void asked.then(told, toastProblem);
}
