"""Limits that a process puts on itself and cannot take off again.

Processor time, memory, the size of what it writes. Once everything is loaded, no descriptor can be opened any more:
no file and no socket, so no network, without asking anybody for a privilege. Where the system allows it, the process
also leaves the machine's network altogether. What root could take off again (the number of processes, a raised
limit) is held only where the archive does not run as root, as its image does not.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_KEPT_DESCRIPTORS = 3


def limit(*, cpu_seconds: int, memory: int, output: int) -> None:
    """Limit this process. memory, output: octets."""
    os.umask(0o077)
    _hold(resource.RLIMIT_CPU, cpu_seconds)
    _hold(resource.RLIMIT_AS, memory)
    _hold(resource.RLIMIT_FSIZE, output)
    _hold(resource.RLIMIT_CORE, 0)
    # A write beyond the limit is then an error and not a signal.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def close_doors() -> None:
    """Take away network, descriptors and further processes.

    Call when everything is loaded. Standard input, output and error stay open.
    """
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    # Where the system grants it, the network is gone altogether.
    if library.unshare(_NEW_NETWORK) != 0:
        library.unshare(_NEW_USER | _NEW_NETWORK)
    os.closerange(_KEPT_DESCRIPTORS, 1024)
    _hold(resource.RLIMIT_NPROC, 0)
    _hold(resource.RLIMIT_NOFILE, _KEPT_DESCRIPTORS)


def _hold(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (allowed, allowed))
