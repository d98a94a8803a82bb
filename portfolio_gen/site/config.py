"""The plugin's options, and all that is wrong with an mkdocs.yml at once, with file and line.

MkDocs itself stops at the first wrong value and knows no lines. The plugin's options are checked
here, whether portfolio-gen or `mkdocs build` asks.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.base import BaseConfigOption, Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.theme import Theme

from portfolio_gen import exports, look
from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Marked, Place, outline, said, suggestion
from portfolio_gen.personal import kinds
from portfolio_gen.sidecar import KEYS, Sidecar
from portfolio_gen.sidecar import faults as sidecar_faults
from portfolio_gen.sidecar import of as sidecar_of
from portfolio_gen.skill_words import SkillWords, faults, words_of

PLUGIN = "portfolio"
UNCERTAIN = "cannot be checked"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")

_LINK = re.compile(r"(?i)(?:https?://|mailto:)\S+\Z")
_PLUGIN_ERROR = re.compile(r"Plugin '(?P<plugin>[^']*)' option '(?P<option>[^']*)': (?P<message>.*)", re.DOTALL)
_TYPES = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "dict": "a mapping (key: value)",
    "NoneType": "nothing",
}
_TYPE = re.compile(rf"<class '({'|'.join(_TYPES)})'>")
_TYPE_ERROR = re.compile(f"Expected type: {_TYPE.pattern} but received: {_TYPE.pattern}")


class Text(BaseConfigOption[str]):
    """A line or paragraph of the owner's own words; empty when left out."""

    def __init__(self, default: str = "") -> None:
        super().__init__()
        self.default = default

    def run_validation(self, value: object) -> str:
        """Return the text; raises ValidationError for anything that is not text."""
        if value is None:
            return str(self.default)
        if not isinstance(value, str):
            quotes = "; put it in quotes" if isinstance(value, bool | int | float) else ""
            raise ValidationError(f"found {said(value)}, expected text{quotes}.")
        return value


class RelativePath(Text):
    """A file or folder below the place where it is looked for: no absolute path, no `..`, no other drive."""

    def run_validation(self, value: object) -> str:
        """Return the path with `/`; raises ValidationError for one that leads elsewhere."""
        text = super().run_validation(value)
        path = PurePath(text)
        if path.is_absolute() or path.drive or ".." in path.parts:
            raise ValidationError(f"found {said(text)}, expected a path inside the site's own folder.")
        return path.as_posix() if text else ""


class RelativePaths(BaseConfigOption[list[str]]):
    """One such path, or a list of them."""

    def __init__(self) -> None:
        super().__init__()
        self.default = []

    def run_validation(self, value: object) -> list[str]:
        """Return the paths with `/`; raises ValidationError that names every one at fault."""
        paths = value if isinstance(value, list) else [] if value is None else [value]
        found, faults = [], []
        for path in paths:
            try:
                found.append(RelativePath().run_validation(path))
            except ValidationError as error:
                faults.append(str(error))
        if faults or "" in found:
            raise ValidationError(" ".join(faults) or "found nothing, expected the name of a file.")
        return found


class Links(BaseConfigOption[list[dict[str, str]]]):
    """The owner's links: a list of `title` and `url`, each url http, https or mailto."""

    def __init__(self) -> None:
        super().__init__()
        self.default = []

    def run_validation(self, value: object) -> list[dict[str, str]]:
        """Return the links; raises ValidationError that names every link at fault."""
        if value is None:
            return []
        if not isinstance(value, list):
            raise ValidationError(f"found {said(value)}, expected a list of links, each with title and url.")
        faults = [f"link {index}: {fault}" for index, link in enumerate(value, 1) for fault in _link_faults(link)]
        if faults:
            raise ValidationError(" ".join(faults))
        return [{"title": link["title"], "url": link["url"]} for link in value]


class FileNames(BaseConfigOption[list[str]]):
    """Names of files in the wallet, as `build` and `check` write them."""

    def __init__(self) -> None:
        super().__init__()
        self.default = []

    def run_validation(self, value: object) -> list[str]:
        """Return the names; raises ValidationError for anything but a list of texts."""
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise ValidationError(f"found {said(value)}, expected a list of names of files in the wallet.")
        return value


