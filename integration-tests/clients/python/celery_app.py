"""An application whose broker and result backend are one Redis; all keys are in one slot by its prefix."""

import os

from celery import Celery

from conftest import HOST, PORT

URL = f"redis://{HOST}:{PORT}/0"
PREFIX = {"global_keyprefix": os.environ.get("CELERY_PREFIX", "{celery}:")}

app = Celery("suite", broker=URL, backend=URL)
app.conf.update(
    broker_transport_options=PREFIX,
    result_backend_transport_options=PREFIX,
    broker_connection_retry_on_startup=True,
    task_acks_late=True,
    worker_prefetch_multiplier=10,
    result_expires=600,
)


@app.task
def square(number):
    return number * number


@app.task
def total(numbers):
    return sum(numbers)


@app.task(bind=True, max_retries=3)
def third_time(self):
    if self.request.retries < 2:
        raise self.retry(countdown=0.05)
    return self.request.retries


@app.task
def fail():
    raise ValueError("on purpose")
