import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import type { Plugin } from "vite";

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const gzipOptions = { level: 9 };
/** Below this, compressing saves less than a header costs. */
const smallest = 256;

/** Leaves compressed twins of scripts and styles beside them, for the server to send as they are. */
export function compressedTwins(): Plugin {
  return {
    name: "compressed-twins",
    apply: "build",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const texts = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css)$/u.test(fileName));
        await Promise.all(
          texts.map(async (file) => {
            const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
            if (source.length < smallest) return;
            const [brotli, zipped] = await Promise.all([toBrotli(source, brotliOptions), toGzip(source, gzipOptions)]);
            this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: brotli });
            this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: zipped });
          }),
        );
      },
    },
  };
}
