# SPDX-License-Identifier: Apache-2.0
"""Kills the driver of a run in a bucket in the middle of its copies; another process namespace recovers.

    kill_bucket.py FOLDER COMMAND…

COMMAND is a run of submit.sh on the image plate.zarr/B/03/0 of the bucket, up to its options, and FOLDER/buckets
is where the server keeps its files. A proxy before the server counts the copies that it is asked for. With the
third one the run is killed with kill -9, and no request of it comes through any more. The image then has old
units and new ones. From another process namespace, as from another host, it cannot be told whether the run is
at work; told that it is dead, `recover` finishes the commit.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlparse

COPY = b"x-amz-copy-source:"
COPIES = 3
ELSEWHERE = ("unshare", "--pid", "--fork", "--mount-proc")


class Proxy:
    """Hands bytes on between clients and the server, until some copies were asked for."""

    def __init__(self, server: str):
        self.server = urlparse(server)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.lock = threading.Lock()
        self.copies = 0
        self.enough = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.socket.accept()
            server = socket.create_connection((self.server.hostname, self.server.port))
            threading.Thread(target=self.requests, args=(client, server), daemon=True).start()
            threading.Thread(target=self.answers, args=(server, client), daemon=True).start()

    def requests(self, client: socket.socket, server: socket.socket):
        """The head of a request may come in pieces, so the end of a piece is looked at with the next, and the rest of a
        copy that was let through comes through too."""
        end, is_through = b"", False
        while data := self.received(client):
            found = (end + data).lower().count(COPY)
            end = data[-len(COPY) + 1:]
            with self.lock:
                self.copies += found
                if found and self.copies >= COPIES:
                    self.enough.set()
                    break
                is_through = is_through or found > 0
                if self.enough.is_set() and not is_through:
                    break
                server.sendall(data)
        server.close()
        client.close()

    def answers(self, server: socket.socket, client: socket.socket):
        while data := self.received(server):
            try:
                client.sendall(data)
            except OSError:
                return

    @staticmethod
    def received(connection: socket.socket) -> bytes:
        try:
            return connection.recv(1 << 16)
        except OSError:
            return b""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def units_changed(before: dict[str, bytes], image: Path) -> list[str]:
    return [name for name, value in before.items() if (image / name).is_file() and (image / name).read_bytes() != value]


def submit(command: list[str], code: int) -> str:
    run = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    assert run.returncode == code, f"{' '.join(command)} ended with {run.returncode}:\n{run.stdout}"
    return run.stdout


def main(folder: Path, command: list[str]):
    bucket = folder / "buckets/bucket"
    image, area = bucket / "plate.zarr/B/03/0", bucket / "plate.zarr.ngff-spark/B/03/0"
    before = files(image)
    server = os.environ["S3_ENDPOINT"]
    proxy = Proxy(server)
    through = [word.replace(server, proxy.endpoint) for word in command]
    assert through != command, f"the endpoint {server} is not among {command}"
    log = folder / "killed.log"
    with log.open("wb") as output:
        run = subprocess.Popen(through, stdout=output, stderr=output, start_new_session=True)
        while not proxy.enough.wait(0.05):
            assert run.poll() is None, f"it ended before it was to be killed:\n{log.read_text()}"
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    # What came through before, the server does, whoever has asked for it.
    start = time.monotonic()
    while len(changed := units_changed(before, image)) < COPIES - 1:
        assert time.monotonic() - start < 120, f"{COPIES - 1} copies were asked for, and {changed} have changed"
        time.sleep(0.05)
    half = files(image)
    waiting = [path for path in area.rglob("units/*/*/*") if path.is_file()]
    journals = list(area.rglob("journal.json"))
    assert journals and len(changed) < len(waiting), f"journals {journals}, {len(changed)} of {len(waiting)} units placed"
    options = command[:command.index("--") + 1]
    recover = [*ELSEWHERE, *options, "recover", "s3a://bucket/plate.zarr"]
    said = submit(recover, 1)
    assert "from here it cannot be told whether it is still at work" in said, said
    assert files(image) == half, "changed by a recovery that could not tell whether the run is dead"
    dead = re.search(r"@run-(.+)\.[0-9a-f]+/", str(journals[0])).group(1)
    said = submit([*recover, "--dead-run", dead], 0)
    assert "finished the commit of" in said, said
    assert not area.exists() or not files(area), f"left: {list(area.rglob('*'))}"
    print(f"killed when {len(changed)} of {len(waiting)} units were in place; another namespace finished the commit")


main(Path(sys.argv[1]), sys.argv[2:])
