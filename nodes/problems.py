"""What is wrong with a step's configuration, in words a marketer can act on."""

from typing import NamedTuple, Protocol

from nodes.errors import ConditionError, Unchosen
from nodes.texts import Text


class Problem(NamedTuple):
    """One fault: where (`field`, a path inside the configuration), a stable code, what is wrong, how to mend it."""

    field: str
    code: str
    message: Text
    remedy: Text

    def inside(self, path: str) -> "Problem":
        """Return the same problem as seen from one level above."""
        glue = "" if not path or not self.field or self.field.startswith("[") else "."
        return self._replace(field=f"{path}{glue}{self.field}")


class _Teller(Protocol):
    """Tells that what a field names, or says, is wrong."""

    def __call__(self, field: str, it: str | float) -> Problem: ...


def _teller(code: str, message: Text, remedy: Text) -> _Teller:
    """Return what tells one sort of problem; `{it}` in its message is what the field names, or says."""

    def tell(field: str, it: str | float) -> Problem:
        return Problem(field, code, message.format(it=it), remedy)

    return tell


unknown_attribute = _teller(
    "unknown_attribute",
    Text(
        "There is no contact attribute “{it}”.",
        "Il n’existe pas d’attribut de contact « {it} ».",
        "Атрибута контакта «{it}» нет.",
    ),
    Text(
        "Choose another attribute, or create it under Settings.",
        "Choisissez un autre attribut, ou créez-le dans les paramètres.",
        "Выберите другой атрибут или создайте его в настройках.",
    ),
)
unknown_automation = _teller(
    "unknown_automation",
    Text(
        "There is no automation {it}, or it is in the archive.",
        "L’automatisation {it} n’existe pas ou est archivée.",
        "Автоматизации {it} нет, или она в архиве.",
    ),
    Text("Choose another automation.", "Choisissez une autre automatisation.", "Выберите другую автоматизацию."),
)
unknown_list = _teller(
    "unknown_list",
    Text("There is no list {it}.", "Il n’existe pas de liste {it}.", "Списка {it} нет."),
    Text("Choose another list.", "Choisissez une autre liste.", "Выберите другой список."),
)
unknown_segment = _teller(
    "unknown_segment",
    Text("There is no segment {it}.", "Il n’existe pas de segment {it}.", "Сегмента {it} нет."),
    Text("Choose another segment.", "Choisissez un autre segment.", "Выберите другой сегмент."),
)
unknown_template = _teller(
    "unknown_template",
    Text("There is no template {it}.", "Il n’existe pas de modèle {it}.", "Шаблона {it} нет."),
    Text("Choose another template.", "Choisissez un autre modèle.", "Выберите другой шаблон."),
)
unknown_sender = _teller(
    "unknown_sender",
    Text("There is no sender {it}.", "Il n’existe pas d’expéditeur {it}.", "Отправителя {it} нет."),
    Text("Choose another sender.", "Choisissez un autre expéditeur.", "Выберите другого отправителя."),
)
unknown_topic = _teller(
    "unknown_topic",
    Text("There is no topic {it}.", "Il n’existe pas de sujet {it}.", "Темы {it} нет."),
    Text("Choose another topic.", "Choisissez un autre sujet.", "Выберите другую тему."),
)
wrong_channel = _teller(
    "wrong_channel",
    Text(
        "“{it}” is a topic of another channel.",
        "« {it} » est un sujet d’un autre canal.",
        "«{it}» — тема другого канала.",
    ),
    Text("Choose another topic.", "Choisissez un autre sujet.", "Выберите другую тему."),
)
unknown_user = _teller(
    "unknown_user",
    Text(
        "No active user has the address {it}.",
        "Aucun utilisateur actif n’a l’adresse {it}.",
        "Нет действующего пользователя с адресом {it}.",
    ),
    Text(
        "Choose another user, or invite this one.",
        "Choisissez un autre utilisateur, ou invitez celui-ci.",
        "Выберите другого пользователя или пригласите этого.",
    ),
)
unknown_role = _teller(
    "unknown_role",
    Text("There is no role “{it}”.", "Il n’existe pas de rôle « {it} ».", "Роли «{it}» нет."),
    Text("Choose another role.", "Choisissez un autre rôle.", "Выберите другую роль."),
)
unknown_pipeline = _teller(
    "unknown_pipeline",
    Text("There is no pipeline {it}.", "Il n’existe pas de pipeline {it}.", "Воронки {it} нет."),
    Text("Choose another pipeline.", "Choisissez un autre pipeline.", "Выберите другую воронку."),
)
same_name = _teller(
    "same_name",
    Text("Two branches are named “{it}”.", "Deux branches s’appellent « {it} ».", "Две ветки названы «{it}»."),
    Text("Rename one of them.", "Renommez l’une des deux.", "Переименуйте одну из них."),
)
shares_do_not_add_up = _teller(
    "shares_total",
    Text("Together the shares make {it}%.", "Les parts font {it} % ensemble.", "Вместе доли дают {it}%."),
    Text("Make them 100%.", "Amenez-les à 100 %.", "Доведите их до 100%."),
)


