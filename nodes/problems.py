"""What is wrong with a step's configuration, in words a marketer can act on."""

from typing import NamedTuple

from nodes.errors import ConditionError
from nodes.texts import Text, same


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


def unknown_attribute(field: str, name: str) -> Problem:
    """Tell that a contact attribute does not exist."""
    return Problem(
        field,
        "unknown_attribute",
        Text(
            "There is no contact attribute “{name}”.",
            "Il n’existe pas d’attribut de contact « {name} ».",
            "Атрибута контакта «{name}» нет.",
        ).format(name=name),
        Text(
            "Choose another attribute, or create it under Settings.",
            "Choisissez un autre attribut, ou créez-le dans les paramètres.",
            "Выберите другой атрибут или создайте его в настройках.",
        ),
    )


def unknown_automation(field: str, automation_id: int) -> Problem:
    """Tell that an automation does not exist, or lies in the archive."""
    return Problem(
        field,
        "unknown_automation",
        Text(
            "There is no automation {id}, or it is in the archive.",
            "L’automatisation {id} n’existe pas ou est archivée.",
            "Автоматизации {id} нет, или она в архиве.",
        ).format(id=automation_id),
        Text("Choose another automation.", "Choisissez une autre automatisation.", "Выберите другую автоматизацию."),
    )


def unknown_list(field: str, list_id: int) -> Problem:
    """Tell that a list does not exist."""
    return Problem(
        field,
        "unknown_list",
        Text("There is no list {id}.", "Il n’existe pas de liste {id}.", "Списка {id} нет.").format(id=list_id),
        Text("Choose another list.", "Choisissez une autre liste.", "Выберите другой список."),
    )


def unknown_segment(field: str, segment_id: int) -> Problem:
    """Tell that a segment does not exist."""
    return Problem(
        field,
        "unknown_segment",
        Text("There is no segment {id}.", "Il n’existe pas de segment {id}.", "Сегмента {id} нет.").format(
            id=segment_id
        ),
        Text("Choose another segment.", "Choisissez un autre segment.", "Выберите другой сегмент."),
    )


def unknown_template(field: str, template_id: int) -> Problem:
    """Tell that a template does not exist."""
    return Problem(
        field,
        "unknown_template",
        Text("There is no template {id}.", "Il n’existe pas de modèle {id}.", "Шаблона {id} нет.").format(
            id=template_id
        ),
        Text("Choose another template.", "Choisissez un autre modèle.", "Выберите другой шаблон."),
    )


def unknown_sender(field: str, sender_id: int) -> Problem:
    """Tell that a sender does not exist."""
    return Problem(
        field,
        "unknown_sender",
        Text("There is no sender {id}.", "Il n’existe pas d’expéditeur {id}.", "Отправителя {id} нет.").format(
            id=sender_id
        ),
        Text("Choose another sender.", "Choisissez un autre expéditeur.", "Выберите другого отправителя."),
    )


def unknown_topic(field: str, topic_id: int) -> Problem:
    """Tell that a topic of consent does not exist."""
    return Problem(
        field,
        "unknown_topic",
        Text("There is no topic {id}.", "Il n’existe pas de sujet {id}.", "Темы {id} нет.").format(id=topic_id),
        Text("Choose another topic.", "Choisissez un autre sujet.", "Выберите другую тему."),
    )


def wrong_channel(field: str, name: str) -> Problem:
    """Tell that a topic is about another way to contacts than this step takes."""
    return Problem(
        field,
        "wrong_channel",
        Text(
            "“{name}” is a topic of another channel.",
            "« {name} » est un sujet d’un autre canal.",
            "«{name}» — тема другого канала.",
        ).format(name=name),
        Text("Choose another topic.", "Choisissez un autre sujet.", "Выберите другую тему."),
    )


def unknown_user(field: str, email: str) -> Problem:
    """Tell that nobody here has this email, or may not work here any more."""
    return Problem(
        field,
        "unknown_user",
        Text(
            "No active user has the address {email}.",
            "Aucun utilisateur actif n’a l’adresse {email}.",
            "Нет действующего пользователя с адресом {email}.",
        ).format(email=email),
        Text(
            "Choose another user, or invite this one.",
            "Choisissez un autre utilisateur, ou invitez celui-ci.",
            "Выберите другого пользователя или пригласите этого.",
        ),
    )