class Curated(BaseConfigOption[dict[str, Sidecar]]):
    """What is said of files of the wallet, by their names: the keys of a sidecar."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> dict[str, Sidecar]:
        """Return what is said of each; raises ValidationError that names all that is wrong with any."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise ValidationError(f"found {said(value)}, expected names of files, each with some of {', '.join(KEYS)}.")
        faults = [fault for name, of in value.items() for fault in _curated_faults(str(name), of)]
        if faults:
            raise ValidationError(" ".join(faults))
        return {str(name): sidecar_of(of or {}) for name, of in value.items()}


def _curated_faults(name: str, of: object) -> Iterator[str]:
    if of is not None and not isinstance(of, Mapping):
        yield f"{name}: found {said(of)}, expected some of {', '.join(KEYS)}."
    elif of:
        yield from (f"{name}: {fault}" for _, fault in sidecar_faults(of))


class Switch(BaseConfigOption[bool]):
    """True or false."""

    def __init__(self, default: bool) -> None:
        super().__init__()
        self.default = default

    def run_validation(self, value: object) -> bool:
        """Return the value; raises ValidationError for anything else."""
        if not isinstance(value, bool):
            raise ValidationError(f"found {said(value)}, expected true or false.")
        return value


class Organizations(BaseConfigOption[dict[str, str]]):
    """By the identifier of an issuer, the number of its organisation at LinkedIn."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> dict[str, str]:
        """Return the numbers as text; raises ValidationError that names every one that is none."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise ValidationError(f"found {said(value)}, expected issuers' identifiers, each with a number.")
        wrong = [key for key, number in value.items() if not isinstance(key, str) or not _is_number(number)]
        if wrong:
            faults = (f"{key}: found {said(value[key])}, expected a number such as 1234567." for key in wrong)
            raise ValidationError(" ".join(faults))
        return {str(key): str(number) for key, number in value.items()}


def _is_number(value: object) -> bool:
    return not isinstance(value, bool) and re.fullmatch("[1-9][0-9]{0,18}", str(value), re.ASCII) is not None


class ExportNames(BaseConfigOption[list[str]]):
    """The forms in which a site offers the portfolio to take along; all but the largest when left out."""

    def __init__(self) -> None:
        super().__init__()
        self.default = list(exports.DEFAULT)

    def run_validation(self, value: object) -> list[str]:
        """Return the names, in the order of the page; raises ValidationError that names every one that is not known."""
        if value is None or value is False:
            return []
        if not isinstance(value, list):
            raise ValidationError(f"found {said(value)}, expected a list of some of {', '.join(exports.NAMES)}.")
        wrong = [one for one in value if one not in exports.NAMES]
        if wrong:
            faults = (f"found {said(one)}.{suggestion(one, exports.NAMES)}" for one in wrong)
            raise ValidationError(f"{' '.join(faults)} Known here: {', '.join(exports.NAMES)}.")
        return [name for name in exports.NAMES if name in value]


class Skills(BaseConfigOption[SkillWords]):
    """Which words mean one skill, and which skills the owner states without a credential."""

    def __init__(self) -> None:
        super().__init__()
        self.default = SkillWords()

    def run_validation(self, value: object) -> SkillWords:
        """Return the words; raises ValidationError with all that is wrong in them."""
        if isinstance(value, SkillWords):
            return value
        wrong = list(faults(value))
        if wrong:
            raise ValidationError(" ".join(wrong))
        return words_of(value if isinstance(value, Mapping) else None)


