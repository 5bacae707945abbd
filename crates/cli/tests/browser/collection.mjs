// A collection of some hundred items, the same each time, and what a report should say of it.
import { hostile as scripted, script } from "./fixtures.mjs";

/** Numbers below 1 that look like chance. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];
const day = 24 * 60 * 60 * 1000;
const begin = Date.UTC(2026, 0, 12);

const models = ["parse_page_with_llm", "parse_page_with_llm", "parse_page_with_lvm", "parse_page_with_agent"];

function parameters(random) {
  const set = { lang: pick(random, ["en", "en", "en", "de", "fr"]), parse_mode: pick(random, models) };
  if (random() < 0.6) set.max_pages = pick(random, [10, 50, 200]);
  if (random() < 0.4) set.output_tables_as_HTML = true;
  if (random() < 0.2) set.gpt4o_api_key = "sk-example-not-a-real-key";
  if (random() < 0.15) set.made_up_option = pick(random, ["low", "high"]);
  if (random() < 0.1) set.system_prompt_append = "Write amounts with two decimals, and dates as the invoice has them.";
  return set;
}

function run(random, id, at, type, hash) {
  const configs = {
    parse: { parameters: parameters(random) },
    extract: { data_schema: { type: "object" }, config: {} },
    classify: { id: `job-${at}`, project_id: "p", user_id: "u", status: "SUCCESS", mode: "FAST", rules: [] },
  };
  return {
    item_id: id,
    result_id: `${id}-${type}-${at}`,
    job_type: type,
    job_config: configs[type] ?? { anything: 1 },
    processed_at: new Date(begin + at).toISOString(),
    parameters_hash: hash,
    output_s3_path: `s3://outputs/${id}/${type}-${at}.json`,
  };
}

function item(random, number) {
  const id = `invoice-${String(number).padStart(4, "0")}x`;
  const start = Math.floor(300 * day * Math.sqrt(random()));
  const results = [run(random, id, start, "parse", "h-1")];
  let at = start;
  while (random() < 0.45) {
    at += Math.floor(9 * day * random());
    const type = pick(random, ["parse", "parse", "extract", "classify"]);
    results.push(run(random, id, at, type, pick(random, ["h-1", "h-2", "h-3"])));
  }
  if (number % 97 === 0) results.push(run(random, id, at, "translate", "h-1"));
  return { item_id: id, item_name: `Invoice ${number}.pdf`, processing_results: results };
}

const random = chance(7);

/** What a user has. */
export const usual = Array.from({ length: 320 }, (_, number) => item(random, number));

// What a user may have.
const long = {
  item_id: "long",
  item_name: "e".repeat(3000),
  processing_results: Array.from({ length: 30 }, (_, at) => run(random, "long", at * 9 * day, "parse", "h-1")),
};
// With these, more parameters vary than the report lists at first.
for (const each of long.processing_results.slice(0, 3)) each.job_config.parameters.target_pages = "0-9";
const reversed = {
  item_id: "right-to-left",
  item_name: `\u202e${script}\u0007\u2066fdp.exe`,
  processing_results: [1, 2, 3].map((at) => run(random, "right-to-left", at * day, "parse", "h-1")),
};

// All script, with an id that can be requested, and run again with the same hash.
const id = scripted.item_id.replaceAll("/", "-");
const hostile = { ...scripted, item_id: id, processing_results: [0, 0, 1].map((at) => scripted.processing_results[at]) };

/** Items that can be had. */
export const items = [...usual, long, reversed, hostile];

/** One that cannot, whatever its data. */
export const failing = { item_id: "forbidden", item_name: "f", respond: Array(50).fill(403) };

/** Every id, in the order of a file of items; the last one is no item's. */
export const ids = [...items, failing].map((item) => item.item_id).concat("no-such-item");
