// The official TypeScript SDK among the peers; see peers.py for the words.
import readline from "node:readline";
import LlamaCloud from "@llamaindex/llama-cloud";

const client = new LlamaCloud({
  apiKey: "llx-0123456789abcdef0123456789abcdef0123456789abcdef",
  baseURL: process.argv[2],
  maxRetries: 0,
});
const call = (item) => client.beta.batch.jobItems.getProcessingResults(item);

async function run(item, atATime, calls) {
  let left = calls;
  const make = async () => {
    while (left-- > 0) await call(item);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atATime }, make));
  return (performance.now() - started) / 1000;
}

async function read(item) {
  try {
    return JSON.stringify({ value: await call(item) });
  } catch (error) {
    return JSON.stringify({ error: String(error.message) });
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [first, ...more] = line.split(" ");
  console.log(first === "read" ? await read(...more) : await run(first, ...more.map(Number)));
}
