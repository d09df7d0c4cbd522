"""What gunicorn serves: `gunicorn archive.wsgi`.

The database's settings are read back once before the first request; docs/adr/0003 says why.
"""

import logging
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.utils import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
loaded = get_wsgi_application()

# Models and settings are loaded by the line above.
from archive import system_checks  # noqa: E402
from archive.middleware import gate  # noqa: E402

application = gate.in_utf8(loaded)

try:
    WRONG = system_checks.setting_faults(connection)
except OperationalError:
    # A database that is down is no reason to stay down ourselves: /healthz answers, pages say 503.
    logging.getLogger(__name__).warning("The database does not answer yet; its settings were not read back.")
else:
    if WRONG:
        raise ImproperlyConfigured(f"Database settings: {'; '.join(WRONG)}.")
finally:
    connection.close()
