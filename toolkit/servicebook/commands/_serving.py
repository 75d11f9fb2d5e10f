"""What `serve` answers: files of the published site, to this machine alone."""

from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from io import BytesIO

HOSTS = frozenset({"127.0.0.1", "localhost"})


class Handler(SimpleHTTPRequestHandler):
    """Files, unlogged. A page of another host that resolves its name to this machine gets nothing."""

    def send_head(self) -> "BytesIO | BinaryIO | None":
        if self.headers.get("Host", "").partition(":")[0] not in HOSTS:
            self.send_error(403, "This server answers this machine alone")
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Headers that a page cannot say of itself."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal shows the address."""
