"""Ask this container's own server whether it is alive; exit 0 if so. Called by the Dockerfile's HEALTHCHECK."""

import http.client
import os
import sys

# The server answers to its public names only, also to itself.
HOST = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"


def main() -> int:
    asked = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=3)
    try:
        asked.request("GET", "/healthz", headers={"Host": HOST.removeprefix(".")})
        return int(asked.getresponse().status != 200)
    except OSError as error:
        print(f"/healthz does not answer: {error}", file=sys.stderr)
        return 1
    finally:
        asked.close()


if __name__ == "__main__":
    raise SystemExit(main())
