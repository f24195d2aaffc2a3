import { Fragment } from "react";

/** An email address; where it does not fit on a line, it breaks before its @ or behind a dot. */
export function Address({ address }: { address: string }) {
  return (
    <span className="tabular">
      {address.split(/(?=@)|(?<=\.)/u).map((part, index) => (
        // oxlint-disable-next-line no-array-index-key -- parts may be alike
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
