"""The English catalogue: every Chinese message of the source, translated, and compiled.

    catalogue.py            add new messages to locale/en, drop unused ones, compile
    catalogue.py --check    fail where a message is missing, untranslated or not compiled
"""

import ast
import re
import sys
from pathlib import Path

import polib

TOP = Path(__file__).resolve().parent.parent
PO = TOP / "anyue" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "_lazy", "ngettext"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)


def messages() -> dict[str, str | None]:
    """Message id to its plural id (None: no plural) of every call and tag in the package."""
    out: dict[str, str | None] = {}
    for path in sorted((TOP / "anyue").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in CALLS:
                continue
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if words and CHINESE.search(words[0]):
                out[words[0]] = words[1] if getattr(node.func, "id", "") == "ngettext" else out.get(words[0])
    for path in sorted((TOP / "anyue").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for found in TRANSLATE.finditer(text):
            out.setdefault(found[1] or found[2], None)
        for found in BLOCK.finditer(text):
            parts = re.split(r"\{%\s*plural\s*%\}", found[2])
            ids = [re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", part) for part in parts]
            out[ids[0]] = ids[1] if len(ids) > 1 else out.get(ids[0])
    return {key: value for key, value in out.items() if CHINESE.search(key)}


def main() -> int:
    wanted = messages()
    catalogue = polib.pofile(str(PO)) if PO.exists() else polib.POFile(check_for_duplicates=True)
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=2; plural=(n != 1);", "Language": "en"}
    have = {entry.msgid: entry for entry in catalogue}
    if "--check" in sys.argv[1:]:
        return check(wanted, have)
    for msgid, plural in wanted.items():
        if msgid not in have or bool(have[msgid].msgid_plural) != bool(plural):
            if msgid in have:
                catalogue.remove(have[msgid])
            entry = polib.POEntry(msgid=msgid)
            if plural:
                entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
            catalogue.append(entry)
    for entry in [entry for entry in catalogue if entry.msgid not in wanted]:
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: entry.msgid)
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(PO.with_suffix(".mo")))
    empty = [entry.msgid for entry in catalogue if not is_translated(entry)]
    print(f"{len(catalogue)} messages, {len(empty)} without English")
    for msgid in empty:
        print(" ", msgid)
    return 0


def is_translated(entry: polib.POEntry) -> bool:
    """Whether it has English for every form."""
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def check(wanted: dict[str, str | None], have: dict[str, polib.POEntry]) -> int:
    wrong = [f"not in the catalogue: {m}" for m in wanted if m not in have]
    wrong += [f"no longer used: {m}" for m in have if m not in wanted]
    wrong += [f"without English: {m}" for m, entry in have.items() if not is_translated(entry)]
    wrong += [f"other placeholders in English: {m}" for m, entry in have.items() if names(entry) != names_of(m)]
    compiled = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in polib.mofile(str(PO.with_suffix(".mo")))}
    if compiled != {m: (entry.msgstr, entry.msgstr_plural) for m, entry in have.items()}:
        wrong.append("django.mo is not what django.po says: run tools/catalogue.py")
    print("\n".join(wrong) or f"{len(have)} messages, all in English")
    return 1 if wrong else 0


def names_of(words: str) -> set[str]:
    """The named placeholders of a message."""
    return set(re.findall(r"%\((\w+)\)", words))


def names(entry: polib.POEntry) -> set[str]:
    """The placeholders of its English."""
    return names_of("".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)


if __name__ == "__main__":
    sys.exit(main())