class OwnLook(BaseConfigOption[dict[str, Any]]):
    """Colours and type in place of the theme's (portfolio_gen/look.py)."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> dict[str, Any]:
        """Return the look; raises ValidationError that names everything at fault."""
        if value is None:
            return {}
        faults = list(look.faults(value))
        if faults or not isinstance(value, dict):
            raise ValidationError(" ".join(faults))
        return value


class PersonalKinds(BaseConfigOption[list[str]]):
    """The kinds of personal data that the owner allows to be published: a list of names from vocabulary.json."""

    def __init__(self) -> None:
        super().__init__()
        self.default = []

    def run_validation(self, value: object) -> list[str]:
        """Return the kinds; raises ValidationError that names every one that is not known."""
        if value is None:
            return []
        if not isinstance(value, list):
            raise ValidationError(f"found {said(value)}, expected a list of some of {', '.join(kinds())}.")
        wrong = [one for one in value if one not in kinds()]
        if wrong:
            faults = (f"found {said(one)}.{suggestion(one, kinds()) if isinstance(one, str) else ''}" for one in wrong)
            raise ValidationError(f"{' '.join(faults)} Known here: {', '.join(kinds())}.")
        return list(dict.fromkeys(value))


def _link_faults(link: object) -> Iterator[str]:
    if not isinstance(link, Mapping):
        yield f"found {said(link)}, expected title and url."
        return
    for key in link:
        if key not in ("title", "url"):
            yield f'"{key}" is not known.{suggestion(key, ("title", "url"))}'
    if not isinstance(link.get("title"), str) or not link["title"].strip():
        yield f"title: found {said(link.get('title'))}, expected text."
    url = link.get("url")
    if not isinstance(url, str) or not _LINK.match(url):
        yield f"url: found {said(url)}, expected https://…, http://… or mailto:…."


class PortfolioConfig(Config):  # type: ignore[no-untyped-call]
    """The options of the MkDocs plugin `portfolio`."""

    wallet = RelativePath("wallet")
    snapshots = RelativePath("snapshots")
    stacks = RelativePath("stacks")
    name = Text()
    headline = Text()
    about = Text()
    links = Links()
    lists = RelativePaths()
    picture = RelativePath()
    resume = RelativePath()
    look = OwnLook()
    social_images = Switch(True)
    linkedin_organizations = Organizations()
    exports = ExportNames()
    skills = Skills()
    publish_personal = PersonalKinds()
    made_out_to_others = FileNames()
    curate = Curated()

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Return everything that is wrong, not only the first thing; an unknown option is an error too."""
        return [(key, ValidationError(fault)) for key, fault in _faults(self)], []


def _faults(config: Config) -> Iterator[tuple[str, str]]:
    """Validate every value of a configuration, also after one has failed, and name unknown keys."""
    known = dict(config._schema)
    for key in config:
        if key not in known:
            near = suggestion(key, known) or f" Known here: {', '.join(known)}."
            yield str(key), f"this key is not known.{near}"
    failed = False
    for stage in ("pre_validation", "validate", "post_validation"):
        if stage == "post_validation" and failed:
            return
        for key, option in known.items():
            fault = _validate_plugins(config, option) if stage == "validate" and key == "plugins" else None
            for message in fault if fault is not None else _validate(config, key, option, stage):
                failed = True
                yield key, message


def _validate(config: Config, key: str, option: Any, stage: str) -> Iterator[str]:
    try:
        if stage == "validate":
            config[key] = option.validate(config.get(key))
        else:
            getattr(option, stage)(config, key_name=key)
    except ValidationError as error:
        yield str(error)
    except Exception as error:  # a value that depends on one which failed before; MkDocs never gets here
        yield f"{UNCERTAIN}: {error}"


def _validate_plugins(config: Config, option: Any) -> list[str]:
    """Validate each plugin by itself: MkDocs stops at the first that is wrong."""
    given = config.get("plugins")
    rows = [{name: options} for name, options in given.items()] if isinstance(given, dict) else given
    if not isinstance(rows, list):
        return [f"found {said(given)}, expected a list of plugins."]
    faults = [fault for row in rows for fault in _validate(config, "plugins", _Row(option, row), "validate")]
    config["plugins"] = copy.deepcopy(rows)
    return faults or list(_validate(config, "plugins", option, "validate"))


class _Row:
    """One plugin of the list, validated as if it were the only one."""

    def __init__(self, option: Any, row: object) -> None:
        self._option, self._row = option, row

    def validate(self, _: object) -> Any:
        return self._option.validate([copy.deepcopy(self._row)])


