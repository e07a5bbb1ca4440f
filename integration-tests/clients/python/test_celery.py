"""Celery with Redis as its broker and result backend: a real worker, a thousand jobs, and what canvas needs."""

import os
import subprocess
import sys
import uuid

os.environ["CELERY_PREFIX"] = f"{{celery:{uuid.uuid4().hex[:8]}}}:"

import pytest
from celery import chain, chord, group

from celery_app import app, fail, square, third_time, total
from conftest import until

JOBS = 1000


@pytest.fixture(scope="module", autouse=True)
def worker():
    command = [sys.executable, "-m", "celery", "-A", "celery_app", "worker"]
    options = ["--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING", "--hostname", "suite@here"]
    process = subprocess.Popen(command + options, cwd=os.path.dirname(os.path.abspath(__file__)))
    try:
        # An answer comes by a fanout: channels of pub/sub.
        until("the worker answers", lambda: app.control.ping(timeout=1, limit=1), 60)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def test_a_thousand_jobs_are_done():
    results = [square.delay(number) for number in range(JOBS)]
    assert [result.get(timeout=120) for result in results] == [number * number for number in range(JOBS)]
    assert all(result.state == "SUCCESS" for result in results[:10])


def test_a_group_is_joined():
    assert group(square.s(number) for number in range(50)).apply_async().get(timeout=60) == [
        number * number for number in range(50)
    ]


def test_a_chain_and_a_chord():
    assert chain(square.s(2), square.s(), square.s())().get(timeout=60) == 256
    assert chord((square.s(number) for number in range(20)), total.s())().get(timeout=60) == 2470


def test_a_job_is_tried_again():
    assert third_time.delay().get(timeout=60) == 2


def test_a_failure_comes_back():
    result = fail.delay()
    with pytest.raises(ValueError, match="on purpose"):
        result.get(timeout=60)
    assert result.failed()


def test_a_job_for_later_and_one_that_is_revoked():
    revoked = square.apply_async((3,), countdown=3600)
    assert square.apply_async((3,), countdown=0.2).get(timeout=60) == 9
    revoked.revoke()
    until("it is known", lambda: revoked.id in app.control.inspect(timeout=10, limit=1).revoked().get("suite@here", []))


def test_a_worker_tells_of_itself():
    inspect = app.control.inspect(timeout=10, limit=1)
    assert "celery_app.square" in inspect.registered()["suite@here"]
    assert inspect.stats()["suite@here"]["total"]["celery_app.square"] >= JOBS


def test_results_are_forgotten():
    result = square.delay(4)
    assert result.get(timeout=60) == 16
    result.forget()
    assert app.AsyncResult(result.id).state == "PENDING"
