"""The files of a new book: those of the folder starter/, where $name and $zone stand for what the user gives."""

from string import Template

from servicebook.kinds import FOLDER, PARTS, SUFFIX, own_schemas, shipped_schemas
from servicebook.registry import PACKAGE, shipped
from servicebook.tree import Tree

_HIDDEN = {
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
}  # as dot files they would act on the tool's own repository


def starter_files(name: str, zone: str) -> dict[str, bytes]:
    """Path and bytes of every file of a new book for an organisation of that name in that zone."""
    folder = PACKAGE / "starter"
    files = {f"schemas/{path.name}": path.read_bytes() for path in sorted(shipped("schemas").glob("*.json"))}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            place = path.relative_to(folder).as_posix()
            text = Template(path.read_text(encoding="utf-8")).substitute(name=name, zone=zone)
            files[_HIDDEN.get(place, place)] = text.encode("utf-8")
    return files


def schemas_to_keep(tree: Tree, kind: str) -> dict[str, bytes]:
    """Path and bytes of the shipped schemas that a book which keeps its own lacks before it has records of a kind."""
    own, ours = own_schemas(tree), shipped_schemas()
    missing = [name for name in (PARTS, kind + SUFFIX) if own and name in ours and name not in own]
    return {f"{FOLDER}/{name}": ours[name] for name in missing}