def no_default_pipeline(field: str) -> Problem:
    """Tell that no pipeline was named and none is meant by default."""
    return Problem(
        field,
        "no_default_pipeline",
        Text("There is no default pipeline.", "Il n’y a pas de pipeline par défaut.", "Нет воронки по умолчанию."),
        Text("Choose a pipeline.", "Choisissez un pipeline.", "Выберите воронку."),
    )


def unknown_stage(field: str, stage: int, pipeline: str) -> Problem:
    """Tell that a pipeline has no such stage; `pipeline` is its name."""
    return Problem(
        field,
        "unknown_stage",
        Text(
            "Pipeline “{pipeline}” has no stage {id}.",
            "Le pipeline « {pipeline} » n’a pas d’étape {id}.",
            "В воронке «{pipeline}» нет этапа {id}.",
        ).format(id=stage, pipeline=pipeline),
        Text("Choose one of its stages.", "Choisissez l’une de ses étapes.", "Выберите один из её этапов."),
    )


def unknown_option(field: str, option: str, name: Text | str) -> Problem:
    """Tell that an attribute, or an event's property, does not offer this choice; `name` is what people call it."""
    return Problem(
        field,
        "unknown_option",
        Text(
            "“{option}” is not one of the choices of “{name}”.",
            "« {option} » ne fait pas partie des choix de « {name} ».",
            "«{option}» нет среди вариантов «{name}».",
        ).format(option=option, name=name),
        Text("Choose one of its options.", "Choisissez l’une de ses options.", "Выберите один из вариантов."),
    )


def not_a_condition(error: ConditionError) -> Problem:
    """Tell that something is not written in the condition language, or does not say yet what it is about."""
    if isinstance(error, Unchosen):
        message = Text("A condition is not complete.", "Une condition est incomplète.", "Одно из условий не закончено.")
        return Problem(error.path, "missing", message, error.message)
    return Problem(
        error.path,
        "invalid_condition",
        Text(
            "This is not a condition Cadenza understands.",
            "Ce n’est pas une condition que Cadenza comprend.",
            "Это условие непонятно Cadenza.",
        ),
        error.message,
    )


def missing(field: str, title: Text, *, picked: bool = False) -> Problem:
    """Tell that a field must be filled in; `title` is its name on the form, `picked` that it offers what to choose."""
    return Problem(
        field,
        "missing",
        Text("“{title}” is missing.", "« {title} » manque.", "Не заполнено: «{title}».").format(title=title),
        _CHOOSE if picked else _FILL_IN,
    )


def ill_typed(field: str, title: Text, expected: Text, *, picked: bool = False) -> Problem:
    """Tell that a value is of the wrong sort; `expected` completes “must be …”, `picked` is as in `missing`."""
    return Problem(
        field,
        "invalid",
        Text(
            "“{title}” must be {expected}.", "« {title} » doit être {expected}.", "«{title}»: нужно указать {expected}."
        ).format(title=title, expected=expected),
        (_CHOOSE_ONE if picked else _ENTER).format(expected=expected),
    )


_FILL_IN = Text("Fill it in.", "Remplissez ce champ.", "Заполните это поле.")
_CHOOSE = Text("Make a choice.", "Faites votre choix.", "Сделайте выбор.")
_ENTER = Text("Enter {expected}.", "Saisissez {expected}.", "Введите {expected}.")
_CHOOSE_ONE = Text("Choose {expected}.", "Choisissez {expected}.", "Выберите {expected}.")


def nobody_named(field: str) -> Problem:
    """Tell that nothing says whose a payload is."""
    return Problem(
        field,
        "nobody_named",
        Text(
            "Nothing says whose such a call is.",
            "Rien ne dit de qui parle un tel appel.",
            "Не указано, о ком такой вызов.",
        ),
        Text(
            "Choose where the e-mail, the external id or the phone stands.",
            "Indiquez où se trouve l’e-mail, l’identifiant externe ou le téléphone.",
            "Укажите, где стоит e-mail, внешний идентификатор или телефон.",
        ),
    )


def unknown_key(field: str) -> Problem:
    """Tell that a step of this type has no such setting."""
    return Problem(
        field,
        "unknown_field",
        Text(
            "This step has no setting “{field}”.",
            "Cette étape n’a pas de réglage « {field} ».",
            "У этого шага нет настройки «{field}».",
        ).format(field=field),
        Text("Remove it.", "Retirez-le.", "Уберите её."),
    )
