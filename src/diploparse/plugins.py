"""
Plugins: which there are, where they come from, and what became of each.

A `Plugins` belongs to one `Parser`; there is no global one.  Each plugin is imported,
registered and asked by itself, so that one that fails is named and costs nobody else a record.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import attrs
import pluggy

from .errors import PluginError, UnknownFormat, describe
from .hookspecs import (
    API_VERSION,
    PROJECT,
    Exporter,
    Extractor,
    HookSpecs,
    Lexicon,
    Reader,
)
from .records import Diagnostic

if TYPE_CHECKING:
    import importlib.metadata

DEFAULT_PLUGINS = (
    "diploparse.english",
    "diploparse.readers",
    "diploparse.export.json",
    "diploparse.export.csv",
    "diploparse.export.rdf",
    "diploparse.export.sqlite",
    "diploparse.export.html",
    "diploparse.export.parquet",
    "diploparse.export.graphml",
    "diploparse.export.icalendar",
    "diploparse.export.ftm",
    "diploparse.export.plover",
    "diploparse.export.summary",
)
"""The built-ins, by dotted module name, in the order they are listed."""

ENTRY_POINT_GROUP = "diploparse"
DISABLE_VARIABLE = "DIPLOPARSE_DISABLE"
"""Environment: names of plugins or extractors not to use, separated by commas; "*" for all entry points."""

_HOOKS: Mapping[str, type[Any]] = {
    "diploparse_readers": Reader,
    "diploparse_lexicons": Lexicon,
    "diploparse_extractors": Extractor,
    "diploparse_exporters": Exporter,
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@attrs.frozen(kw_only=True)
class Registered:
    """A descriptor and whose it is."""

    plugin: str
    """Name of the plugin that handed it over."""

    item: Any
    """The `Extractor`, `Reader`, `Exporter` or `Lexicon`."""

    active: bool = True
    """False: disabled, or off by default and not asked for."""

    reason: str = ""
    """Why it is not active."""

    @property
    def label(self) -> str:
        """Plugin and descriptor, as diagnostics and ``found_by`` name them. Example: "english.meetings"."""
        return f"{self.plugin}.{self.item.name}"


@attrs.frozen(kw_only=True)
class PluginInfo:
    """A plugin and what became of it."""

    name: str
    """As it is disabled by. Built-ins: the last part of the module; entry points: their name."""

    origin: Literal["built-in", "entry point", "argument"]
    """Where it came from."""

    distribution: str | None = None
    """Of an entry point. Example: "diploparse-sanctions"."""

    version: str | None = None
    """Of its distribution."""

    status: Literal["active", "disabled", "failed"] = "active"
    """What became of it."""

    reason: str = ""
    """Why it is disabled, or how it failed."""


class Plugins:
    """The plugins of one parser: found, registered, listed."""

    def __init__(
        self,
        plugins: Iterable[Any] = (),
        *,
        entry_points: bool = True,
        enable: Iterable[str] = (),
        disable: Iterable[str] = (),
        strict: bool = False,
    ) -> None:
        self._strict = strict
        self._enable = frozenset(enable)
        environment = os.environ.get(DISABLE_VARIABLE, "")
        self._disable = frozenset(disable) | {n.strip() for n in environment.split(",") if n.strip()}
        self.infos: list[PluginInfo] = []
        self.diagnostics: list[Diagnostic] = []
        self._items: dict[type, list[Registered]] = {kind: [] for kind in _HOOKS.values()}
        for module in DEFAULT_PLUGINS:
            name = module.rpartition(".")[2]
            self._add(name, "built-in", partial(importlib.import_module, module))
        if entry_points:
            self._add_entry_points()
        for number, plugin in enumerate(plugins):
            if isinstance(plugin, str):
                self._add(plugin, "argument", partial(importlib.import_module, plugin))
            else:
                self._add(_name_of(plugin, number), "argument", partial(_itself, plugin))
        self._check_names()

    # -- finding ------------------------------------------------------------------------

    def _add_entry_points(self) -> None:
        import importlib.metadata  # here: it is a fifth of the time that importing diploparse takes

        seen: dict[str, importlib.metadata.EntryPoint] = {}
        for point in sorted(
            importlib.metadata.entry_points(group=ENTRY_POINT_GROUP), key=lambda p: (p.name, p.value)
        ):
            earlier = seen.get(point.name)
            if earlier is not None:
                # One distribution on two path entries is listed twice; that is one plugin.
                if earlier.value != point.value:
                    self._fail(
                        point.name,
                        "entry point",
                        f"two distributions offer this name: {_owner(earlier)} ({earlier.value}) "
                        f"and {_owner(point)} ({point.value}); the first is used: uninstall one",
                        point,
                    )
                continue
            seen[point.name] = point
            if "*" in self._disable:
                self._note(point.name, "entry point", "disabled", "all entry points are disabled", point)
            else:
                self._add(point.name, "entry point", point.load, point)

    def _add(
        self,
        name: str,
        origin: Literal["built-in", "entry point", "argument"],
        load: Callable[[], Any],
        point: importlib.metadata.EntryPoint | None = None,
    ) -> None:
        """Import, register and ask one plugin, whatever it does."""
        if name in self._disable:
            self._note(name, origin, "disabled", "by name", point)
            return
        if any(info.name == name and info.status == "active" for info in self.infos):
            self._fail(name, origin, "another plugin has this name: rename or disable one of them", point)
            return
        try:
            plugin = load()
            # A manager of its own: a hook that raises must not lose the others' answers.
            manager = pluggy.PluginManager(PROJECT)
            manager.add_hookspecs(HookSpecs)
            manager.register(plugin, name)
            manager.check_pending()
            answers = {hook: getattr(manager.hook, hook)() for hook in _HOOKS}
            items = self._read_answers(name, answers)
            hooked = any(getattr(manager.hook, hook).get_hookimpls() for hook in _HOOKS)
        except Exception as error:
            self._fail(name, origin, describe(error), point, error)
            return
        if not hooked:
            self._fail(
                name,
                origin,
                "no hook of ours was found in it: mark a function with @diploparse.hookimpl "
                f"and name it one of {', '.join(_HOOKS)}",
                point,
            )
            return
        self._note(name, origin, "active", "", point)
        for kind, found in items.items():
            self._items[kind] += found

    def _read_answers(self, name: str, answers: Mapping[str, list[Any]]) -> dict[type, list[Registered]]:
        from .parser import check_extractor

        found: dict[type, list[Registered]] = {}
        for hook, kind in _HOOKS.items():
            registered = found.setdefault(kind, [])
            for answer in answers[hook]:
                item: Any
                for item in answer:
                    if not isinstance(item, kind):
                        raise PluginError(
                            plugin=name, stage=hook, problem=f"it gave a {type(item).__name__}",
                            advice=f"return a list of diploparse.{kind.__name__}",
                        )  # fmt: skip
                    if item.api != API_VERSION:
                        raise PluginError(
                            plugin=name, stage=hook,
                            problem=f"{item.name} is written for API {item.api}, this is API {API_VERSION}",
                            advice="upgrade diploparse" if item.api > API_VERSION else "upgrade the plugin",
                        )  # fmt: skip
                    if not _NAME.fullmatch(item.name):
                        raise PluginError(
                            plugin=name, stage=hook, problem=f"the name {item.name!r}",
                            advice="use letters, digits, '.', '-' and '_', a letter or digit first",
                        )  # fmt: skip
                    if isinstance(item, Extractor):
                        check_extractor(name, item)
                    registered.append(self._decide(name, item))
        return found

    def _decide(self, plugin: str, item: Any) -> Registered:
        names = {item.name, f"{plugin}.{item.name}"}
        if names & self._disable:
            return Registered(plugin=plugin, item=item, active=False, reason="disabled by name")
        if not item.default and not (names | {plugin}) & self._enable:
            return Registered(plugin=plugin, item=item, active=False, reason="off unless asked for by name")
        return Registered(plugin=plugin, item=item)

    def _check_names(self) -> None:
        """Two active readers, exporters or lexicons of one name: say whose they are."""
        for kind in (Reader, Exporter, Lexicon):
            owners: dict[str, str] = {}
            kept: list[Registered] = []
            for registered in self._items[kind]:
                name, owner = registered.item.name, owners.get(registered.item.name)
                if owner is None or not registered.active:
                    kept.append(registered)
                    owners.setdefault(name, registered.plugin)
                    continue
                self._report(
                    f"{registered.plugin}.{name}",
                    f"{kind.__name__.lower()} {name!r} is also offered by {owner}: disable one of them",
                    None,
                )
                kept.append(attrs.evolve(registered, active=False, reason=f"name taken by {owner}"))
            self._items[kind] = kept

    # -- what became of them ------------------------------------------------------------

    def _note(self, name: str, origin: Any, status: Any, reason: str, point: Any = None) -> None:
        distribution = getattr(point, "dist", None)
        self.infos.append(
            PluginInfo(
                name=name, origin=origin, status=status, reason=reason,
                distribution=distribution.name if distribution else None,
                version=distribution.version if distribution else None,
            )
        )  # fmt: skip

    def _fail(
        self, name: str, origin: Any, problem: str, point: Any = None, cause: Exception | None = None
    ) -> None:
        self._note(name, origin, "failed", problem, point)
        owner = f"{name} ({_owner(point)})" if point is not None else name
        self._report(owner, problem, cause)

    def _report(self, owner: str, problem: str, cause: Exception | None) -> None:
        if self._strict:
            if isinstance(cause, PluginError):
                raise cause
            raise PluginError(plugin=owner, problem=problem, cause=cause) from cause
        self.diagnostics.append(
            Diagnostic(severity="error", code="plugin-failed", plugin=owner, message=problem)
        )

    # -- asking -------------------------------------------------------------------------

    def registered(self, kind: type) -> list[Registered]:
        """All descriptors of a kind, active or not, in a fixed order."""
        found = self._items[kind]
        if kind is Extractor:
            return sorted(found, key=lambda r: (-r.item.priority, r.plugin, r.item.name))
        return list(found)

    def extractors(self, stage: str, language: str) -> list[Registered]:
        """The active extractors of a stage for a language, by priority, then name: never by order of installation."""
        return [
            r
            for r in self.registered(Extractor)
            if r.active
            and r.item.stage == stage
            and (language in r.item.languages or "*" in r.item.languages)
        ]

    def languages(self) -> frozenset[str]:
        """The languages that an active extractor names."""
        return frozenset(t for r in self._items[Extractor] if r.active for t in r.item.languages)

    def exporter(self, name: str) -> Exporter:
        """
        The active exporter of a name.

        Raises:
            UnknownFormat: There is none; the error lists those there are.
        """
        found: Exporter = self._named(Exporter, name, "export format")
        return found

    def reader(self, name: str) -> Reader:
        """
        The active reader of a name.

        Raises:
            UnknownFormat: There is none; the error lists those there are.
        """
        found: Reader = self._named(Reader, name, "reader")
        return found

    def _named(self, kind: type, name: str, what: str) -> Any:
        active = {r.item.name: r.item for r in self._items[kind] if r.active}
        if name not in active:
            raise UnknownFormat(name=name, known=tuple(sorted(active)), what=what)
        return active[name]

    def lexicons(self) -> tuple[Lexicon, ...]:
        """The active lexicons, built-ins first, then by plugin and name."""
        builtin = {i.name for i in self.infos if i.origin == "built-in"}
        found = [r for r in self._items[Lexicon] if r.active]
        found.sort(key=lambda r: (r.plugin not in builtin, r.plugin, r.item.name))
        return tuple(r.item for r in found)


def _itself(plugin: Any) -> Any:
    return plugin


def _name_of(plugin: Any, number: int) -> str:
    name = getattr(plugin, "__name__", None) or getattr(plugin, "name", None) or type(plugin).__name__
    return str(name).rpartition(".")[2] or f"plugin{number}"


def _owner(point: importlib.metadata.EntryPoint | None) -> str:
    distribution = getattr(point, "dist", None)
    return f"{distribution.name} {distribution.version}" if distribution else "an unknown distribution"
