"""Where compiled rules are kept between runs, and what happens where they cannot be.

Nothing that goes wrong here stops a run: rules that are not kept are compiled anew each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from stakhanov.campaign import settle

FOLDER = "STAKHANOV_CACHE"
_troubles: list[str] = []


def cache_folder() -> Path | None:
    """One folder for each text of the engine and version of the compiler; None where there is no home.

    Below `STAKHANOV_CACHE`, or else below the user's folder of caches.
    """
    base = os.environ.get(FOLDER) or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "stakhanov" / f"kernels-{_text_digest()}"
    except RuntimeError:
        return None


def is_filled() -> bool:
    """Whether rules have been kept there already, on a machine like this one or another."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbc"))


def may_keep() -> bool:
    """Whether compiled rules can be kept; if not, `troubles` says why."""
    folder = cache_folder()
    if folder is None:
        _trouble("a home folder", "there is none")
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as error:
        _trouble(str(folder), _said(error))
        return False


def troubles() -> list[str]:
    """What went wrong so far, in sentences."""
    return list(_troubles)


def forgiving(kept: Any) -> None:
    """Let a full disk, a damaged file or another process be no reason to stop.

    `kept` is the compiler's own store of one function. What it gives back is taken only if it is of the
    signature that was asked for: two processes that keep at once may have crossed their files.
    """
    load, save = kept.load_overload, kept.save_overload

    def loaded(signature: Any, target: Any) -> Any:
        try:
            found = load(signature, target)
        except Exception:  # noqa: BLE001 - a damaged file shows itself in every way there is
            return None
        given = getattr(signature, "args", signature)
        same = found is not None and tuple(found.signature.args) == tuple(given)
        return found if same else None

    def saved(signature: Any, compiled: Any) -> None:
        try:
            save(signature, compiled)
        except OSError as error:
            _trouble(str(kept.cache_path), _said(error))
        except Exception:  # noqa: BLE001 - the index beside it may be damaged: begin a new one
            kept.flush()
            save(signature, compiled)

    kept.load_overload, kept.save_overload = loaded, saved


def _trouble(place: str, said: str) -> None:
    sentence = (
        f"compiled rules cannot be kept in {place}: {said}; each run compiles them anew"
        f" ({FOLDER} names another folder)"
    )
    if sentence not in _troubles:
        _troubles.append(sentence)


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


@cache
def _text_digest() -> str:
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{metadata.version('numba')} {metadata.version('numpy')}".encode())
    compiled = [*here.glob("kernels/*.py"), *here.glob("backends/*.py"), Path(settle.__file__)]
    # what compiled text takes from elsewhere is numbers: bins, flags, purposes
    around = [here / f"{name}.py" for name in ("compile", "tally", "state", "draws")]
    for path in sorted(compiled + around):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
