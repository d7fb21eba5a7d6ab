"""What the reader says of a file, and what the schema says of it."""

from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from examples import WORLD
from kesu_cli.diagnostic import Place
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import MODELS, schema_of
from kesu_cli.source.validate import fit
from kesu_cli.yamltext.read import read_mapping

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "sample"
GOOD = {
    FileKind.PLAN: [ROOT / "plan/measures.yaml", WORLD / "plan/measures.yaml"],
    FileKind.UNITS: [ROOT / "plan/units.yaml", WORLD / "plan/units.yaml"],
    FileKind.POLICY: [ROOT / "plan/policy.yaml", WORLD / "plan/policy.yaml"],
    FileKind.WAIVERS: [SAMPLE / "waivers.yaml"],
    FileKind.PROGRESS: sorted(ROOT.glob("progress/20*/*.yaml")) + sorted(SAMPLE.glob("progress/*/*.yaml")),
}


@cache  # the only reader of YAML 1.2 is slow, and the files of the repository are read by several tests
def typed(text: str) -> Any:  # noqa: ANN401 - what an editor's YAML reader makes of a file
    """Read YAML 1.2 as editors do, where a date stays text."""
    yaml = YAML(typ="safe", pure=True)
    kept = {
        key: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
        for key, forms in yaml.resolver.versioned_resolver.items()
    }
    yaml.resolver._version_implicit_resolver = {yaml.resolver.processing_version: kept}  # noqa: SLF001
    return yaml.load(text)


def both(name: FileKind, text: str) -> tuple[bool, bool]:
    """Say whether the reader takes a text, and whether the schema does."""
    place = Place("x.yaml")
    data, faults = read_mapping(text, place)
    assert faults == ()
    read, _ = fit(MODELS[name], data, place)
    return read is not None, validator(name).is_valid(typed(text))


@cache
def validator(name: FileKind) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))
