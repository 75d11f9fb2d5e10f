"""The Content-Security-Policy of every page: only our own files, and the inline scripts of the theme by hash."""

import base64
import hashlib
import re

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FIRST = '<meta charset="utf-8">'


def with_policy(html: str) -> str:
    """The page with a policy as its first element but the character set.

    Styles may stand inline (charts carry them). Nothing is loaded from another host, nothing is posted, and no
    script runs that the theme did not bring. `frame-ancestors` cannot be said in a page, only by a server.
    """
    hashes = sorted({_hash(script) for script in _INLINE.findall(html)})
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(hashes)}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return html.replace(_FIRST, f'{_FIRST}<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
