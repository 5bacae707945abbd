// What the server has, read without it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./harness.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

/** The item `invoice-0001`. */
export const invoice = JSON.parse(read("openapi/examples/history.json"));

/** The names of the contract's components: keys with four spaces below `schemas:`. */
export const components = read("openapi/processing-results.yaml")
  .split("\n  schemas:\n")[1]
  .split("\n")
  .map((line) => line.match(/^ {4}(\w+):$/)?.[1])
  .filter(Boolean);

/** The values in the examples that must not be shown anywhere. */
export const secrets = ["history", "drift", "documented"].flatMap((name) => {
  const text = read(`openapi/examples/${name}.json`);
  return [...text.matchAll(/example-password|[\w-]*example-not-a-real[\w-]*|Bearer sk-\.\.\./g)].map(String);
});

/** A script that would leave a trace. */
export const script = `<script>window.ran = true</script><img src=x onerror="window.ran = true">`;

const tag = `"'></code></title>${script}`;

const run = (second) => ({
  item_id: "hostile",
  result_id: tag,
  job_type: second ? tag : "parse",
  job_config: { parameters: { lang: tag, [tag]: tag, custom_metadata: { [tag]: tag } } },
  processed_at: `2026-01-01T00:00:0${second}Z`,
  parameters_hash: tag,
  output_s3_path: `javascript:window.ran=true//${tag}`,
});

/** An item that is all script. Its id is one part of a path, whatever is in it. */
export const hostile = {
  item_id: `a/../b?c#d%2f ${tag}`,
  item_name: script,
  processing_results: [run(0), run(1)],
};