def unknown_role(field: str, role: str) -> Problem:
    """Tell that a role does not exist."""
    return Problem(
        field,
        "unknown_role",
        Text("There is no role “{role}”.", "Il n’existe pas de rôle « {role} ».", "Роли «{role}» нет.").format(
            role=role
        ),
        Text("Choose another role.", "Choisissez un autre rôle.", "Выберите другую роль."),
    )


def unknown_pipeline(field: str, pipeline: int) -> Problem:
    """Tell that a pipeline does not exist."""
    return Problem(
        field,
        "unknown_pipeline",
        Text("There is no pipeline {id}.", "Il n’existe pas de pipeline {id}.", "Воронки {id} нет.").format(
            id=pipeline
        ),
        Text("Choose another pipeline.", "Choisissez un autre pipeline.", "Выберите другую воронку."),
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
            "Le pipeline « {pipeline} » n’a pas d’étape {id}.",
            "В воронке «{pipeline}» нет этапа {id}.",
        ).format(id=stage, pipeline=pipeline),
        Text("Choose one of its stages.", "Choisissez l’une de ses étapes.", "Выберите один из её этапов."),
    )


def unknown_option(field: str, option: str, attribute: str) -> Problem:
    """Tell that an attribute does not offer this choice."""
    return Problem(
        field,
        "unknown_option",
        Text(
            "“{option}” is not one of the choices of {attribute}.",
            "« {option} » ne fait pas partie des choix de {attribute}.",
            "«{option}» нет среди вариантов {attribute}.",
        ).format(option=option, attribute=attribute),
        Text("Choose one of its options.", "Choisissez l’une de ses options.", "Выберите один из вариантов."),
    )


def not_a_condition(error: ConditionError) -> Problem:
    """Tell that something is not written in the condition language."""
    return Problem(
        error.path,
        "invalid_condition",
        Text(
            "This is not a condition Cadenza understands.",
            "Ce n’est pas une condition que Cadenza comprend.",
            "Это условие непонятно Cadenza.",
        ),
        same(error.message),
    )


def missing(field: str, title: Text) -> Problem:
    """Tell that a field must be filled in; `title` is its name on the form."""
    return Problem(
        field,
        "missing",
        Text("“{title}” is missing.", "« {title} » manque.", "Не заполнено: «{title}».").format(title=title),
        Text("Fill it in.", "Remplissez ce champ.", "Заполните это поле."),
    )


def ill_typed(field: str, title: Text, expected: Text) -> Problem:
    """Tell that a value is of the wrong sort; `expected` completes “must be …”."""
    return Problem(
        field,
        "invalid",
        Text(
            "“{title}” must be {expected}.", "« {title} » doit être {expected}.", "«{title}» — нужно {expected}."
        ).format(title=title, expected=expected),
        Text("Enter {expected}.", "Saisissez {expected}.", "Введите {expected}.").format(expected=expected),
    )


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
            "Cette étape n’a pas de réglage « {field} ».",
            "У этого шага нет настройки «{field}».",
        ).format(field=field),
        Text("Remove it.", "Retirez-le.", "Уберите её."),
    )


def same_name(field: str, name: str) -> Problem:
    """Tell that two branches of one step have the same name."""
    return Problem(
        field,
        "same_name",
        Text(
            "Two branches are named “{name}”.", "Deux branches s’appellent « {name} ».", "Две ветки названы «{name}»."
        ).format(name=name),
        Text("Rename one of them.", "Renommez l’une des deux.", "Переименуйте одну из них."),
    )


def shares_do_not_add_up(field: str, total: int) -> Problem:
    """Tell that shares do not make a hundred; `total` is what they make, in percent."""
    return Problem(
        field,
        "shares_total",
        Text(
            "Together the shares make {total}%.", "Les parts font {total} % ensemble.", "Вместе доли дают {total}%."
        ).format(total=total),
        Text("Make them 100%.", "Amenez-les à 100 %.", "Доведите их до 100%."),
    )
