"""Where the suites find Redis, and keys that no other run uses."""

import os
import time
import uuid

import pytest

HOST = os.environ.get("REDIS_HOST", "127.0.0.1")
PORT = int(os.environ.get("REDIS_PORT", "6379"))


class Names:
    """`name("a")` and `name("b")` are in different slots as a rule, `name.tag("a")` and `name.tag("b")` in one."""

    def __init__(self):
        self.run = uuid.uuid4().hex[:12]

    def __call__(self, last=""):
        return f"{self.run}:{last}"

    def tag(self, last=""):
        return f"{{{self.run}}}:{last}"


@pytest.fixture
def name():
    return Names()


def until(what, condition, seconds=30):
    """Returns what the condition gives, as soon as that is something, and fails after a while."""
    end = time.monotonic() + seconds
    while not (given := condition()):
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.005)
    return given
