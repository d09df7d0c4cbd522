"""A server on this machine that says exactly what it is told, and remembers whatever connects to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable

Answer = bytes | Callable[[bytes], Iterable[bytes]]


class Server:
    """Listens on a free port of the loopback. requests: what each connection sent first, as it came."""

    def __init__(
        self, answer: Answer = b"", *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._answer = answer
        self._tls = tls
        self._ended = threading.Event()
        self._listener = socket.create_server((host, port))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        # Wakes accept(); closing a socket that another thread waits on does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def pause(self, seconds: float) -> bool:
        """Wait, but not beyond the end of the test. Tells whether to go on."""
        return not self._ended.wait(seconds)

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                self._speak(connection)
            except OSError:
                # The other side may go away whenever it has heard enough.
                pass
            finally:
                connection.close()

    def _speak(self, connection: socket.socket) -> None:
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True)
        with connection:
            request = connection.recv(65536)
            self.requests.append(request)
            answer = self._answer
            for piece in [answer] if isinstance(answer, bytes) else answer(request):
                connection.sendall(piece)


def page(body: bytes = b"<p>Text</p>", *headers: str, status: str = "200 OK") -> bytes:
    """An answer with its length."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=UTF-8", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str | bytes, status: str = "302 Found") -> bytes:
    place = to if isinstance(to, bytes) else to.encode()
    return b"HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status.encode(), place)
