"""The official Python SDK among the peers; see peers.py for the words."""
import asyncio
import json
import sys
import time
import warnings

import llama_cloud

KEY = "llx-0123456789abcdef0123456789abcdef0123456789abcdef"
BASE = sys.argv[1]
# While it decodes, it does not connect: by default, large histories side by side run out of 5 s for that.
PATIENCE = 600
CLIENT = llama_cloud.LlamaCloud(api_key=KEY, base_url=BASE, max_retries=0, timeout=PATIENCE)


def one_by_one(item, calls):
    started = time.perf_counter()
    for _ in range(calls):
        CLIENT.beta.batch.job_items.get_processing_results(item)
    return time.perf_counter() - started


async def side_by_side(client, item, at_a_time, calls):
    """As many tasks as calls at a time, each making the next call that is left."""
    left = iter(range(calls))

    async def make():
        for _ in left:
            await client.beta.batch.job_items.get_processing_results(item)

    started = time.perf_counter()
    await asyncio.gather(*(make() for _ in range(at_a_time)))
    return time.perf_counter() - started


def read(item):
    try:
        history = CLIENT.beta.batch.job_items.get_processing_results(item)
    except Exception as error:
        return {"error": str(error)}
    types = {"ProcessingResultJobConfigBatchParseJobRecordCreate": "parse", "ClassifyJob": "classify"}
    filed = [types.get(type(result.job_config).__name__, "value") for result in history.processing_results or []]
    return {"value": history.to_dict(mode="json"), "filed": filed}


def main():
    # Its serializer warns of each value that is not of the declared type.
    warnings.simplefilter("ignore")
    loop = asyncio.new_event_loop()
    client = llama_cloud.AsyncLlamaCloud(api_key=KEY, base_url=BASE, max_retries=0, timeout=PATIENCE)
    for line in sys.stdin:
        match line.split():
            case ["read", item]:
                print(json.dumps(read(item)), flush=True)
            case [item, "1", calls]:
                print(one_by_one(item, int(calls)), flush=True)
            case [item, at_a_time, calls]:
                print(loop.run_until_complete(side_by_side(client, item, int(at_a_time), int(calls))), flush=True)


main()
