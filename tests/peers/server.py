"""The command's own server, on a free port."""
import re
import subprocess
import threading


class Server:
    def __init__(self, command, *arguments):
        self.process = subprocess.Popen(
            [command, "serve", "--listen", "127.0.0.1:0", *arguments], stdout=subprocess.PIPE, text=True
        )
        self.url = None
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.url = found[0]
                break
        # What else it says is not to fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def __enter__(self):
        if self.url is None:
            raise SystemExit(f"serve ended with {self.process.wait()} before it told its address")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