def folder_faults(
    options: PortfolioConfig, root: Path, docs_dir: Path, site_dir: Path, but: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Return what is wrong with the folders and files that the options name, `but` for some: (option, message).

    The wallet may not lie in `docs_dir`, from which MkDocs would publish every file as it is.
    """
    faults = [] if "wallet" in but else _wallet_faults(options, root, docs_dir, site_dir)
    if not {"wallet", "snapshots"} & set(but):
        faults += _snapshots_faults(options, root, docs_dir, site_dir)
    if not {"wallet", "stacks"} & set(but):
        faults += _stacks_faults(options, root, docs_dir, site_dir)
    if "lists" not in but:
        absent = (name for name in options.lists if not (root / name).is_file())
        faults += [("lists", f'there is no file "{name}" beside mkdocs.yml.') for name in absent]
    if options.resume and "resume" not in but and not (root / options.resume).is_file():
        faults.append(("resume", f'there is no file "{options.resume}" beside mkdocs.yml.'))
    if not options.picture or "picture" in but or not docs_dir.is_dir():
        return faults
    if not (docs_dir / options.picture).is_file():
        faults.append(("picture", f'there is no file "{options.picture}" in {docs_dir.name}/.'))
    elif PurePath(options.picture).suffix.lower() not in PICTURES:
        faults.append(("picture", f'"{options.picture}" is not a picture; expected one of {", ".join(PICTURES)}.'))
    return faults


def address_of(config: MkDocsConfig) -> str:
    """Return the address that mkdocs.yml says the site has. A preview runs at another, which nobody else can reach."""
    written = MkDocsConfig(config_file_path=config.config_file_path)
    try:
        with Path(config.config_file_path).open("rb") as file:
            written.load_file(file)
    except (ConfigurationError, OSError):
        return ""
    return str(written.get("site_url") or "")


def engine_faults(config: Config) -> list[tuple[str, str]]:
    """Return what MkDocs allows and a portfolio cannot do without: (key, message)."""
    faults = []
    if config.get("use_directory_urls") is False:
        faults.append(("use_directory_urls", "found false, expected true: addresses of credentials end in a slash."))
    theme = config.get("theme")
    if isinstance(theme, Theme) and not any(
        (Path(folder) / "fragments" / "credential.html").is_file() for folder in theme.dirs
    ):
        faults.append(("theme", f'found "{theme.name}", expected "portfolio".'))
    return faults


def look_faults(options: PortfolioConfig, theme: object, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return which texts could not be read in the owner's colours: (option, message)."""
    if not options.look or "look" in but or not isinstance(theme, Theme):
        return []
    sheets = (Path(folder) / "assets" / "portfolio" / "tokens.css" for folder in theme.dirs)
    sheet = next((sheet for sheet in sheets if sheet.is_file()), None)
    return [("look", fault) for fault in look.unreadable(sheet.read_text("utf-8"), options.look)] if sheet else []


def _wallet_faults(options: PortfolioConfig, root: Path, docs_dir: Path, site_dir: Path) -> list[tuple[str, str]]:
    wallet = root / options.wallet
    faults = []
    if not wallet.is_dir():
        faults.append(("wallet", f'there is no folder "{options.wallet}" beside mkdocs.yml. Make it, or name another.'))
    for name, other in (("docs_dir", docs_dir), ("site_dir", site_dir)):
        if _overlap(wallet.resolve(), other.resolve()):
            faults.append(
                ("wallet", f"the wallet and {name} overlap; everything in one would be published as the other.")
            )
    return faults


def _snapshots_faults(options: PortfolioConfig, root: Path, docs_dir: Path, site_dir: Path) -> list[tuple[str, str]]:
    """The copies have a folder of their own: `refresh` tidies it, and the site gets those only that it needs."""
    folder = (root / options.snapshots).resolve()
    others = (("the wallet", root / options.wallet), ("docs_dir", docs_dir), ("site_dir", site_dir))
    taken = [name for name, other in others if _overlap(folder, other.resolve())]
    return [("snapshots", f"the folder overlaps {name}; it must be one of its own.") for name in taken]


def _stacks_faults(options: PortfolioConfig, root: Path, docs_dir: Path, site_dir: Path) -> list[tuple[str, str]]:
    """A folder that is named must be there; one of a name that nobody gave need not."""
    folder = (root / options.stacks).resolve()
    if options.stacks != "stacks" and not folder.is_dir():
        return [("stacks", f'there is no folder "{options.stacks}" beside mkdocs.yml. Make it, or name another.')]
    others = (("the wallet", root / options.wallet), ("docs_dir", docs_dir), ("site_dir", site_dir))
    taken = [name for name, other in others if _overlap(folder, other.resolve())]
    return [("stacks", f"the folder overlaps {name}; it must be one of its own.") for name in taken]


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def check(config_file: Path) -> None:
    """Check an mkdocs.yml and the plugin's options in it.

    Raises:
        ConfigError: everything that is wrong, in the order of the file.
    """
    marked = outline(str(config_file), _text_of(config_file))
    config = MkDocsConfig(config_file_path=str(config_file))
    problems = list(_problems(config, config_file, marked))
    if problems:
        raise ConfigError(sorted(set(problems), key=lambda problem: (problem.line or 0, problem.message)))


def _text_of(config_file: Path) -> str:
    try:
        return config_file.read_text("utf-8-sig")
    except FileNotFoundError:
        advice = "Make a site with `portfolio-gen init my-site`, or go to the folder of yours."
        raise ConfigError([ConfigProblem(str(config_file), None, f"There is no such file. {advice}")]) from None
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(str(config_file), None, "The file is not text in UTF-8.")]) from None
    except OSError as error:
        raise ConfigError([ConfigProblem(str(config_file), None, f"It cannot be read: {error.strerror}.")]) from None


