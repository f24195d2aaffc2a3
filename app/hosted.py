"""Pages that contacts see, without sign-in and without scripts: plain forms in their language, light or dark."""

from typing import Any, Final

from flask import render_template_string, request

from nodes.texts import LANGUAGES, Language, Text, language

_FRAME: Final = """<!doctype html>
<html lang="{{ lang }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title><meta name="robots" content="noindex">
<style>
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 22%,transparent)}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:12vh 1.25rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}
p{overflow-wrap:anywhere}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.2rem;border-radius:.5rem;border:1px solid currentColor;
cursor:pointer;background:none;color:inherit}
button.main{background:CanvasText;color:Canvas;border-color:CanvasText}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
fieldset{border:0;padding:0;margin:1.5rem 0}
legend{font-weight:600;padding:0;margin-bottom:.25rem}
label{display:flex;gap:.75rem;padding:.85rem 0;border-bottom:1px solid var(--line);cursor:pointer}
label small{display:block;opacity:.75}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0 1.5rem}
.note{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem}
nav{margin-top:2.5rem;font-size:.9rem;display:flex;gap:1rem}
</style></head>
<body><main><h1>{{ title }}</h1>
{% if note %}<p class="note" role="status">{{ note }}</p>{% endif %}
CONTENT
</main>
<nav aria-label="{{ languages }}">{% for code, name in spoken %}{% if code != lang %}<a href="?lang={{ code }}"
lang="{{ code }}" hreflang="{{ code }}">{{ name }}</a>{% endif %}{% endfor %}</nav>
</body></html>"""
_NAMES: Final = (("en", "English"), ("fr", "Français"), ("ru", "Русский"))
_LANGUAGES_WORD: Final = Text("Languages", "Langues", "Языки")


def page(content: str, title: Text, known: Language | None, **values: Any) -> str:  # noqa: ANN401 - for the template
    """Return a page; texts among the values are said in its language.

    That is the one chosen on the page, else the contact's as far as it is `known`, else the browser's.
    """
    wished = (request.args.get("lang"), known, request.accept_languages.best_match(LANGUAGES))
    lang = language(next((each for each in wished if each in LANGUAGES), "en"))
    words = {"title": title, "languages": _LANGUAGES_WORD, **values}
    said = {name: value.say(lang) if isinstance(value, Text) else value for name, value in words.items()}
    return render_template_string(_FRAME.replace("CONTENT", content), lang=lang, spoken=_NAMES, **said)
