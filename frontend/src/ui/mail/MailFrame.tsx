import classes from "./preview.module.css";

interface MailFrameProps {
  title: string;
  html: string;
  /** In CSS pixels. */
  width: number | "100%";
}

/** A mail as a mail program shows it: no script of it runs, and no link or form leads anywhere. */
export function MailFrame({ title, html, width }: MailFrameProps) {
  return <iframe className={classes["frame"]} title={title} srcDoc={html} sandbox="" style={{ width }} />;
}
