"""`serve` as a process: an address, the site, nobody else's names, and a clean end."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from building import CHECKOUT, Book
from pages.made import write_examples


def test_serve_shows_the_site_to_this_machine_until_it_is_stopped(book: Book):
    write_examples(book)
    process = subprocess.Popen(
        [sys.executable, "-m", "servicebook", "serve", "--port", "0", "--language", "en"],
        cwd=book.root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT / "toolkit")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as answer:
            assert b"Test organisation" in answer.read()
            assert answer.headers["X-Frame-Options"] == "DENY"
        foreign = urllib.request.Request(address, headers={"Host": "elsewhere.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(foreign)
        assert refused.value.code == 403
        refused.value.close()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_port_in_use_is_told_in_a_sentence(book: Book):
    import socket

    write_examples(book)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = book.run("serve", "--language", "en", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} cannot be had" in done.stderr
