"""How gunicorn serves the archive: `gunicorn -c deploy/gunicorn.conf.py archive.wsgi`.

Access logs are off: the front server writes none either, and nobody can be asked for what is not there.
"""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Octets; archive/middleware/gate.py answers 414 a little below, with a page.
limit_request_line = 8190
# Seconds. The slowest statement of the database is stopped sooner.
timeout = 60
graceful_timeout = 20
keepalive = 5
# Heartbeats go to memory: the root file system may be read-only.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  # Made by the kernel, not guessed.
control_socket_disable = True
accesslog = None
errorlog = "-"
