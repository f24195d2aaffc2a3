"""How a hosted form looks: plain HTML that works without scripts, in the author's language and colour."""

from typing import Any, Final

from flask import render_template_string

from app.services.forms.keeping import FormView
from app.services.forms.questions import Given, Question
from nodes.texts import Language, Text

TRAP: Final = "cz4"
"""A field that people do not see: whoever fills it in is a machine. Its name says nothing to password managers."""

SEAL: Final = "seal"
_PAGE: Final = """<!doctype html>
<html lang="{{ lang }}"{% if leave_for %} data-leave-for="{{ leave_for }}"{% endif %}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ design.title }}</title>
<style nonce="{{ nonce }}">
:root{color-scheme:{{ {"auto": "light dark"}.get(design.scheme, design.scheme) }};--accent:{{ design.accent }};
--line:color-mix(in srgb,currentColor 35%,transparent);--bad:light-dark(#b3261e,#ff8a80)}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;color:CanvasText;
padding:{{ "1rem" if framed else "10vh 1.25rem 3rem" }}}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
p{margin:0 0 1rem;white-space:pre-line;overflow-wrap:anywhere}
.field{margin:0 0 1rem}
label,legend{display:block;font-weight:600;margin-bottom:.3rem;padding:0}
.tick label,fieldset label{display:flex;gap:.65rem;font-weight:400;align-items:flex-start}
fieldset{border:0;margin:0;padding:0}
input,select{font:inherit;color:inherit;background:Field;border:1px solid var(--line);border-radius:.5rem;
padding:.55rem .75rem;width:100%;min-height:2.75rem}
input[type=checkbox]{width:1.25rem;height:1.25rem;min-height:0;margin:.15rem 0 0;flex:none;accent-color:var(--accent)}
[aria-invalid=true]{border-color:var(--bad)}
.fault{color:var(--bad);margin:.3rem 0 0}
.alert{border:1px solid var(--bad);border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.4rem;border-radius:.5rem;border:0;cursor:pointer;
background:var(--accent);color:{{ ink }}}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.trap{position:absolute;left:-10000px;width:1px;height:1px;overflow:hidden}
</style>
<script src="{{ script }}" defer></script></head>
<body><main><h1>{{ design.title }}</h1>
{% if thanks %}<p role="status">{{ thanks }}</p>
{% if leave_for %}<p><a href="{{ leave_for }}" target="_top">{{ onward }}</a></p>{% endif %}
{% else %}
{% if design.text %}<p>{{ design.text }}</p>{% endif %}
{% if alert %}<p class="alert" role="alert">{{ alert }}</p>{% endif %}
<form method="post" action="{{ action }}">
{% for q in questions %}{% set said = given.get(q.name, []) %}{% set fault = faults.get(q.name) %}
{% set marks %}name="{{ q.name }}"{% if q.required and q.input != "choices" %} required{% endif %}
{% if fault %}aria-invalid="true" aria-describedby="{{ q.name }}-fault"{% endif %}{% endset %}
{% set star %}{% if q.required %}<span aria-hidden="true"> *</span>{% endif %}{% endset %}
<div class="field{{ " tick" if q.input == "checkbox" }}">
{% if q.input == "checkbox" %}<label><input type="checkbox" value="1" {{ marks }}{{ " checked" if said }}>
<span>{{ q.label }}{{ star }}</span></label>
{% elif q.input == "choices" %}<fieldset><legend>{{ q.label }}{{ star }}</legend>
{% for option in q.target.options %}<label><input type="checkbox" value="{{ option }}" {{ marks }}
{{- " checked" if option in said }}><span>{{ option }}</span></label>{% endfor %}</fieldset>
{% else %}<label for="{{ q.name }}">{{ q.label }}{{ star }}</label>
{% if q.input == "select" %}<select id="{{ q.name }}" {{ marks }}><option value=""></option>
{% for option in q.target.options %}<option{{ " selected" if option in said }}>{{ option }}</option>{% endfor %}
</select>
{% else %}<input id="{{ q.name }}" type="{{ q.input }}" value="{{ said[0] if said }}" {{ marks }}
{% if q.input == "number" %} step="any"{% endif %}
{% if q.input in ("email", "tel") %} autocomplete="{{ q.input }}"{% endif %}>
{% endif %}{% endif %}
{% if fault %}<p class="fault" id="{{ q.name }}-fault">{{ fault }}</p>{% endif %}</div>
{% endfor %}
<div class="trap" aria-hidden="true">
<label>Leave empty<input name="{{ trap }}" tabindex="-1" autocomplete="off" data-1p-ignore data-bwignore
data-lpignore="true" data-form-type="other"></label></div>
<input type="hidden" name="{{ seal_name }}" value="{{ seal }}">
<button type="submit">{{ design.button }}</button></form>
{% endif %}
</main></body></html>"""
_THANKS: Final = Text("Thank you.", "Merci.", "Спасибо.")
_FAULTY: Final = Text(
    "Not sent yet: please look at the fields marked below.",
    "Pas encore envoyé : merci de revoir les champs indiqués ci-dessous.",
    "Ещё не отправлено: проверьте отмеченные поля.",
)
_ONWARD: Final = Text("Continue", "Continuer", "Продолжить")


def asking(
    form: FormView,
    questions: list[Question],
    *,
    given: Given,
    faults: dict[str, Text],
    alert: Text | None = None,
    **values: Any,  # noqa: ANN401 - for the template
) -> str:
    """Return the form, with what was typed, and what is wrong with it beside each field."""
    spoken: Language = form.design["language"]
    said = {name: text.say(spoken) for name, text in faults.items()}
    told = alert or (_FAULTY if faults else None)
    shown = {"questions": questions, "given": given, "faults": said, "alert": told.say(spoken) if told else None}
    return _page(form, **shown, **values)


def thanking(form: FormView, **values: Any) -> str:  # noqa: ANN401 - for the template
    """Return what stands in the form's place once it was submitted."""
    spoken: Language = form.design["language"]
    words = {"thanks": form.design["thanks"] or _THANKS.say(spoken), "onward": _ONWARD.say(spoken)}
    return _page(form, **words, leave_for=form.design["redirect"], **values)


def _page(form: FormView, **values: Any) -> str:  # noqa: ANN401 - for the template
    ink = _ink(form.design["accent"])
    names = {"trap": TRAP, "seal_name": SEAL}
    return render_template_string(_PAGE, design=form.design, lang=form.design["language"], ink=ink, **names, **values)


def _ink(accent: str) -> str:
    """Black or white, whichever is read more easily on the colour (WCAG's contrast)."""
    parts = [int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#fff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000"
