"""Every benchmark, one after the other: `python -m bench [--quick]`, on a machine that does nothing else."""

import subprocess
import sys

from bench.results import ROOT

for name in ("validate", "parse", "startup", "publish", "metrics"):
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *sys.argv[1:]], cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)