def _problems(config: MkDocsConfig, config_file: Path, marked: Marked) -> Iterator[ConfigProblem]:
    try:
        with config_file.open("rb") as file:
            config.load_file(file)
    except (ConfigurationError, OSError) as error:
        yield marked.problem((), _in_words(str(error)))
        return
    plugins = copy.deepcopy(config.get("plugins"))
    quiet = logging.getLogger("mkdocs")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)
    try:
        faults = list(_faults(config))
    finally:
        quiet.setLevel(level)
    certain = [(key, message) for key, message in faults if not message.startswith(UNCERTAIN)]
    for key, message in certain or faults:
        for line in message.split("\n"):
            yield _placed(marked, plugins, key, line)
    for key, message in engine_faults(config):
        yield marked.problem((key,), f"{key}: {message}")
    yield from _folder_problems(config, plugins, config_file, marked)


def _placed(marked: Marked, plugins: object, key: str, message: str) -> ConfigProblem:
    """Put a message of MkDocs at the plugin's option that it is about, or at the key."""
    about = _PLUGIN_ERROR.match(message)
    if about is None:
        quoted = re.findall(r"""["']([^"']+)["']""", message) if key == "plugins" else []
        place = next((place for name, _, place in _plugin_rows(plugins) if name in quoted), (key,))
        return marked.problem(place, f"{key}: {_in_words(message)}")
    place = (*_plugin_place(plugins, about["plugin"]), about["option"])
    return marked.problem(place, f"{about['option']}: {_in_words(about['message'])}")


def _in_words(message: str) -> str:
    """MkDocs names Python's types; people know them by other names."""
    words = _TYPE_ERROR.sub(lambda match: f"found {_TYPES[match[2]]}, expected {_TYPES[match[1]]}.", message)
    return _TYPE.sub(lambda match: _TYPES[match[1]], words)


def _folder_problems(
    config: MkDocsConfig, plugins: object, config_file: Path, marked: Marked
) -> Iterator[ConfigProblem]:
    place = _plugin_place(plugins, PLUGIN)
    if not place:
        yield marked.problem(("plugins",), f'plugins: "{PLUGIN}" is not among them. Add "- {PLUGIN}".')
        return
    options = PortfolioConfig(config_file_path=str(config_file))
    given = _plugin_options(plugins)
    if given is not None and not isinstance(given, dict):
        return
    options.load_dict(dict(given or {}))
    wrong = {key for key, _ in options.validate()[0]}
    root = config_file.resolve().parent
    docs_dir, site_dir = (root / str(config.get(name)) for name in ("docs_dir", "site_dir"))
    faults = folder_faults(options, root, docs_dir, site_dir, but=wrong)
    for option, message in faults + look_faults(options, config.get("theme"), but=wrong):
        yield marked.problem((*place, option), f"{option}: {message}")


def _plugin_rows(plugins: object) -> Iterator[tuple[str, Any, Place]]:
    """Give each plugin's name, options and place, whichever way the list is written."""
    if isinstance(plugins, Mapping):
        yield from ((str(name), options, ("plugins", str(name))) for name, options in plugins.items())
    elif isinstance(plugins, list):
        for index, row in enumerate(plugins):
            if isinstance(row, Mapping):
                yield from ((str(name), options, ("plugins", index, str(name))) for name, options in row.items())
            else:
                yield str(row), None, ("plugins", index)


def _plugin_place(plugins: object, plugin: str) -> Place:
    return next((place for name, _, place in _plugin_rows(plugins) if name == plugin), ())


def _plugin_options(plugins: object) -> Any:
    return next((options for name, options, _ in _plugin_rows(plugins) if name == PLUGIN), None)
