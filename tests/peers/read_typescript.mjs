// What the official TypeScript SDK reads: cases on standard input, readings on standard output.
import fs from "node:fs";
import LlamaCloud, { APIError } from "@llamaindex/llama-cloud";

async function read(case_) {
  let requests = 0;
  const client = new LlamaCloud({
    apiKey: case_.api_key,
    baseURL: case_.base_url,
    fetch: (...request) => {
      requests += 1;
      return fetch(...request);
    },
    ...("max_retries" in case_ && { maxRetries: case_.max_retries }),
  });
  const { job_type, project_id, organization_id } = case_;
  let reading;
  try {
    const history = await client.beta.batch.jobItems.getProcessingResults(
      case_.item_id,
      { job_type, project_id, organization_id },
      { headers: case_.headers },
    );
    const results = history.processing_results ?? [];
    reading = {
      value: history,
      instants: results.map((result) => Math.floor(new Date(result.processed_at) / 1000)),
    };
  } catch (error) {
    reading =
      error instanceof APIError && error.status
        ? { error: error.constructor.name, status: error.status, detail: error.error?.detail }
        : { refused: String(error.message) };
  }
  return { ...reading, requests };
}

const readings = {};
for (const case_ of JSON.parse(fs.readFileSync(0, "utf8"))) {
  readings[case_.name] = await read(case_);
}
process.stdout.write(JSON.stringify(readings));
