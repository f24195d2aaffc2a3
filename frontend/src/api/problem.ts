/** One fault of a refused request: the field as the server names it, what is wrong, what to do. */
export interface FieldFault {
  field: string | null;
  code: string;
  message: string;
  remedy?: string | null;
}

interface ProblemBody {
  title?: string;
  detail?: string;
  errors?: FieldFault[];
}

/** A refusal by the server (RFC 9457), or status 0 when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly faults: FieldFault[];

  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.title = body.title ?? "";
    this.faults = body.errors ?? [];
  }

  /** Messages by field, as Mantine's form.setErrors takes them; each says its remedy too. */
  get byField(): Record<string, string> {
    const named = this.faults.filter((fault) => fault.field);
    return Object.fromEntries(named.map((fault) => [fault.field, sentence(fault)]));
  }

  /** What concerns no single field. */
  get general(): string {
    const unnamed = this.faults.filter((fault) => !fault.field).map(sentence);
    return unnamed.length > 0 ? unnamed.join(" ") : this.message;
  }
}

export function sentence(fault: FieldFault): string {
  return fault.remedy ? `${fault.message} ${fault.remedy}` : fault.message;
}

export function isProblem(error: unknown, status?: number): error is Problem {
  return error instanceof Problem && (status === undefined || error.status === status);
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null;
}

export function toProblem(status: number, body: unknown): Problem {
  return new Problem(status, isProblemBody(body) ? body : {});
}
