"""Items for `serve`, with everything that a column can be."""
import json
import random

COUNT = 40
TEXT = 600_000


def result(number, at):
    return {
        "item_id": f"item-{number}",
        "result_id": f"result-{number}-{at}",
        "job_type": "parse",
        "processed_at": ["2026-03-01T09:30:00.123456", "1969-12-31T23:59:59.999999Z", "2026-03-01T09:30:00+02:00"][at],
        "parameters_hash": f"hash-{number % 5}",
        "output_s3_path": ["s3://outputs/a b/é%20.md", "bare/key.md", ""][at],
        "output_metadata": [None, {"pages": number}, None][at],
        "job_config": {"parameters": parameters(number, at)},
    }


def parameters(number, at):
    if at == 1:
        # Of other types than the contract has.
        return {"tier": 1, "max_pages": "ten", "languages": "en", "fast_mode": "yes", "page_error_tolerance": "x"}
    return {
        "tier": "agentic" if number % 2 else "fast",
        "max_pages": 2**53 + number,
        "languages": ["en", "de"][: number % 3],
        "fast_mode": bool(number % 2),
        "page_error_tolerance": 0.25,
        "azure_openai_key": "CANARY",
    }


def strange():
    """What no contract has foreseen."""
    odd = result(0, 0) | {"item_id": "strange", "job_type": "translate", "job_config": {"parameters": [1]}}
    odd["result_id"] = "result-strange"
    return {"item_id": "strange", "item_name": "ünïcode \"quoted\"\n.pdf", "processing_results": [odd | {"new": {"a": 1}}]}


def write(folder):
    """Writes them, and returns their ids."""
    folder.mkdir()
    dice = random.Random(7)
    items = [strange()]
    for number in range(COUNT):
        results = [result(number, at) for at in range(number % 4)]
        if results:
            # Too much for one group of rows, and not to be compressed away.
            text = dice.randbytes(TEXT // 2).hex()
            results[0]["job_config"]["parameters"]["user_prompt"] = text
        items.append({"item_id": f"item-{number}", "item_name": f"{number}.pdf", "processing_results": results})
    for item in items:
        (folder / f"{item['item_id']}.json").write_text(json.dumps(item))
    return [item["item_id"] for item in items]
