"""What each kind of step does, by its key."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.model import actions, rules
from tests.model.ways import Standing, Town, Way

STEPS: Final[Mapping[str, Callable[[Town, Standing], Way]]] = {
    "add_note": actions.add_note,
    "add_points": actions.add_points,
    "add_tag": actions.add_tag,
    "add_to_list": actions.add_to_list,
    "assign_owner": actions.assign_owner,
    "call_webhook": actions.call_webhook,
    "conditional_split": rules.conditional_split,
    "create_task": actions.create_task,
    "exit": rules.leave,
    "goal": rules.goal,
    "leave_automation": actions.leave_automation,
    "move_deal": actions.move_deal,
    "multi_split": rules.multi_split,
    "random_split": rules.random_split,
    "remove_from_list": actions.remove_from_list,
    "remove_tag": actions.remove_tag,
    "restart": rules.restart,
    "send_alert": actions.send_alert,
    "send_email": actions.send_email,
    "send_sms": actions.send_sms,
    "send_web_push": actions.send_web_push,
    "start_automation": actions.start_automation,
    "update_attribute": actions.update_attribute,
    "wait": rules.wait,
    "wait_for_reaction": rules.wait_for_reaction,
    "wait_until_condition": rules.wait_until_condition,
    "wait_until_event": rules.wait_until_event,
}
